package dev.breakwater.registry.project;

import java.util.Arrays;
import java.util.Optional;

/** What a member may do in a project (registry.md 1.2, 3.2). The numbers are part of both APIs. */
public enum ProjectRole {
    /** Everything in the project. */
    PROJECT_ADMIN(1, "projectAdmin", "MDRWS"),
    /** Pull and push. */
    DEVELOPER(2, "developer", "RWS"),
    /** Pull, and see members and logs. */
    GUEST(3, "guest", "RS"),
    /** Push, delete, scan; no members. */
    MAINTAINER(4, "maintainer", "DRWS"),
    /** Pull only. */
    LIMITED_GUEST(5, "limitedGuest", "RS");

    private final int number;
    private final String label;
    private final String code;

    ProjectRole(int number, String label, String code) {
        this.number = number;
        this.label = label;
        this.code = code;
    }

    /** The number under which it is stored and shown. */
    public int number() {
        return number;
    }

    /** The name that both APIs show. */
    public String label() {
        return label;
    }

    /** The letters with which the 2017 API sums it up. */
    public String code() {
        return code;
    }

    /** The role with this number. */
    public static Optional<ProjectRole> numbered(int number) {
        return Arrays.stream(values()).filter(role -> role.number == number).findFirst();
    }
}

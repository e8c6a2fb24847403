package dev.breakwater.console.governance;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Permissions of robots that fit common programs. */
public enum RobotPreset {
    /** Only pulls. */
    PULL("Pull only", "For servers and clusters that run what was pushed.", "repository:pull"),
    /** Pulls and pushes. */
    PUSH("Pull and push", "For whoever builds images by hand or by a script.", "repository:pull repository:push"),
    /** What a pipeline does. */
    CI(
            "CI",
            "Pulls, pushes, lists and tags artifacts, and has them scanned: for pipelines.",
            "repository:pull repository:push repository:list repository:read artifact:list artifact:read"
                    + " artifact:create tag:list tag:create scan:create scan:read"),
    /** Whatever is ticked. */
    CUSTOM("Chosen permissions", "Exactly the permissions ticked below.", "");

    private final String label;
    private final String purpose;
    private final String permissions;

    RobotPreset(String label, String purpose, String permissions) {
        this.label = label;
        this.purpose = purpose;
        this.permissions = permissions;
    }

    static Optional<RobotPreset> of(String code) {
        return Arrays.stream(values()).filter(each -> each.code().equals(code)).findFirst();
    }

    /** How the form names it. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What people read. */
    public String label() {
        return label;
    }

    /** What it is good for. */
    public String purpose() {
        return purpose;
    }

    /** Its permissions; none for what is ticked. */
    public List<String> permissions() {
        return custom() ? List.of() : List.of(permissions.split(" ", -1));
    }

    /** Whether what is ticked decides. */
    public boolean custom() {
        return this == CUSTOM;
    }

    /** What the page's script ticks. */
    public String ticks() {
        return permissions;
    }

    /** The preset that grants just these permissions, if there is one. */
    static Optional<RobotPreset> granting(List<String> granted) {
        return Arrays.stream(values())
                .filter(each -> !each.custom()
                        && granted.size() == each.permissions().size()
                        && granted.containsAll(each.permissions()))
                .findFirst();
    }
}

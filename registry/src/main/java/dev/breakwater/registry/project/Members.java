package dev.breakwater.registry.project;

import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.activity.Activity;
import dev.breakwater.registry.activity.ActivityStore;
import dev.breakwater.tenancy.Audit;
import dev.breakwater.tenancy.UserProfile;
import java.time.Instant;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/**
 * Makes users members of projects. Whether the caller may, and whether there is such a user or member, is decided
 * before. Each change is part of the caller's transaction and leaves its entry in the log and in the audit trail.
 */
public final class Members {

    private final Audit audit;
    private final TimeSource time;

    /** Changes get their times from this clock. */
    public Members(Audit audit, TimeSource time) {
        this.audit = audit;
        this.time = time;
    }

    /**
     * What somebody changes.
     *
     * @param call with which
     * @param username who does it
     * @param project in which project
     */
    public record Change(Call call, String username, Project project) {}

    /** Adds a member and gives its number; empty when the user is a member already. */
    public OptionalLong add(Handle handle, Change change, UserProfile user, ProjectRole role) {
        OptionalLong made = MemberStore.insert(handle, change.project().id(), user.id(), role, time.instant());
        if (made.isPresent()) {
            record(handle, change, "create", user.username());
        }
        return made;
    }

    /**
     * Gives a member another role.
     *
     * @param name by which the log names the member
     */
    public void setRole(Handle handle, Change change, Member member, String name, ProjectRole role) {
        MemberStore.setRole(handle, change.project().id(), member.userId(), role);
        record(handle, change, "update", name);
    }

    /**
     * Removes a member.
     *
     * @param name by which the log names the member
     */
    public void remove(Handle handle, Change change, Member member, String name) {
        MemberStore.delete(handle, change.project().id(), member.userId());
        record(handle, change, "delete", name);
    }

    private void record(Handle handle, Change change, String operation, String member) {
        Project project = change.project();
        Instant now = time.instant();
        String resource = project.name() + "/" + member;
        ActivityStore.insert(handle, Activity.of(now, change.username(), project.id(), operation, "member", resource));
        audit.record(handle, change.call(), project.organizationId(), "registry.member." + operation + "d", resource);
    }
}

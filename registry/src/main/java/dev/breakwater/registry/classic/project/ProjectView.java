package dev.breakwater.registry.classic.project;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.breakwater.kernel.json.WireTime;
import dev.breakwater.registry.project.Project;

/**
 * A project as the 2017 API shows it (registry.md 1.4). Some members never held anything else.
 *
 * @param togglable whether the caller may change who sees it; filled in by lists only
 * @param currentUserRoleId the role of the caller, 0 for none; filled in by lists only
 * @param repoCount how many repositories it has; filled in by lists only
 */
public record ProjectView(
        long projectId,
        long ownerId,
        String name,
        String creationTime,
        String creationTimeStr,
        int deleted,
        String ownerName,
        @JsonProperty("public") int isPublic,
        @JsonProperty("Togglable") boolean togglable,
        String updateTime,
        int currentUserRoleId,
        long repoCount,
        boolean enableContentTrust,
        boolean preventVulnerableImagesFromRunning,
        String preventVulnerableImagesFromRunningSeverity,
        boolean automaticallyScanImagesOnPush) {

    /** A project alone. */
    static ProjectView of(Project project, long owner) {
        return of(project, owner, false, 0, 0);
    }

    /** A project in a list. */
    static ProjectView of(Project project, long owner, boolean togglable, int role, long repositories) {
        return new ProjectView(
                project.id(),
                owner,
                project.name(),
                WireTime.text(project.createdAt()),
                "",
                0,
                "",
                project.isPublic() ? 1 : 0,
                togglable,
                WireTime.text(project.updatedAt()),
                role,
                repositories,
                project.isOn(Metadata.CONTENT_TRUST),
                project.isOn(Metadata.PREVENT_VULNERABLE),
                project.setting(Metadata.SEVERITY).orElse(""),
                project.isOn(Metadata.AUTOMATIC_SCAN));
    }
}

package dev.breakwater.events.workspace;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.identity.Principal;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Who sees a workspace, and what its state allows (events.md 2.2, 7.3). */
public final class WorkspaceAccess {

    /** The prefix of workspace ids. */
    public static final String PREFIX = "ws";

    private WorkspaceAccess() {}

    /** Whether the key reaches this workspace: same organization, same environment, not narrowed away. */
    public static boolean visible(Principal principal, Workspace workspace) {
        return workspace.organizationId().equals(principal.organization())
                && workspace.environment() == principal.environment()
                && principal.reaches(workspace.id());
    }

    /** The failure for a workspace that does not exist for the caller. */
    public static Failure.NotFound unknown(String id) {
        return new Failure.NotFound("No workspace found with id %s.".formatted(shown(id)));
    }

    /** Reads a workspace id; one that cannot be any is the id of nothing. */
    public static Optional<UUID> parse(String text) {
        return Ids.parse(PREFIX, text);
    }

    /** Refuses a write to a workspace that is not active. */
    public static void requireWritable(Workspace workspace) {
        if (workspace.status() != Workspace.Status.ACTIVE) {
            throw stopped(workspace);
        }
    }

    /** Refuses a read of the contents of a workspace that was suspended for its conduct. */
    public static void requireReadable(Workspace workspace) {
        if (workspace.status() == Workspace.Status.SUSPENDED
                && workspace.suspensionReason() == Workspace.SuspensionReason.POLICY) {
            throw stopped(workspace);
        }
    }

    private static Failure.Forbidden stopped(Workspace workspace) {
        String status = workspace.status().name().toLowerCase(Locale.ROOT);
        return new Failure.Forbidden(
                "workspace_suspended", "Workspace %s is %s.".formatted(Ids.text(PREFIX, workspace.id()), status));
    }

    /** An id that a caller sent, cut to a length that an answer can carry. */
    public static String shown(String id) {
        return id.length() > 64 ? id.substring(0, 64) + "…" : id;
    }
}

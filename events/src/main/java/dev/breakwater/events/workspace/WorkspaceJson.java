package dev.breakwater.events.workspace;

import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.json.WireTime;
import java.util.Locale;

/**
 * The wire form of a workspace (events.md 4.1).
 *
 * @param id {@code ws_…}
 * @param name for people
 * @param status {@code active}, {@code suspended} or {@code archived}
 * @param createdAt in UTC, whole seconds
 */
public record WorkspaceJson(String id, String name, String status, String createdAt) {

    /** What every reader of a workspace sees. */
    public static WorkspaceJson of(Workspace workspace) {
        return new WorkspaceJson(
                Ids.text(WorkspaceAccess.PREFIX, workspace.id()),
                workspace.name(),
                workspace.status().name().toLowerCase(Locale.ROOT),
                WireTime.text(workspace.createdAt()));
    }
}

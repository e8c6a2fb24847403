package dev.breakwater.events.delivery;

import dev.breakwater.events.workspace.WorkspaceAccess;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.json.WireTime;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A bulk replay and how far it has come.
 *
 * @param id its identity
 * @param workspaceId whose deliveries it means
 * @param filter which of them
 * @param matched how many those were when it was asked for
 * @param replayed how many were started once more so far
 * @param skipped how many were passed over, because their webhook is deleted or disabled, their event is no longer
 *     kept, or they have been started otherwise meanwhile
 * @param position the last delivery that was looked at; null before the first
 * @param createdAt when it was asked for
 * @param completedAt when it was done; null before
 */
record BulkReplay(
        UUID id,
        UUID workspaceId,
        ReplayFilter filter,
        long matched,
        long replayed,
        long skipped,
        @Nullable UUID position,
        Instant createdAt,
        @Nullable Instant completedAt) {

    /** The prefix of the ids of bulk replays. */
    static final String PREFIX = "rpl";

    /** There is no such bulk replay for this caller. */
    static Failure.NotFound unknown(String id) {
        return new Failure.NotFound("No bulk replay found with id %s.".formatted(WorkspaceAccess.shown(id)));
    }

    private record Json(
            String id,
            String workspaceId,
            String status,
            long matched,
            long replayed,
            long skipped,
            String createdAt,
            @Nullable String completedAt) {}

    /** The wire form: {@code status} is {@code running} or {@code completed}. */
    byte[] json() {
        return dev.breakwater.kernel.json.Json.write(new Json(
                Ids.text(PREFIX, id),
                Ids.text("ws", workspaceId),
                completedAt == null ? "running" : "completed",
                matched,
                replayed,
                skipped,
                WireTime.text(createdAt),
                completedAt == null ? null : WireTime.text(completedAt)));
    }
}

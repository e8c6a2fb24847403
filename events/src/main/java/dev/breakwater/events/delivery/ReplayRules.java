package dev.breakwater.events.delivery;

import dev.breakwater.events.workspace.Workspace;
import dev.breakwater.events.workspace.WorkspaceAccess;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.tenancy.Audit;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The rules of sending deliveries again, the same for programs and for people (events.md 10.7). */
final class ReplayRules {

    private final BulkReplays replays;
    private final Audit audit;
    private final TimeSource time;

    ReplayRules(BulkReplays replays, Audit audit, TimeSource time) {
        this.replays = replays;
        this.audit = audit;
        this.time = time;
    }

    /**
     * Sends one delivery again, in the transaction of the request; returns it as it is then.
     *
     * @throws Failure.Invalid when it has not ended, or cannot be sent any more
     */
    DeliveryRecord replay(Handle handle, Call call, Workspace workspace, DeliveryRecord delivery) {
        if (!DeliveryStore.lockActive(handle, delivery.webhookId())) {
            throw new Failure.Invalid("The webhook of this delivery is deleted or disabled.");
        }
        if (!DeliveryStore.hasEvent(handle, delivery.eventId())) {
            throw new Failure.Invalid("The event of this delivery is no longer kept.");
        }
        if (DeliveryStore.replay(handle, List.of(delivery.id()), time.instant()) == 0) {
            throw new Failure.Invalid(
                    "The delivery has not ended. Only delivered, failed and canceled ones are replayed.");
        }
        QueueSql.wakeNodes(handle);
        audit.record(
                handle,
                call,
                workspace.organizationId(),
                "delivery.replayed",
                Ids.text(DeliveryRecord.PREFIX, delivery.id()));
        return DeliveryStore.find(handle, delivery.id()).orElse(delivery);
    }

    /** Begins a replay of many, in the transaction of the request; {@link BulkReplays#begin} follows its commit. */
    BulkReplay replayMany(Handle handle, Call call, Workspace workspace, ReplayFilter filter) {
        BulkReplay replay = replays.add(handle, workspace.id(), filter);
        audit.record(
                handle,
                call,
                workspace.organizationId(),
                "delivery.bulk_replayed",
                Ids.text(BulkReplay.PREFIX, replay.id()));
        return replay;
    }

    static Failure.NotFound unknown(String id) {
        return new Failure.NotFound("No delivery found with id %s.".formatted(WorkspaceAccess.shown(id)));
    }
}

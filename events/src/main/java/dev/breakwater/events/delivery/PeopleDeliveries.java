package dev.breakwater.events.delivery;

import dev.breakwater.events.DeliveryLog;
import dev.breakwater.events.event.EventStore;
import dev.breakwater.events.webhook.Directory;
import dev.breakwater.events.webhook.PeopleWorkspaces;
import dev.breakwater.events.webhook.Webhook;
import dev.breakwater.events.workspace.Workspace;
import dev.breakwater.events.workspace.WorkspaceAccess;
import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.http.Page;
import dev.breakwater.kernel.http.PageRequest;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.identity.Principal;
import dev.breakwater.kernel.json.Json;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.tenancy.Access;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The deliveries, for people. */
final class PeopleDeliveries implements DeliveryLog {

    private final Database database;
    private final Access access;
    private final PeopleWorkspaces workspaces;
    private final ReplayRules rules;
    private final BulkReplays replays;
    private final TimeSource time;

    PeopleDeliveries(
            Database database,
            Access access,
            PeopleWorkspaces workspaces,
            ReplayRules rules,
            BulkReplays replays,
            TimeSource time) {
        this.database = database;
        this.access = access;
        this.workspaces = workspaces;
        this.rules = rules;
        this.replays = replays;
        this.time = time;
    }

    private record Found(DeliveryRecord delivery, Directory.Entry entry) {}

    @Override
    public Page<Entry> list(Principal caller, String workspaceId, Filter filter, PageRequest page) {
        DeliveryFilter wanted = DeliveryFilter.of(filter);
        Workspace workspace = workspaces.named(caller, workspaceId, VIEW).workspace();
        List<DeliveryRecord> rows =
                database.query(handle -> DeliveryStore.list(handle, workspace.id(), wanted, page.after(), page.rows()));
        return page.page(rows, DeliveryRecord::id, PeopleDeliveries::entry);
    }

    @Override
    public List<Entry> inTrouble(Principal caller, UUID organization, int limit) {
        access.require(caller, VIEW, organization);
        return database.query(handle -> DeliveryStore.inTrouble(handle, organization, limit)).stream()
                .map(PeopleDeliveries::entry)
                .toList();
    }

    @Override
    public Details find(Principal caller, String id) {
        Found found = find(caller, id, VIEW);
        DeliveryRecord delivery = found.delivery();
        List<Attempt> attempts = database.query(handle -> DeliveryStore.attempts(handle, delivery)).stream()
                .map(PeopleDeliveries::attempt)
                .toList();
        Optional<String> body = database.connect(connection -> EventStore.find(connection, delivery.eventId()))
                .map(event ->
                        new String(Envelope.of(delivery.id(), delivery.createdAt(), event), StandardCharsets.UTF_8));
        return new Details(
                entry(delivery),
                attempts,
                body,
                found.entry().webhook(delivery.webhookId()).map(Webhook::url));
    }

    private Found find(Principal caller, String id, String permission) {
        DeliveryRecord delivery = Ids.parse(DeliveryRecord.PREFIX, id)
                .flatMap(parsed -> database.query(handle -> DeliveryStore.find(handle, parsed)))
                .orElseThrow(() -> ReplayRules.unknown(id));
        return new Found(
                delivery,
                workspaces.holding(caller, delivery.workspaceId(), permission, () -> ReplayRules.unknown(id)));
    }

    @Override
    public void replay(Call call, String id) {
        Found found = find(call.principal(), id, REPLAY);
        Workspace workspace = found.entry().workspace();
        WorkspaceAccess.requireWritable(workspace);
        database.transact(handle -> rules.replay(handle, call, workspace, found.delivery()));
    }

    @Override
    public long count(Principal caller, String workspaceId, ReplayFilter filter) {
        Workspace workspace = workspaces.named(caller, workspaceId, VIEW).workspace();
        return replays.count(workspace.id(), dev.breakwater.events.delivery.ReplayFilter.of(filter, time.instant()));
    }

    @Override
    public Replay replayMany(Call call, String workspaceId, ReplayFilter filter) {
        Workspace workspace =
                workspaces.named(call.principal(), workspaceId, REPLAY).workspace();
        WorkspaceAccess.requireWritable(workspace);
        var wanted = dev.breakwater.events.delivery.ReplayFilter.of(filter, time.instant());
        BulkReplay replay = database.transact(handle -> rules.replayMany(handle, call, workspace, wanted));
        replays.begin();
        return view(replay);
    }

    @Override
    public Replay progress(Principal caller, String id) {
        BulkReplay replay =
                Ids.parse(BulkReplay.PREFIX, id).flatMap(replays::find).orElseThrow(() -> BulkReplay.unknown(id));
        workspaces.holding(caller, replay.workspaceId(), VIEW, () -> BulkReplay.unknown(id));
        return view(replay);
    }

    private static Replay view(BulkReplay replay) {
        return new Replay(
                Ids.text(BulkReplay.PREFIX, replay.id()),
                Ids.text(WorkspaceAccess.PREFIX, replay.workspaceId()),
                replay.matched(),
                replay.replayed(),
                replay.skipped(),
                replay.completedAt() != null);
    }

    private static Entry entry(DeliveryRecord delivery) {
        return new Entry(
                Ids.text(DeliveryRecord.PREFIX, delivery.id()),
                Ids.text(WorkspaceAccess.PREFIX, delivery.workspaceId()),
                Ids.text(Webhook.PREFIX, delivery.webhookId()),
                Ids.text("evt", delivery.eventId()),
                delivery.eventType(),
                delivery.status(),
                delivery.attemptCount(),
                delivery.nextAttemptAt(),
                delivery.createdAt());
    }

    private static Attempt attempt(DeliveryRecord.Attempt attempt) {
        return new Attempt(
                attempt.number(),
                attempt.trigger(),
                attempt.startedAt(),
                attempt.durationMs(),
                attempt.responseStatus(),
                headers(attempt.responseHeaders()),
                attempt.responseBody(),
                attempt.errorCode());
    }

    private static Map<String, String> headers(@Nullable String json) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (json != null) {
            Json.mapper()
                    .readTree(json)
                    .properties()
                    .forEach(header ->
                            headers.put(header.getKey(), header.getValue().asString("")));
        }
        return headers;
    }
}

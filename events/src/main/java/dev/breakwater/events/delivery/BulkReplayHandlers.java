package dev.breakwater.events.delivery;

import dev.breakwater.events.idempotency.Idempotency;
import dev.breakwater.events.webhook.Directory;
import dev.breakwater.events.webhook.Workspaces;
import dev.breakwater.events.workspace.Scope;
import dev.breakwater.events.workspace.Workspace;
import dev.breakwater.events.workspace.WorkspaceAccess;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.http.JsonBody;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.tenancy.Access;
import java.util.Optional;

/**
 * Sending many deliveries again (events.md 10.7, 14), for programs and for administrators.
 *
 * <p>The request names {@code workspace_id} and may narrow with {@code webhook_id}, {@code event_id}, {@code status}
 * ({@code failed} unless said otherwise), {@code created_after} and {@code created_before}. With {@code dry_run} it
 * only counts and answers 200 {@code {"dry_run": true, "matched": n}}. Otherwise it answers 202 with the bulk replay
 * {@code rpl_…}, whose progress is read at {@code replays/{id}}.
 */
public final class BulkReplayHandlers {

    private static final String PERMISSION = "events_delivery_replay";
    private static final String VIEW = "events_delivery_view";

    private final Workspaces workspaces;
    private final Directory directory;
    private final BulkReplays replays;
    private final Idempotency idempotency;
    private final ReplayRules rules;
    private final TimeSource time;

    BulkReplayHandlers(
            Workspaces workspaces,
            Directory directory,
            BulkReplays replays,
            Idempotency idempotency,
            ReplayRules rules,
            TimeSource time) {
        this.workspaces = workspaces;
        this.directory = directory;
        this.replays = replays;
        this.idempotency = idempotency;
        this.rules = rules;
        this.time = time;
    }

    private record Counted(boolean dryRun, long matched) {}

    /** {@code POST /v1/deliveries/replay}. */
    public Answer replay(Call call) {
        Scope.WEBHOOKS_MANAGE.require(call);
        JsonBody body = JsonBody.of(call);
        String workspaceId = body.string("workspace_id");
        ReplayFilter filter = ReplayFilter.of(body, time.instant());
        boolean dryRun = body.optionalBoolean("dry_run").orElse(false);
        return replay(call, workspaces.named(call.principal(), workspaceId).workspace(), filter, dryRun);
    }

    /** {@code POST /admin/v1/deliveries/replay}. */
    public Answer replay(Call call, Access access) {
        JsonBody body = JsonBody.of(call);
        String workspaceId = body.string("workspace_id");
        ReplayFilter filter = ReplayFilter.of(body, time.instant());
        boolean dryRun = body.optionalBoolean("dry_run").orElse(false);
        Workspace workspace = WorkspaceAccess.parse(workspaceId)
                .flatMap(directory::find)
                .map(Directory.Entry::workspace)
                .filter(each -> access.sees(call.principal(), each.organizationId()))
                .orElseThrow(() -> WorkspaceAccess.unknown(workspaceId));
        access.require(call.principal(), PERMISSION, workspace.organizationId());
        return replay(call, workspace, filter, dryRun);
    }

    private Answer replay(Call call, Workspace workspace, ReplayFilter filter, boolean dryRun) {
        if (dryRun) {
            WorkspaceAccess.requireReadable(workspace);
            return Answer.json(200, new Counted(true, replays.count(workspace.id(), filter)));
        }
        WorkspaceAccess.requireWritable(workspace);
        Answer answer = idempotency.once(
                call,
                new Idempotency.Owner(workspace.organizationId(), workspace.id()),
                handle -> Answer.json(
                        202, rules.replayMany(handle, call, workspace, filter).json()));
        replays.begin();
        return answer;
    }

    /** {@code GET /v1/deliveries/replays/{id}}. */
    public Answer progress(Call call) {
        Scope.WEBHOOKS_MANAGE.require(call);
        return find(call)
                .filter(replay -> workspaces
                        .visible(call.principal(), replay.workspaceId())
                        .isPresent())
                .map(replay -> Answer.json(200, replay.json()))
                .orElseThrow(() -> unknown(call));
    }

    /** {@code GET /admin/v1/deliveries/replays/{id}}. */
    public Answer progress(Call call, Access access) {
        BulkReplay replay = find(call).orElseThrow(() -> unknown(call));
        Workspace workspace = directory
                .find(replay.workspaceId())
                .map(Directory.Entry::workspace)
                .filter(each -> access.sees(call.principal(), each.organizationId()))
                .orElseThrow(() -> unknown(call));
        access.require(call.principal(), VIEW, workspace.organizationId());
        return Answer.json(200, replay.json());
    }

    private Optional<BulkReplay> find(Call call) {
        return Ids.parse(BulkReplay.PREFIX, call.pathParameter("id")).flatMap(replays::find);
    }

    private static Failure.NotFound unknown(Call call) {
        return BulkReplay.unknown(call.pathParameter("id"));
    }
}

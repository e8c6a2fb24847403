package dev.breakwater.events.webhook;

import dev.breakwater.events.WebhookRegister;
import dev.breakwater.events.webhook.Webhook.Status;
import dev.breakwater.events.workspace.Workspace;
import dev.breakwater.events.workspace.WorkspaceAccess;
import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.http.Page;
import dev.breakwater.kernel.http.PageRequest;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.identity.Principal;
import dev.breakwater.kernel.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** The webhooks, for people. */
public final class PeopleWebhooks implements WebhookRegister {

    private final Database database;
    private final WebhookStore store;
    private final Directory directory;
    private final PeopleWorkspaces workspaces;
    private final WebhookRules rules;
    private final BiFunction<Webhook, Directory.Entry, Sent> tests;

    /** {@code tests} sends a test to a webhook of a workspace. */
    public PeopleWebhooks(
            Database database,
            WebhookStore store,
            Directory directory,
            PeopleWorkspaces workspaces,
            WebhookRules rules,
            BiFunction<Webhook, Directory.Entry, Sent> tests) {
        this.database = database;
        this.store = store;
        this.directory = directory;
        this.workspaces = workspaces;
        this.rules = rules;
        this.tests = tests;
    }

    private record Found(Webhook webhook, Directory.Entry entry) {}

    @Override
    public Page<Entry> list(Principal caller, String workspaceId, PageRequest page) {
        Workspace workspace = workspaces.named(caller, workspaceId, VIEW).workspace();
        List<Webhook> rows = database.query(handle -> store.list(handle, workspace.id(), page.after(), page.rows()));
        return page.page(rows, Webhook::id, PeopleWebhooks::entry);
    }

    @Override
    public Entry find(Principal caller, String id) {
        return entry(find(caller, id, VIEW).webhook());
    }

    private Found find(Principal caller, String id, String permission) {
        Webhook webhook = Ids.parse(Webhook.PREFIX, id)
                .flatMap(parsed -> database.query(handle -> store.find(handle, parsed)))
                .orElseThrow(() -> WebhookRules.unknown(id));
        return new Found(
                webhook, workspaces.holding(caller, webhook.workspaceId(), permission, () -> WebhookRules.unknown(id)));
    }

    /** The workspace of a webhook that is to change. */
    private Workspace changing(Call call, String id) {
        Workspace workspace = find(call.principal(), id, EDIT).entry().workspace();
        WorkspaceAccess.requireWritable(workspace);
        return workspace;
    }

    @Override
    public Revealed create(Call call, String workspaceId, String url, List<String> events) {
        Workspace workspace =
                workspaces.named(call.principal(), workspaceId, EDIT).workspace();
        rules.checkUrl(url);
        List<String> patterns = WebhookRules.patterns(events);
        WorkspaceAccess.requireWritable(workspace);
        Webhook webhook = database.transact(handle -> rules.create(handle, call, workspace, url, patterns));
        directory.refresh(workspace.id());
        return revealed(webhook);
    }

    @Override
    public Entry change(Call call, String id, Change change) {
        Workspace workspace = changing(call, id);
        change.url().ifPresent(rules::checkUrl);
        WebhookRules.Change asked = new WebhookRules.Change(
                change.url(),
                change.events().map(WebhookRules::patterns),
                change.active().map(active -> active ? Status.ACTIVE : Status.DISABLED));
        Webhook webhook = database.transact(handle -> rules.change(handle, call, workspace, id, asked));
        directory.refresh(workspace.id());
        return entry(webhook);
    }

    @Override
    public Revealed rotate(Call call, String id, Duration grace) {
        Workspace workspace = changing(call, id);
        if (grace.isNegative() || grace.compareTo(WebhookRules.LONGEST_GRACE) > 0) {
            throw Json.invalidValue("grace_period_seconds", "it must be a time of up to seven days");
        }
        Webhook webhook = database.transact(handle -> rules.rotate(handle, call, workspace, id, grace));
        directory.refresh(workspace.id());
        return revealed(webhook);
    }

    @Override
    public void delete(Call call, String id) {
        Workspace workspace = changing(call, id);
        database.transact(handle -> rules.delete(handle, call, workspace, id));
        directory.refresh(workspace.id());
    }

    @Override
    public Sent test(Call call, String id) {
        Found found = find(call.principal(), id, EDIT);
        return tests.apply(found.webhook(), found.entry());
    }

    private static Revealed revealed(Webhook webhook) {
        return new Revealed(entry(webhook), webhook.secrets().current());
    }

    private static Entry entry(Webhook webhook) {
        return new Entry(
                Ids.text(Webhook.PREFIX, webhook.id()),
                Ids.text(WorkspaceAccess.PREFIX, webhook.workspaceId()),
                webhook.url(),
                webhook.events(),
                webhook.status() == Status.ACTIVE,
                webhook.forwarderNode() != null,
                Optional.ofNullable(webhook.secrets().previousUntil()),
                webhook.createdAt());
    }
}

package dev.breakwater.events;

import dev.breakwater.events.activity.Activity;
import dev.breakwater.events.api.EventsSurface;
import dev.breakwater.events.delivery.Deliveries;
import dev.breakwater.events.event.EventReads;
import dev.breakwater.events.event.EventRetention;
import dev.breakwater.events.forward.ForwardHandlers;
import dev.breakwater.events.forward.Forwarders;
import dev.breakwater.events.idempotency.Idempotency;
import dev.breakwater.events.ingest.EventWrites;
import dev.breakwater.events.ingest.PeopleEvents;
import dev.breakwater.events.paging.Cursors;
import dev.breakwater.events.webhook.CachedDirectory;
import dev.breakwater.events.webhook.PeopleWebhooks;
import dev.breakwater.events.webhook.PeopleWorkspaces;
import dev.breakwater.events.webhook.RetrieveWorkspace;
import dev.breakwater.events.webhook.WebhookHandlers;
import dev.breakwater.events.webhook.WebhookRules;
import dev.breakwater.events.webhook.WebhookStore;
import dev.breakwater.events.webhook.Workspaces;
import dev.breakwater.events.workspace.KeyBounds;
import dev.breakwater.events.workspace.Workspace;
import dev.breakwater.events.workspace.WorkspaceAccess;
import dev.breakwater.events.workspace.WorkspaceAdmin;
import dev.breakwater.events.workspace.WorkspaceRules;
import dev.breakwater.events.workspace.WorkspaceStore;
import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.db.Notifications;
import dev.breakwater.kernel.http.Surface;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.identity.Environment;
import dev.breakwater.kernel.job.Jobs;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.tenancy.Access;
import dev.breakwater.tenancy.AdminRoutes;
import dev.breakwater.tenancy.ApiKeyBounds;
import dev.breakwater.tenancy.ApiKeys;
import dev.breakwater.tenancy.Audit;
import dev.breakwater.tenancy.OrganizationKeys;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The module: the events API with its background work. It is constructed before the notifications start;
 * {@link #start} comes before the first request.
 */
public final class Events implements AutoCloseable {

    private final Database database;
    private final Ids ids;
    private final Deliveries deliveries;
    private final ForwardHandlers forward;
    private final AdminRoutes replayAdmin;
    private final EventWrites writes;
    private final EventRetention retention;
    private final Idempotency idempotency;
    private final Cursors cursors;
    private final Activity activity;
    private final EventLog eventLog;
    private final WebhookRegister webhookRegister;
    private final DeliveryLog deliveryLog;
    private final WorkspaceRules workspaceRules;
    private final WorkspaceAdmin workspaceAdmin;
    private final Surface surface;

    /**
     * What the module stands on.
     *
     * @param database whose schema {@code events} is up to date
     * @param notifications not yet started
     * @param time the one clock
     * @param ids the one generator
     * @param keys recognizes API keys
     * @param organizationKeys encrypt the secrets of webhooks
     * @param audit takes entries
     * @param access decides what administrators may do
     * @param metrics takes measurements
     * @param settings what the operator chose
     */
    public record Parts(
            Database database,
            Notifications notifications,
            TimeSource time,
            Ids ids,
            ApiKeys keys,
            OrganizationKeys organizationKeys,
            Audit audit,
            Access access,
            MeterRegistry metrics,
            EventsSettings settings) {}

    /** Wires the module. */
    public Events(Parts parts) {
        database = parts.database();
        ids = parts.ids();
        WebhookStore store = new WebhookStore(parts.organizationKeys());
        CachedDirectory directory = new CachedDirectory(database, store);
        directory.follow(parts.notifications());
        Workspaces workspaces = new Workspaces(directory);
        retention = new EventRetention(database, parts.time());
        cursors = new Cursors(database, parts.time());
        idempotency = new Idempotency(database, parts.organizationKeys(), parts.time());
        activity = new Activity(database, parts.time(), parts.access(), ids.next());
        Forwarders forwarders =
                new Forwarders(parts.time(), parts.settings().deliveries().timeout());
        deliveries = new Deliveries(new Deliveries.Parts(
                database,
                parts.notifications(),
                parts.time(),
                ids,
                directory,
                cursors,
                idempotency,
                parts.audit(),
                parts.metrics(),
                activity,
                forwarders,
                parts.settings()));
        WebhookRules webhookRules =
                new WebhookRules(store, deliveries.control(), deliveries::checkUrl, parts.audit(), parts.time(), ids);
        WebhookHandlers webhooks = new WebhookHandlers(
                new WebhookHandlers.Parts(database, store, directory, cursors, idempotency, webhookRules));
        EventReads reads = new EventReads(database, workspaces, cursors);
        writes = new EventWrites(new EventWrites.Parts(
                database,
                parts.time(),
                ids,
                directory,
                webhooks,
                deliveries.handOver(),
                parts.settings().ingest(),
                parts.metrics(),
                activity));
        PeopleWorkspaces visible = new PeopleWorkspaces(directory, parts.access());
        eventLog = new PeopleEvents(visible, reads, writes, database, parts.audit(), ids);
        webhookRegister = new PeopleWebhooks(database, store, directory, visible, webhookRules, writes::test);
        deliveryLog = deliveries.people(parts.access());
        workspaceRules = new WorkspaceRules(new WorkspaceRules.Parts(
                database, parts.access(), parts.audit(), ids, deliveries.control(), directory::refresh));
        workspaceAdmin = new WorkspaceAdmin(workspaceRules, parts.access());
        forward = new ForwardHandlers(new ForwardHandlers.Parts(
                deliveries.handOver().node(),
                forwarders,
                database,
                parts.time(),
                ids,
                store,
                webhooks,
                directory,
                deliveries.control()));
        replayAdmin = deliveries.adminRoutes(parts.access());
        surface = EventsSurface.of(
                new EventsSurface.Handlers(
                        new RetrieveWorkspace(workspaces),
                        writes,
                        reads,
                        webhooks,
                        deliveries.handlers(),
                        deliveries.bulkHandlers(),
                        forward),
                parts.keys(),
                workspaces,
                parts.settings(),
                parts.time());
    }

    /** What it answers to. */
    public List<Surface> surfaces() {
        return List.of(surface);
    }

    /** What it adds to the admin API. */
    public List<AdminRoutes> adminRoutes() {
        return List.of(workspaceAdmin, replayAdmin);
    }

    /** The workspaces, for people. */
    public WorkspaceRegister workspaces() {
        return workspaceRules;
    }

    /** The events, for people. */
    public EventLog events() {
        return eventLog;
    }

    /** How much happens, for people. */
    public EventActivity activity() {
        return activity;
    }

    /** The webhooks, for people. */
    public WebhookRegister webhooks() {
        return webhookRegister;
    }

    /** The deliveries, for people. */
    public DeliveryLog deliveries() {
        return deliveryLog;
    }

    /** What it does from time to time: forget what nobody may ask for any more (events.md 8.4). */
    public List<Jobs.Job> jobs() {
        return List.of(
                new Jobs.Job("events.expired-events", Duration.ofHours(1), retention::sweep),
                new Jobs.Job("events.expired-deliveries", Duration.ofHours(1), deliveries::sweep),
                new Jobs.Job("events.expired-keys", Duration.ofMinutes(10), idempotency::sweep),
                new Jobs.Job("events.expired-cursors", Duration.ofMinutes(10), cursors::sweep),
                new Jobs.Job("events.expired-activity", Duration.ofHours(1), activity::sweep));
    }

    /** What API keys can be bound to. */
    public ApiKeyBounds keyBounds() {
        return new KeyBounds(database);
    }

    /** Whether an organization has any workspace, in either environment. */
    public boolean hasWorkspaces(UUID organization) {
        return !database.query(handle -> WorkspaceStore.list(handle, organization, null, null, 1))
                .isEmpty();
    }

    /** Makes a workspace with the default retention, and returns its id as the API spells it. */
    public String createWorkspace(UUID organization, Environment environment, String name) {
        Workspace workspace = Workspace.fresh(ids.next(), organization, environment, name);
        database.transact(handle -> {
            WorkspaceStore.insert(handle, workspace);
            return workspace;
        });
        return Ids.text(WorkspaceAccess.PREFIX, workspace.id());
    }

    /** Starts the background work. */
    public void start() {
        activity.start();
        deliveries.start();
        forward.start();
        writes.start();
    }

    /** Why events can't be stored or delivered by this process; empty when they can. */
    public Optional<String> hindrance() {
        if (!writes.running()) {
            return Optional.of("the writers of events have stopped");
        }
        return deliveries.running() ? Optional.empty() : Optional.of("the dispatcher of deliveries has stopped");
    }

    /** Ends the connections of local forwarders. */
    public void endStreams() {
        forward.close();
    }

    /** Stores what is queued and ends the background work. */
    @Override
    public void close() {
        writes.close();
        deliveries.close();
        activity.close();
    }
}

package dev.breakwater.events.delivery;

import dev.breakwater.events.DeliveryLog;
import dev.breakwater.events.EventsSettings;
import dev.breakwater.events.activity.Activity;
import dev.breakwater.events.idempotency.Idempotency;
import dev.breakwater.events.paging.Cursors;
import dev.breakwater.events.webhook.Directory;
import dev.breakwater.events.webhook.PeopleWorkspaces;
import dev.breakwater.events.webhook.WebhookUrl;
import dev.breakwater.events.webhook.Workspaces;
import dev.breakwater.events.workspace.DeliveryControl;
import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.db.Notifications;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.net.AddressGuard;
import dev.breakwater.kernel.net.Network;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.tenancy.Access;
import dev.breakwater.tenancy.AdminRoutes;
import dev.breakwater.tenancy.Audit;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Everything about deliveries, put together: what the rest of the module sees of them (events.md 9.3, 10). */
public final class Deliveries implements AutoCloseable {

    private final Parts parts;
    private final EventsSettings.Deliveries settings;
    private final AddressGuard guard;
    private final HttpTransport transport;
    private final DeliveryControl control;
    private final Dispatcher dispatcher;
    private final DeliveryRetention retention;
    private final BulkReplays replays;
    private final ReplayRules rules;
    private final DeliveryHandlers handlers;
    private final BulkReplayHandlers bulkHandlers;

    /**
     * What deliveries stand on.
     *
     * @param notifications not yet started
     * @param activity hears of attempts
     * @param forwarders the way to temporary webhooks
     * @param settings what the operator chose
     */
    public record Parts(
            Database database,
            Notifications notifications,
            TimeSource time,
            Ids ids,
            Directory directory,
            Cursors cursors,
            Idempotency idempotency,
            Audit audit,
            MeterRegistry metrics,
            Activity activity,
            Transport forwarders,
            EventsSettings settings) {}

    /** Wires the parts; nothing runs before {@link #start}. */
    public Deliveries(Parts parts) {
        this.parts = parts;
        settings = parts.settings().deliveries();
        guard = new AddressGuard(
                settings.allowedNetworks().stream().map(Network::parse).toList());
        transport = new HttpTransport(parts.time(), settings.timeout(), guard);
        control = new DeliveryChanges(parts.time());
        dispatcher = new Dispatcher(new Dispatcher.Parts(
                parts.database(),
                parts.time(),
                parts.directory(),
                transport,
                parts.forwarders(),
                settings,
                parts.notifications(),
                parts.metrics(),
                parts.activity()));
        retention = new DeliveryRetention(
                parts.database(), parts.time(), parts.settings().recordRetention());
        replays = new BulkReplays(parts.database(), parts.time(), parts.ids());
        Workspaces workspaces = new Workspaces(parts.directory());
        rules = new ReplayRules(replays, parts.audit(), parts.time());
        handlers = new DeliveryHandlers(parts.database(), workspaces, parts.cursors(), parts.idempotency(), rules);
        bulkHandlers = new BulkReplayHandlers(
                workspaces, parts.directory(), replays, parts.idempotency(), rules, parts.time());
    }

    /** Takes new deliveries over from the ingest. */
    public HandOver handOver() {
        return dispatcher;
    }

    /** Whether no node with this id is alive. Until the transaction ends, none can come to life. */
    public static boolean isGone(Handle transaction, UUID node) throws SQLException {
        return Presence.absent(transaction.getConnection(), node);
    }

    /** Hears of changes of workspaces and webhooks. */
    public DeliveryControl control() {
        return control;
    }

    /**
     * Checks the URL of a webhook.
     *
     * @throws dev.breakwater.kernel.failure.Failure.Invalid when it must not be registered
     */
    public void checkUrl(String url) {
        WebhookUrl.check(url, settings.allowHttp(), guard);
    }

    /** What answers {@code /v1/deliveries}. */
    public DeliveryHandlers handlers() {
        return handlers;
    }

    /** What answers the bulk replays, of programs and of administrators. */
    public BulkReplayHandlers bulkHandlers() {
        return bulkHandlers;
    }

    /** What administrators may do: {@code POST /admin/v1/deliveries/replay}, and reading its progress. */
    public AdminRoutes adminRoutes(Access access) {
        return surface -> surface.route(
                        "POST", AdminRoutes.PREFIX + "/deliveries/replay", call -> bulkHandlers.replay(call, access))
                .route(
                        "GET",
                        AdminRoutes.PREFIX + "/deliveries/replays/{id}",
                        call -> bulkHandlers.progress(call, access));
    }

    /** The log of deliveries, for people. */
    public DeliveryLog people(Access access) {
        return new PeopleDeliveries(
                parts.database(),
                access,
                new PeopleWorkspaces(parts.directory(), access),
                rules,
                replays,
                parts.time());
    }

    /** Forgets what has been kept long enough; returns how many deliveries that were. */
    public int sweep() {
        return retention.sweep();
    }

    /** Begins to deliver. */
    public void start() {
        dispatcher.start();
        replays.start();
    }

    /** Whether due deliveries are being made. */
    public boolean running() {
        return dispatcher.running();
    }

    /** Lets running attempts finish for ten seconds, and leaves everything else to the next start or other nodes. */
    @Override
    public void close() {
        replays.close();
        dispatcher.close();
        try {
            transport.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

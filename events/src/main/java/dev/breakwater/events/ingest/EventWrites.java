package dev.breakwater.events.ingest;

import dev.breakwater.events.EventsSettings;
import dev.breakwater.events.WebhookRegister;
import dev.breakwater.events.activity.Activity;
import dev.breakwater.events.delivery.HandOver;
import dev.breakwater.events.event.Event;
import dev.breakwater.events.webhook.Directory;
import dev.breakwater.events.webhook.Webhook;
import dev.breakwater.events.webhook.WebhookHandlers;
import dev.breakwater.events.webhook.Workspaces;
import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.time.TimeSource;
import io.micrometer.core.instrument.MeterRegistry;

/** Everything that makes events: clients, and tests of webhooks. */
public final class EventWrites implements AutoCloseable {

    private final Ingest ingest;
    private final CreateEvent create;
    private final TestWebhook test;

    /** What taking in events needs. */
    public record Parts(
            Database database,
            TimeSource time,
            Ids ids,
            Directory directory,
            WebhookHandlers webhooks,
            HandOver handOver,
            EventsSettings.Ingest settings,
            MeterRegistry metrics,
            Activity activity) {}

    /** Puts it together; {@link #start} comes before the first request. */
    public EventWrites(Parts parts) {
        Workspaces workspaces = new Workspaces(parts.directory());
        ingest = new Ingest(
                parts.database(),
                parts.time(),
                parts.ids(),
                parts.directory(),
                parts.handOver(),
                parts.settings(),
                parts.metrics(),
                parts.activity());
        create = new CreateEvent(workspaces, ingest, parts.ids());
        test = new TestWebhook(parts.database(), parts.webhooks(), workspaces, ingest, parts.ids());
    }

    /** Begins to store. */
    public void start() {
        ingest.start();
    }

    /** Whether queued events are being stored. */
    public boolean running() {
        return ingest.running();
    }

    /** {@code POST /v1/events}. */
    public Answer create(Call call) {
        return create.create(call);
    }

    /** {@code POST /v1/webhooks/{id}/test}. */
    public Answer test(Call call) {
        return test.test(call);
    }

    /** Sends a test to a webhook alone. */
    public WebhookRegister.Sent test(Webhook webhook, Directory.Entry entry) {
        return test.test(webhook, entry);
    }

    /** Stores an event that no key stands for, and waits until it is durable. */
    void store(Event event, Directory.Entry entry) {
        if (ingest.store(event, null, null, entry) instanceof PendingEvent.Refused refused) {
            throw refused.failure();
        }
    }

    /** Stores what is queued, then ends. */
    @Override
    public void close() {
        ingest.close();
    }
}

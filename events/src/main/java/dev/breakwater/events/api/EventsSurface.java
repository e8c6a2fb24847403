package dev.breakwater.events.api;

import dev.breakwater.events.EventsSettings;
import dev.breakwater.events.delivery.BulkReplayHandlers;
import dev.breakwater.events.delivery.DeliveryHandlers;
import dev.breakwater.events.event.EventReads;
import dev.breakwater.events.forward.ForwardHandlers;
import dev.breakwater.events.ingest.EventWrites;
import dev.breakwater.events.webhook.RetrieveWorkspace;
import dev.breakwater.events.webhook.WebhookHandlers;
import dev.breakwater.events.webhook.Workspaces;
import dev.breakwater.kernel.http.EnvelopeDialect;
import dev.breakwater.kernel.http.Surface;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.tenancy.ApiKeys;

/** The routes of the events API (events.md 4), each behind the gate that knows where it names its workspace. */
public final class EventsSurface {

    private static final int MAX_BODY = 512 * 1024;

    private EventsSurface() {}

    /** What answers the routes. */
    public record Handlers(
            RetrieveWorkspace workspace,
            EventWrites writes,
            EventReads reads,
            WebhookHandlers webhooks,
            DeliveryHandlers deliveries,
            BulkReplayHandlers bulkReplays,
            ForwardHandlers forward) {}

    /** Puts the surface together. */
    public static Surface of(
            Handlers handlers, ApiKeys keys, Workspaces workspaces, EventsSettings settings, TimeSource time) {
        EventsGate gate = new EventsGate(keys, workspaces, settings, time);
        Surface.Builder surface = Surface.named("events", new EnvelopeDialect())
                .prefix("/v1")
                .requestIdHeader("Harbor-Request-Id")
                .maxBody(MAX_BODY);
        surface.gate(gate.gate(NamedWorkspace::inPath))
                .route("GET", "/v1/workspaces/{id}", handlers.workspace()::retrieve);
        surface.gate(gate.gate(NamedWorkspace::inBody))
                .route("POST", "/v1/events", handlers.writes()::create)
                .route("POST", "/v1/webhooks", handlers.webhooks()::create)
                .route("POST", "/v1/webhooks/forward", handlers.forward()::open)
                .route("POST", "/v1/deliveries/replay", handlers.bulkReplays()::replay);
        surface.gate(gate.gate(NamedWorkspace::inQuery))
                .route("GET", "/v1/events", handlers.reads()::list)
                .route("GET", "/v1/webhooks", handlers.webhooks()::list)
                .route("GET", "/v1/deliveries", handlers.deliveries()::list);
        surface.gate(gate.gate(NamedWorkspace::nowhere))
                .route("GET", "/v1/events/{id}", handlers.reads()::retrieve)
                .route("GET", "/v1/webhooks/{id}", handlers.webhooks()::retrieve)
                .route("PUT", "/v1/webhooks/{id}", handlers.webhooks()::update)
                .route("PATCH", "/v1/webhooks/{id}", handlers.webhooks()::update)
                .route("DELETE", "/v1/webhooks/{id}", handlers.webhooks()::delete)
                .route("POST", "/v1/webhooks/{id}/rotate_secret", handlers.webhooks()::rotateSecret)
                .route("POST", "/v1/webhooks/{id}/test", handlers.writes()::test)
                .route("POST", "/v1/webhooks/{id}/forward/{delivery_id}", handlers.forward()::report)
                .route("GET", "/v1/deliveries/{id}", handlers.deliveries()::retrieve)
                .route("POST", "/v1/deliveries/{id}/replay", handlers.deliveries()::replay)
                .route("GET", "/v1/deliveries/replays/{id}", handlers.bulkReplays()::progress);
        return surface.build();
    }
}

package dev.breakwater.server.operations;

import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.http.EnvelopeDialect;
import dev.breakwater.kernel.http.Surface;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Health and metrics, open to everyone who can connect (events.md 15). */
public final class OperationsSurface {

    private static final int OK = 200;
    private static final int SERVICE_UNAVAILABLE = 503;

    private final Readiness readiness;
    private final PrometheusMeterRegistry metrics;

    public OperationsSurface(Readiness readiness, PrometheusMeterRegistry metrics) {
        this.readiness = readiness;
        this.metrics = metrics;
    }

    /** {@code /health/live}, {@code /health/ready}, their short names, and {@code /metrics}. */
    public Surface surface() {
        return Surface.named("operations", new EnvelopeDialect())
                .prefix("/health")
                .prefix("/healthz")
                .prefix("/readyz")
                .prefix("/metrics")
                .route("GET", "/health/live", this::live)
                .route("GET", "/healthz", this::live)
                .route("GET", "/health/ready", this::ready)
                .route("GET", "/readyz", this::ready)
                .route("GET", "/metrics", this::metrics)
                .build();
    }

    private record Health(String status, Map<String, String> hindrances) {}

    private Answer live(Call call) {
        return Answer.json(OK, new Health("up", Map.of()));
    }

    private Answer ready(Call call) {
        Map<String, String> hindrances = readiness.hindrances();
        return hindrances.isEmpty()
                ? Answer.json(OK, new Health("ready", hindrances))
                : Answer.json(SERVICE_UNAVAILABLE, new Health("not ready", hindrances));
    }

    private Answer metrics(Call call) {
        return Answer.of(
                OK, "text/plain; version=0.0.4; charset=utf-8", metrics.scrape().getBytes(StandardCharsets.UTF_8));
    }
}

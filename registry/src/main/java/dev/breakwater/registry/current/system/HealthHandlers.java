package dev.breakwater.registry.current.system;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.registry.blob.BlobStore;
import dev.breakwater.registry.current.dialect.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** {@code /health}, {@code /ping} and {@code /api/version} (registry.md 3.1, 3.6). */
public final class HealthHandlers {

    private static final String HEALTHY = "healthy";
    private static final String UNHEALTHY = "unhealthy";

    private final Database database;
    private final BlobStore blobs;

    /** Answers with what these know. */
    public HealthHandlers(Database database, BlobStore blobs) {
        this.database = database;
        this.blobs = blobs;
    }

    /** {@code GET /ping}. */
    public Answer ping(Call call) {
        return Answer.of(200, "text/plain; charset=utf-8", "Pong".getBytes(StandardCharsets.UTF_8));
    }

    /** {@code GET /api/version}. */
    public Answer version(Call call) {
        return new Shape().text("version", "v2.0").answer();
    }

    /** {@code GET /health}: always 200; what works without the database is ourselves. */
    public Answer health(Call call) {
        List<JsonNode> components = new ArrayList<>();
        boolean stored = works(components, "registry", this::isStoreThere);
        boolean data = works(components, "database", this::isDatabaseThere);
        components.add(component("core", true));
        components.add(component("jobservice", data));
        return new Shape()
                .text("status", stored && data ? HEALTHY : UNHEALTHY)
                .list("components", components)
                .answer();
    }

    @FunctionalInterface
    private interface Check {
        boolean works() throws IOException;
    }

    private static boolean works(List<JsonNode> components, String name, Check check) {
        boolean works;
        try {
            works = check.works();
        } catch (Failure | IOException e) {
            works = false;
        }
        components.add(component(name, works));
        return works;
    }

    private boolean isStoreThere() throws IOException {
        blobs.check();
        return true;
    }

    private boolean isDatabaseThere() {
        return database.query(
                handle -> handle.createQuery("SELECT true").mapTo(boolean.class).one());
    }

    private static JsonNode component(String name, boolean works) {
        return new Shape()
                .text("name", name)
                .text("status", works ? HEALTHY : UNHEALTHY)
                .text("error", works ? "" : name + " cannot be reached")
                .build();
    }
}

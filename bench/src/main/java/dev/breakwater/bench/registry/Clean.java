package dev.breakwater.bench.registry;

import dev.breakwater.bench.report.Bar;
import dev.breakwater.bench.report.Figure;
import dev.breakwater.kernel.json.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;

/** Collection of untagged manifests while pulls go on (Breakwater alone: the rival has to be stopped for it). */
final class Clean {

    private static final String REPOSITORY = "library/garbage";
    private static final int CLIENTS = 8;
    private static final Duration LOOK = Duration.ofMillis(50);

    private Clean() {}

    /** Pushes {@code manifests} images whose tag moves on, and collects them while others pull. */
    static List<Figure> measure(Duel duel, int manifests, Crew.Step pull, String pulled) throws IOException {
        OurSide ours = duel.ours();
        duel.progress().say("pushing " + manifests + " manifests that lose their tag");
        try (Connection connection = ours.connect(REPOSITORY)) {
            for (int i = 0; i < manifests; i++) {
                Image.of(1_000_000 + i, 64).push(connection, REPOSITORY, "moving");
            }
        }
        Crew.Done idle = Crew.work(ours, pulled, CLIENTS, duel.round().multipliedBy(2), pull);
        duel.progress().say("collecting them");
        long start = System.nanoTime();
        String run = ours.call(
                "POST",
                "/api/v2.0/system/gc/schedule",
                "{\"schedule\":{\"type\":\"Manual\"},\"parameters\":{\"delete_untagged\":true,\"workers\":2}}");
        CompletableFuture<Double> collected = CompletableFuture.supplyAsync(() -> awaitEnd(ours, run, start));
        Crew.Done busy = Crew.work(ours, pulled, CLIENTS, duel.round().multipliedBy(2), pull);
        double seconds = join(collected);
        return List.of(
                Figure.plain("collection of %,d untagged manifests".formatted(manifests), seconds, "s"),
                new Figure(
                        "pulls during the collection: p99 against idle",
                        busy.millisAt(99) / idle.millisAt(99),
                        "",
                        new Bar.AtMost(1.2),
                        String.format(
                                Locale.ROOT,
                                "p99 %.2f ms idle, %.2f ms meanwhile; %,.0f and %,.0f pulls/s",
                                idle.millisAt(99),
                                busy.millisAt(99),
                                idle.rate(),
                                busy.rate())));
    }

    private static double awaitEnd(OurSide ours, String run, long start) {
        while (true) {
            try {
                String status = Json.mapper()
                        .readTree(ours.call("GET", run, ""))
                        .path("job_status")
                        .asString();
                if (status.equals("Success")) {
                    return (System.nanoTime() - start) / 1e9;
                }
                if (status.equals("Error") || status.equals("Stopped")) {
                    throw new IOException(
                            "The collection ended with " + status + ": " + ours.call("GET", run + "/log", ""));
                }
            } catch (IOException e) {
                throw new CompletionException(e);
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    private static double join(CompletableFuture<Double> collected) throws IOException {
        try {
            return collected.join();
        } catch (CompletionException e) {
            throw new IOException(e.getCause());
        }
    }
}

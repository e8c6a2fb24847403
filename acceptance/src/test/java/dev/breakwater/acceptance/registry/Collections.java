package dev.breakwater.acceptance.registry;

import dev.breakwater.acceptance.harness.Await;
import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Collections and audits as an administrator runs them. */
final class Collections {

    private static final String GC = "/api/v2.0/system/gc";
    private static final String AUDIT = "/api/v2.0/system/storage/audit";
    private static final String SCRUB = "/api/v2.0/system/scrub";
    private static final Duration ASK_AGAIN = Duration.ofSeconds(3);
    private static final Set<String> GOING = Set.of("Pending", "Running");

    private final Client admin;

    Collections(Client admin) {
        this.admin = admin;
    }

    /** What a collection freed, or would free. */
    record Freed(long manifests, long blobs, long bytes) {}

    /** Runs a collection to its end. */
    Freed run(boolean untagged, boolean dryRun) {
        String location = begin(untagged, dryRun);
        Await.until("the collection ends", () -> !GOING.contains(status(location)));
        Reply ended = admin.get(location).expect(200);
        if (!ended.string("job_status").equals("Success")) {
            throw new AssertionError(ended.text() + admin.get(location + "/log").text());
        }
        JsonNode parameters = new JsonMapper().readTree(ended.string("job_parameters"));
        return new Freed(
                parameters.get("freed_manifests").asLong(),
                parameters.get("freed_blobs").asLong(),
                parameters.get("freed_space").asLong());
    }

    /** Begins a collection and says where it is; waits for one that is going on. */
    String begin(boolean untagged, boolean dryRun) {
        return Await.value("no other collection is going on", Duration.ofSeconds(60), () -> {
            Reply reply = admin.post(GC + "/schedule", """
                    {"schedule": {"type": "Manual"}, "parameters": {"delete_untagged": %b, "dry_run": %b, "workers": 3}}""".formatted(untagged, dryRun));
            return reply.status() == 409 ? Optional.empty() : reply.expect(201).header("Location");
        });
    }

    String status(String location) {
        return admin.get(location).expect(200).string("job_status");
    }

    /** Waits until the audit and the scrubbing have ended that the start of the server begins. */
    void awaitFirst() {
        for (String path : List.of(AUDIT, SCRUB)) {
            Await.until(
                    "the first run of " + path + " ends",
                    () -> admin.get(path).expect(200).json().has("end_time"));
        }
    }

    /** Runs an audit of the storage to its end and gives its report. */
    JsonNode audit() {
        return ended(AUDIT);
    }

    /** Compares all blobs with their digests and gives the report. */
    JsonNode scrub() {
        return ended(SCRUB);
    }

    /** Asks once: a second request could begin another run, which finds what the first has repaired. */
    private JsonNode ended(String path) {
        long before = admin.get(path).expect(200).json().path("id").asLong(0);
        admin.send("POST", path).expect(202);
        AtomicLong asked = new AtomicLong(System.nanoTime());
        return Await.value("it ends", Duration.ofSeconds(60), () -> {
            JsonNode latest = admin.get(path).expect(200).json();
            if (latest.path("id").asLong(0) > before) {
                return latest.has("end_time") ? Optional.of(latest) : Optional.empty();
            }
            // One that the clock had begun was going on, and nothing came of the request.
            if (System.nanoTime() - asked.get() > ASK_AGAIN.toNanos()) {
                asked.set(System.nanoTime());
                admin.send("POST", path).expect(202);
            }
            return Optional.empty();
        });
    }
}

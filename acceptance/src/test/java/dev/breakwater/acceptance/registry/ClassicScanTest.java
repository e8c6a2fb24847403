package dev.breakwater.acceptance.registry;

import static dev.breakwater.acceptance.registry.ClassicApi.expectLine;
import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.openapi.Documents;
import dev.breakwater.kernel.time.ManualTime;
import dev.breakwater.registry.Scanner;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** registry.md, checklist F: scans, with a registry of its own that is given a scanner which does as it is told. */
class ClassicScanTest {

    private static final Instant NOW = Instant.parse("2026-05-25T12:00:00Z");
    private static final ManualTime TIME = new ManualTime(NOW);
    private static final ObedientScanner SCANNER = new ObedientScanner();

    @TempDir
    private static Path folder = Path.of("");

    private static @Nullable ScannedRegistry registry;

    private final Client anonymous = Client.of(url(), Documents.of()::check);
    private final Client admin = anonymous.with("Authorization", ClassicApi.authorization("admin", "Harbor12345"));

    /** A scanner whose results the test decides. */
    private static final class ObedientScanner implements Scanner {

        private final Map<String, Status> states = new ConcurrentHashMap<>();
        private volatile boolean present = true;

        @Override
        public Optional<About> about() {
            return present ? Optional.of(new About("Obedient", "Test", "1")) : Optional.empty();
        }

        @Override
        public boolean supports(String mediaType, @Nullable String configType) {
            return mediaType.equals(Distribution.OCI_MANIFEST);
        }

        @Override
        public void request(Handle handle, Target target) {
            assertThat(target.username()).isEqualTo("admin");
            states.put(target.digest(), Status.PENDING);
        }

        @Override
        public Map<String, Overview> overviews(Handle handle, Collection<String> digests) {
            return digests.stream()
                    .filter(states::containsKey)
                    .collect(Collectors.toMap(digest -> digest, this::overview));
        }

        private Overview overview(String digest) {
            Status status = states.getOrDefault(digest, Status.ERROR);
            return new Overview(
                    "report-1",
                    status,
                    Severity.CRITICAL,
                    Map.of(Severity.CRITICAL, 1, Severity.HIGH, 2, Severity.LOW, 3),
                    1,
                    status == Status.PENDING ? null : NOW,
                    status == Status.SUCCESS ? NOW.plusSeconds(5) : null);
        }

        @Override
        public Optional<Report> report(Handle handle, String digest) {
            return states.get(digest) == Status.SUCCESS
                    ? Optional.of(new Report(
                            NOW,
                            new About("Obedient", "Test", "1"),
                            Severity.CRITICAL,
                            List.of(
                                    finding("CVE-2026-0001", Severity.CRITICAL, "1.2.4"),
                                    finding("CVE-2026-0002", Severity.UNKNOWN, ""))))
                    : Optional.empty();
        }

        private static Vulnerability finding(String id, Severity severity, String fix) {
            return new Vulnerability(
                    id,
                    "openssl",
                    "1.2.3",
                    fix,
                    severity,
                    "What it is about",
                    List.of("https://cve.example.org/" + id),
                    null,
                    List.of());
        }

        @Override
        public Optional<String> log(Handle handle, String digest, String reportId) {
            return Optional.of("scanned " + digest);
        }
    }

    @BeforeAll
    static void a_registry_with_a_scanner() throws IOException {
        registry = ScannedRegistry.start(folder, TIME, SCANNER);
    }

    @AfterAll
    static void it_ends() {
        if (registry != null) {
            registry.close();
        }
    }

    private static URI url() {
        if (registry == null) {
            throw new IllegalStateException("The registry has not started");
        }
        return registry.url();
    }

    private String newImage() {
        String project = ClassicApi.fresh("scanned");
        admin.post("/api/projects", "{\"project_name\": \"%s\", \"public\": 0}".formatted(project))
                .expect(201);
        String repository = project + "/app";
        Distribution.pushImage(admin, repository, "v1");
        return "/api/repositories/" + repository + "/tags/v1";
    }

    private JsonNode overview(String tag) {
        return admin.get(tag).expect(200).json().path("scan_overview");
    }

    @Test
    @Proves(
            contract = "registry",
            lines = {85, 86})
    void a_scan_is_pending_then_running_then_finished() {
        String tag = newImage();
        String digest = admin.get(tag).string("digest");
        String details = tag + "/vulnerability/details";
        SCANNER.present = false;
        expectLine(admin.send("POST", tag + "/scan"), 503, "");
        expectLine(anonymous.get(details), 503, "");
        SCANNER.present = true;
        assertThat(overview(tag).isMissingNode()).isTrue();
        assertThat(admin.get(details).expect(200).text()).isEqualTo("[]");

        assertThat(admin.send("POST", tag + "/scan").expect(200).body()).isEmpty();

        JsonNode pending = overview(tag);
        assertThat(pending.propertyNames())
                .containsExactly(
                        "image_digest",
                        "scan_status",
                        "job_id",
                        "severity",
                        "details_key",
                        "creation_time",
                        "update_time");
        assertThat(pending.get("scan_status").asString()).isEqualTo("pending");
        assertThat(pending.get("severity").asInt()).isZero();
        assertThat(pending.get("details_key").asString()).isEmpty();
        SCANNER.states.put(digest, Scanner.Status.RUNNING);
        assertThat(overview(tag).get("scan_status").asString()).isEqualTo("running");
        assertThat(admin.get(details).expect(200).text()).isEqualTo("[]");
        SCANNER.states.put(digest, Scanner.Status.SUCCESS);
        JsonNode finished = overview(tag);
        assertThat(finished.get("scan_status").asString()).isEqualTo("finished");
        assertThat(finished.get("severity").asInt()).isEqualTo(5);
        assertThat(finished.at("/components/total").asInt()).isEqualTo(6);
        assertThat(finished.at("/components/summary").toString())
                .isEqualTo("[{\"severity\":3,\"count\":3},{\"severity\":5,\"count\":3}]");
        assertThat(admin.get(details).expect(200).text()).isEqualTo("""
                [
                  {
                    "id": "CVE-2026-0001",
                    "severity": 5,
                    "package": "openssl",
                    "version": "1.2.3",
                    "description": "What it is about",
                    "link": "https://cve.example.org/CVE-2026-0001",
                    "fixedVersion": "1.2.4"
                  },
                  {
                    "id": "CVE-2026-0002",
                    "severity": 2,
                    "package": "openssl",
                    "version": "1.2.3",
                    "description": "What it is about",
                    "link": "https://cve.example.org/CVE-2026-0002"
                  }
                ]""");
        Reply log = admin.get("/api/jobs/scan/" + finished.get("job_id").asLong() + "/log")
                .expect(200);
        assertThat(log.text()).isEqualTo("scanned " + digest);
        expectLine(anonymous.get("/api/jobs/scan/" + finished.get("job_id").asLong() + "/log"), 401, "");
    }

    @Test
    void checks_come_in_their_order() {
        String tag = newImage();
        String repository = tag.substring("/api/repositories/".length(), tag.indexOf("/tags/"));

        expectLine(anonymous.send("POST", tag + "/scan"), 401, "");
        expectLine(anonymous.send("POST", "/api/repositories/none/x/tags/v1/scan"), 404, "project none not found");
        expectLine(
                admin.send("POST", "/api/repositories/%s/tags/none/scan".formatted(repository)),
                404,
                "resource: %s:none not found".formatted(repository));
        expectLine(
                anonymous.get("/api/repositories/none/x/tags/v1/vulnerability/details"),
                404,
                "resource: none/x:v1 not found");
        expectLine(anonymous.get(tag + "/vulnerability/details"), 401, "");
    }

    @Test
    @Proves(contract = "registry", lines = 87)
    void everything_is_scanned_once_in_two_hours() {
        String tag = newImage();
        expectLine(anonymous.send("POST", "/api/repositories/scanAll"), 401, "");
        TIME.advance(Duration.ofHours(3));

        assertThat(admin.send("POST", "/api/repositories/scanAll").expect(202).body())
                .isEmpty();
        assertThat(overview(tag).get("scan_status").asString()).isEqualTo("pending");
        expectLine(admin.send("POST", "/api/repositories/scanAll"), 412, "Unable handle frequent scan all requests");
        JsonNode info = anonymous.get("/api/systeminfo").expect(200).json();
        assertThat(info.get("with_clair").asBoolean()).isTrue();
        assertThat(info.get("next_scan_all").asLong())
                .isEqualTo(TIME.instant().plus(Duration.ofHours(2)).getEpochSecond());
        expectLine(admin.send("POST", "/api/repositories/scanAll?project_id=x"), 400, "Invalid project_id x");
        admin.send("POST", "/api/repositories/scanAll?project_id=1").expect(202);

        TIME.advance(Duration.ofHours(2));
        assertThat(anonymous.get("/api/systeminfo").json().get("next_scan_all").asLong())
                .isZero();
        admin.send("POST", "/api/repositories/scanAll").expect(202);
    }
}

package dev.breakwater.acceptance.registry;

import static dev.breakwater.acceptance.registry.CurrentApi.API;
import static dev.breakwater.acceptance.registry.CurrentApi.error;
import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.Await;
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
import java.time.ZoneOffset;
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

/** Scans in {@code /api/v2.0} and what they forbid, with a registry that is given a scanner which does as it is told. */
class CurrentScanTest {

    private static final Instant NOW = Instant.parse("2026-05-25T12:00:00Z");
    private static final ManualTime TIME = new ManualTime(NOW);
    private static final ToldScanner SCANNER = new ToldScanner();
    private static final String GENERIC = "application/vnd.security.vulnerability.report; version=1.1";
    private static final String NATIVE = "application/vnd.scanner.adapter.vuln.report.harbor+json; version=1.0";

    @TempDir
    private static Path folder = Path.of("");

    private static @Nullable ScannedRegistry registry;

    private final Client anonymous = Client.of(url(), Documents.of()::check);
    private final Client admin = anonymous.with("Authorization", ClassicApi.authorization("admin", "Harbor12345"));

    /** A scanner whose states and findings the test decides, by digest. */
    private static final class ToldScanner implements Scanner {

        private static final About ABOUT = new About("Told", "Test", "1");
        private final Map<String, Status> states = new ConcurrentHashMap<>();
        private volatile String broken = "";
        private final Map<String, List<Vulnerability>> findings = new ConcurrentHashMap<>();

        @Override
        public Optional<About> about() {
            return Optional.of(ABOUT);
        }

        @Override
        public boolean supports(String mediaType, @Nullable String configType) {
            return Distribution.OCI_CONFIG.equals(configType);
        }

        @Override
        public void request(Handle handle, Target target) {
            states.put(target.digest(), Status.PENDING);
        }

        @Override
        public void stop(Handle handle, String digest) {
            states.put(digest, Status.STOPPED);
        }

        void found(String digest, Vulnerability... found) {
            findings.put(digest, List.of(found));
            states.put(digest, Status.SUCCESS);
        }

        @Override
        public Map<String, Overview> overviews(Handle handle, Collection<String> digests) {
            return digests.stream()
                    .filter(states::containsKey)
                    .collect(Collectors.toMap(digest -> digest, this::overview));
        }

        private Overview overview(String digest) {
            List<Vulnerability> found = findings.getOrDefault(digest, List.of());
            Map<Severity, Integer> counts = found.stream()
                    .collect(Collectors.groupingBy(
                            Vulnerability::severity, Collectors.collectingAndThen(Collectors.toList(), List::size)));
            return new Overview(
                    "r-1", states.getOrDefault(digest, Status.ERROR), worst(found), counts, 0, NOW, NOW.plusSeconds(7));
        }

        private static Severity worst(List<Vulnerability> found) {
            return found.stream()
                    .map(Vulnerability::severity)
                    .max(java.util.Comparator.comparingInt(Severity::rank))
                    .orElse(Severity.NONE);
        }

        @Override
        public Optional<Report> report(Handle handle, String digest) {
            if (digest.equals(broken)) {
                throw new IllegalStateException("a secret of ours");
            }
            return Optional.ofNullable(findings.get(digest)).map(found -> new Report(NOW, ABOUT, worst(found), found));
        }

        @Override
        public Optional<String> log(Handle handle, String digest, String reportId) {
            return reportId.equals("r-1") ? Optional.of("scanned") : Optional.empty();
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
        return running().url();
    }

    private static ScannedRegistry running() {
        if (registry == null) {
            throw new IllegalStateException("The registry has not started");
        }
        return registry;
    }

    private String newProject(String metadata) {
        String project = ClassicApi.fresh("scan");
        admin.post(API + "/projects", "{\"project_name\": \"%s\", \"metadata\": {%s}}".formatted(project, metadata))
                .expect(201);
        return project;
    }

    private static Scanner.Vulnerability finding(String id, Scanner.Severity severity) {
        return new Scanner.Vulnerability(
                id, "openssl", "1.2.3", "1.2.4", severity, "What", List.of("https://cve.example.org/"), 7.5, List.of());
    }

    @Test
    void all_images_are_scanned_once_a_day_when_that_is_configured() {
        String project = newProject("");
        String digest = Distribution.sha256(Distribution.pushImage(admin, project + "/app", "v1"));
        Runnable look = () -> running().runJob("registry-daily-scan");
        configure("{\"scan_all_policy\": {\"type\": \"daily\", \"parameter\": {\"daily_time\": %d}}}"
                .formatted(TIME.instant().atOffset(ZoneOffset.UTC).toLocalTime().toSecondOfDay() - 60));
        look.run();
        assertThat(SCANNER.states).as("the time has passed for today").doesNotContainKey(digest);

        TIME.advance(Duration.ofDays(1));
        look.run();
        assertThat(SCANNER.states).containsKey(digest);

        SCANNER.states.clear();
        look.run();
        assertThat(SCANNER.states).as("once a day").isEmpty();

        configure("{\"scan_all_policy\": {\"type\": \"none\"}}");
        TIME.advance(Duration.ofDays(1));
        look.run();
        assertThat(SCANNER.states).isEmpty();
    }

    @Test
    void what_a_scanner_pulls_need_not_count_as_used() {
        String project = newProject("");
        byte[] manifest = Distribution.pushImage(admin, project + "/app", "v1");
        String artifact = API + "/projects/" + project + "/repositories/app/artifacts/" + Distribution.sha256(manifest);
        Reply made = admin.post(API + "/robots", """
                        {"name":"%s","level":"project","duration":-1,"permissions":[{"kind":"project","namespace":"%s","access":[
                        {"resource":"repository","action":"pull"}]}]}""".formatted(ClassicApi.fresh("scanner"), project))
                .expect(201);
        running().makeScanner(made.json().get("id").asLong());
        Client scanner =
                anonymous.with("Authorization", ClassicApi.authorization(made.string("name"), made.string("secret")));
        String path = "/v2/" + project + "/app/manifests/v1";
        configure("{\"scanner_skip_update_pulltime\": true}");
        scanner.get(path).expect(200);
        TIME.advance(Duration.ofSeconds(5));
        Await.until(
                "the pull is noted",
                () -> admin.get(API + "/projects/" + project + "/repositories/app")
                                .json()
                                .path("pull_count")
                                .asInt()
                        == 1);
        assertThat(admin.get(artifact).expect(200).json().path("pull_time").asString(""))
                .startsWith("0001-01-01");

        configure("{\"scanner_skip_update_pulltime\": false}");
        scanner.get(path).expect(200);
        TIME.advance(Duration.ofSeconds(5));
        Await.until(
                "it counts as used",
                () -> !admin.get(artifact)
                        .json()
                        .path("pull_time")
                        .asString("0001-01-01")
                        .startsWith("0001-01-01"));
    }

    private void configure(String configuration) {
        admin.put(API + "/configurations", configuration).expect(200);
    }

    @Test
    void what_is_mirrored_is_scanned_when_it_comes_if_the_project_wants_that() {
        byte[] config = Distribution.bytes("{\"architecture\":\"arm64\",\"os\":\"linux\"}");
        byte[] manifest = Distribution.image(Distribution.OCI_CONFIG, config, List.of(), "");
        try (ScriptedUpstream upstream = new ScriptedUpstream()) {
            upstream.image("some/app", "v1", manifest);
            upstream.blob("some/app", Distribution.sha256(config), config.length, out -> out.write(config));
            String plain = upstream.mirror(admin, "", "");
            admin.get("/v2/" + plain + "/some/app/manifests/v1").expect(200);
            assertThat(SCANNER.states).doesNotContainKey(Distribution.sha256(manifest));

            String scanned = upstream.mirror(admin, ",\"auto_scan\":\"true\"", "");
            admin.get("/v2/" + scanned + "/some/app/manifests/v1").expect(200);
            assertThat(SCANNER.states).containsKey(Distribution.sha256(manifest));
        }
    }

    @Test
    @Proves(contract = "registry", lines = 197)
    void a_scan_is_asked_for_and_its_overview_and_report_are_keyed_by_type() {
        String project = newProject("");
        byte[] manifest = Distribution.pushImage(admin, project + "/app", "v1");
        String artifact = API + "/projects/" + project + "/repositories/app/artifacts/v1";

        admin.post(artifact + "/scan", "{\"scan_type\": \"vulnerability\"}").expect(202);
        assertThat(overview(artifact).at("/scan_status").asString()).isEqualTo("Pending");
        SCANNER.found(Distribution.sha256(manifest), finding("CVE-2026-0001", Scanner.Severity.HIGH));

        JsonNode overview = overview(artifact);
        assertThat(overview.get("severity").asString()).isEqualTo("High");
        assertThat(overview.at("/summary/summary/High").asInt()).isEqualTo(1);
        assertThat(overview.get("duration").asInt()).isEqualTo(7);
        Reply report = admin.get(artifact + "/additions/vulnerabilities").expect(200);
        assertThat(report.json().propertyNames()).containsExactly(GENERIC);
        assertThat(report.json().get(GENERIC).at("/vulnerabilities/0/id").asString())
                .isEqualTo("CVE-2026-0001");
        assertThat(admin.with("X-Accept-Vulnerabilities", NATIVE)
                        .get(artifact + "/additions/vulnerabilities")
                        .expect(200)
                        .json()
                        .propertyNames())
                .containsExactly(NATIVE);
        assertThat(admin.get(artifact)
                        .expect(200)
                        .json()
                        .at("/addition_links/vulnerabilities/href")
                        .asString())
                .endsWith("/additions/vulnerabilities");
        assertThat(admin.get(artifact + "/scan/r-1/log").expect(200).text()).isEqualTo("scanned");
        error(admin.get(artifact + "/scan/r-2/log"), 404, "NOT_FOUND");
        admin.post(artifact + "/scan/stop", "{}").expect(202);
        error(anonymous.send("POST", artifact + "/scan"), 401, "UNAUTHORIZED");
        error(admin.post(artifact + "/scan", "{\"scan_type\": \"other\"}"), 422, "UNPROCESSABLE_ENTITY");
    }

    private JsonNode overview(String artifact) {
        return admin.get(artifact + "?with_scan_overview=true")
                .expect(200)
                .json()
                .path("scan_overview")
                .path(GENERIC);
    }

    @Test
    @Proves(contract = "registry", lines = 176)
    void a_fault_tells_nothing_but_that_it_is_one() {
        String project = newProject("");
        String artifacts = API + "/projects/" + project + "/repositories/app/artifacts";
        SCANNER.broken = Distribution.sha256(Distribution.pushImage(admin, project + "/app", "v1"));

        Reply fault = admin.get(artifacts + "/v1/additions/vulnerabilities").expect(500);
        assertThat(fault.text())
                .isEqualTo("{\"errors\":[{\"code\":\"UNKNOWN\",\"message\":\"internal server error\"}]}\n");
        assertThat(error(admin.get(artifacts + "/none"), 404, "NOT_FOUND"))
                .isEqualTo("artifact " + project + "/app:none not found");
        assertThat(error(anonymous.get(artifacts), 401, "UNAUTHORIZED")).isEqualTo("unauthorized");
    }

    @Test
    void what_is_pushed_is_scanned_where_the_project_wants_it() {
        String project = newProject("\"auto_scan\": \"true\"");
        byte[] manifest = Distribution.pushImage(admin, project + "/app", "v1");

        assertThat(SCANNER.states).containsEntry(Distribution.sha256(manifest), Scanner.Status.PENDING);
    }

    @Test
    @Proves(contract = "registry", lines = 167)
    void what_is_vulnerable_or_was_not_scanned_is_not_pulled() {
        String project =
                newProject("\"prevent_vul\": \"true\", \"severity\": \"high\", \"reuse_sys_cve_allowlist\": \"false\"");
        byte[] manifest = Distribution.pushImage(admin, project + "/app", "v1");
        String digest = Distribution.sha256(manifest);
        String pull = "/v2/" + project + "/app/manifests/v1";

        assertThat(refused(admin.get(pull)))
                .isEqualTo(
                        "current image without vulnerability scanning cannot be pulled due to configured policy in 'Prevent"
                                + " images with vulnerability severity of \"High\" or higher from running.' To continue with pull,"
                                + " please contact your project administrator for help.");
        admin.send("HEAD", pull).expect(412);
        SCANNER.states.put(digest, Scanner.Status.ERROR);
        assertThat(refused(admin.get(pull)))
                .startsWith("current image with \"Error\" status of vulnerability scanning cannot be pulled");

        SCANNER.found(digest, finding("CVE-1", Scanner.Severity.HIGH));
        assertThat(refused(admin.get(pull)))
                .startsWith("current image with 1 vulnerability cannot be pulled")
                .endsWith("to exempt matched vulnerabilities through configuring the CVE allowlist.");
        SCANNER.found(digest, finding("CVE-1", Scanner.Severity.MEDIUM));
        admin.get(pull).expect(200);

        SCANNER.found(digest, finding("CVE-1", Scanner.Severity.CRITICAL), finding("CVE-2", Scanner.Severity.LOW));
        assertThat(refused(admin.get(pull))).startsWith("current image with 2 vulnerabilities cannot be pulled");
        allow(project, "CVE-1", NOW.plusSeconds(3_600));
        admin.get(pull).expect(200);
        allow(project, "CVE-1", NOW.minusSeconds(1));
        refused(admin.get(pull));
    }

    private void allow(String project, String vulnerability, Instant until) {
        admin.put(API + "/projects/" + project, """
                        {"cve_allowlist": {"items": [{"cve_id": "%s"}], "expires_at": %d}}""".formatted(vulnerability, until.getEpochSecond()))
                .expect(200);
    }

    @Test
    void the_list_of_the_system_counts_for_projects_that_share_it() {
        String project = newProject("\"prevent_vul\": \"true\", \"severity\": \"low\"");
        byte[] manifest = Distribution.pushImage(admin, project + "/app", "v1");
        String pull = "/v2/" + project + "/app/manifests/v1";
        SCANNER.found(Distribution.sha256(manifest), finding("CVE-3", Scanner.Severity.LOW));
        refused(admin.get(pull));

        admin.put(API + "/system/CVEAllowlist", "{\"items\": [{\"cve_id\": \"CVE-3\"}]}")
                .expect(200);

        admin.get(pull).expect(200);
        assertThat(admin.get(API + "/system/CVEAllowlist")
                        .expect(200)
                        .json()
                        .at("/items/0/cve_id")
                        .asString())
                .isEqualTo("CVE-3");
        error(anonymous.get(API + "/system/CVEAllowlist"), 401, "UNAUTHORIZED");
    }

    @Test
    @Proves(contract = "registry", lines = 168)
    void what_nobody_signed_is_not_pulled() {
        String project = newProject("\"enable_content_trust_cosign\": \"true\"");
        String repository = project + "/app";
        byte[] manifest = Distribution.pushImage(admin, repository, "v1");
        String pull = "/v2/" + repository + "/manifests/";
        assertThat(refused(admin.get(pull + "v1"))).isEqualTo("The image is not signed by cosign.");

        byte[] signature = Distribution.pushParts(admin, repository, "");
        String tag = Distribution.sha256(manifest).replace(':', '-') + ".sig";
        Distribution.pushManifest(admin, repository, tag, Distribution.OCI_MANIFEST, signature)
                .expect(201);

        admin.get(pull + "v1").expect(200);
        admin.get(pull + tag).expect(200);
        admin.put(
                        API + "/projects/" + project + "/metadatas/enable_content_trust_cosign",
                        "{\"enable_content_trust_cosign\": \"false\"}")
                .expect(200);
        admin.post(API + "/projects/" + project + "/metadatas", "{\"enable_content_trust\": \"true\"}")
                .expect(200);
        assertThat(refused(admin.get(pull + "v1"))).isEqualTo("The image is not signed by notation.");
    }

    /** The text with which a gate refuses a pull. */
    private static String refused(Reply reply) {
        Distribution.expectError(reply, 412, "PROJECTPOLICYVIOLATION");
        return reply.json().at("/errors/0/message").asString();
    }
}

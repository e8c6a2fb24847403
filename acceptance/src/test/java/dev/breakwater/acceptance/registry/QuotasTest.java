package dev.breakwater.acceptance.registry;

import static dev.breakwater.acceptance.registry.ClassicApi.fresh;
import static dev.breakwater.acceptance.registry.Distribution.OCI_CONFIG;
import static dev.breakwater.acceptance.registry.Distribution.OCI_MANIFEST;
import static dev.breakwater.acceptance.registry.Distribution.bytes;
import static dev.breakwater.acceptance.registry.Distribution.expectError;
import static dev.breakwater.acceptance.registry.Distribution.image;
import static dev.breakwater.acceptance.registry.Distribution.noise;
import static dev.breakwater.acceptance.registry.Distribution.pushBlob;
import static dev.breakwater.acceptance.registry.Distribution.pushManifest;
import static dev.breakwater.acceptance.registry.Distribution.send;
import static dev.breakwater.acceptance.registry.Distribution.sha256;
import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** registry.md 2.4, 3.3: what projects may store, and what they do. */
@WithServer
class QuotasTest {

    private static final int MIB = 1 << 20;
    private static final int PUSHES = 200;
    private static final Duration AFTER_UNDO = Duration.ofHours(27);

    private final TestServer server;
    private final Distribution registry;
    private final ClassicApi api;
    private final Client admin;

    QuotasTest(TestServer server) {
        this.server = server;
        registry = new Distribution(server);
        api = registry.api();
        admin = api.admin();
    }

    /** A project with a limit. */
    private String limited(long bytes) {
        String project = fresh("quota");
        admin.post("/api/v2.0/projects", """
                        {"project_name":"%s","metadata":{"public":"false"},"storage_limit":%d}""".formatted(project, bytes)).expect(201);
        return project;
    }

    private JsonNode quota(String project) {
        long id = admin.get("/api/v2.0/projects/" + project)
                .expect(200)
                .json()
                .get("project_id")
                .asLong();
        JsonNode list = admin.get("/api/v2.0/quotas?reference=project&reference_id=" + id)
                .expect(200)
                .json();
        assertThat(list.size()).isEqualTo(1);
        return list.get(0);
    }

    private long used(String project) {
        return quota(project).get("used").get("storage").asLong();
    }

    private static byte[] config() {
        return bytes("{\"architecture\":\"amd64\",\"os\":\"linux\",\"n\":\"" + sha256(noise(8)) + "\"}");
    }

    @Test
    @Proves(contract = "registry", lines = 164)
    void a_push_beyond_the_limit_is_refused_and_changes_nothing() {
        String project = limited(MIB);
        String repository = project + "/app";
        byte[] manifest = Distribution.pushImage(admin, repository, "small");
        long before = used(project);
        assertThat(before).isGreaterThan(manifest.length);

        byte[] large = noise(MIB);
        Reply blob = send(admin, "POST", "/v2/" + repository + "/blobs/uploads/?digest=" + sha256(large), large);
        expectError(blob, 403, "DENIED");
        assertThat(blob.json().get("errors").get(0).get("message").asString())
                .isEqualTo("adding 1.0 MiB of storage resource, which when updated to current usage of %s"
                                .formatted("%.1f %s"
                                        .formatted(
                                                before < 1024 ? before : before / 1024.0, before < 1024 ? "B" : "KiB"))
                        + " will exceed the configured upper limit of 1.0 MiB.");

        byte[] half = noise(MIB * 6 / 10);
        byte[] otherHalf = noise(MIB * 6 / 10);
        byte[] config = config();
        pushBlob(admin, repository, config);
        pushBlob(admin, repository, half);
        pushBlob(admin, repository, otherHalf);
        Reply both = pushManifest(
                admin, repository, "both", OCI_MANIFEST, image(OCI_CONFIG, config, List.of(half, otherHalf), ""));
        expectError(both, 403, "DENIED");
        assertThat(both.text()).contains("adding 1.2 MiB of storage resource").contains("upper limit of 1.0 MiB.");
        assertThat(used(project)).isEqualTo(before);
        expectError(admin.get("/v2/" + repository + "/manifests/both"), 404, "MANIFEST_UNKNOWN");

        pushManifest(admin, repository, "one", OCI_MANIFEST, image(OCI_CONFIG, config, List.of(half), ""))
                .expect(201);
        assertThat(used(project)).isGreaterThan(before + half.length);
    }

    @Test
    @Proves(contract = "registry", lines = 165)
    void a_layer_counts_once_in_a_project_and_no_more_after_it_is_collected() {
        String project = limited(-1);
        byte[] shared = noise(50_000);
        byte[] config = config();
        byte[] first = image(OCI_CONFIG, config, List.of(shared), "");
        byte[] second = image(OCI_CONFIG, config, List.of(shared), ",\"annotations\":{\"n\":\"2\"}");
        for (String repository : List.of(project + "/one", project + "/two")) {
            pushBlob(admin, repository, config);
            pushBlob(admin, repository, shared);
        }
        pushManifest(admin, project + "/one", "v1", OCI_MANIFEST, first).expect(201);
        pushManifest(admin, project + "/two", "v1", OCI_MANIFEST, second).expect(201);
        long all = (long) shared.length + config.length + first.length + second.length;
        assertThat(used(project)).isEqualTo(all);

        Collections collections = new Collections(admin);
        admin.delete("/api/v2.0/projects/" + project + "/repositories/two").expect(200);
        server.advance(AFTER_UNDO);
        collections.run(false, false);
        assertThat(used(project)).isEqualTo(all - second.length);

        admin.delete("/api/v2.0/projects/" + project + "/repositories/one").expect(200);
        server.advance(AFTER_UNDO);
        collections.run(false, false);
        assertThat(used(project)).isZero();
    }

    @Test
    @Proves(contract = "registry", lines = 166)
    void many_pushes_at_once_are_counted_exactly() throws Exception {
        String project = limited(-1);
        byte[] shared = noise(50_000);
        byte[] config = config();
        pushBlob(admin, project + "/base", config);
        pushBlob(admin, project + "/base", shared);
        long manifests = 0;
        List<Future<Integer>> sizes = new ArrayList<>();
        try (ExecutorService callers = Executors.newFixedThreadPool(16)) {
            for (int i = 0; i < PUSHES; i++) {
                String repository = project + "/app" + i % 8;
                sizes.add(callers.submit(() -> push(repository, config, shared)));
            }
            for (Future<Integer> size : sizes) {
                manifests += size.get();
            }
        }

        assertThat(used(project)).isEqualTo(manifests + shared.length + config.length + PUSHES * 100L);
    }

    /** Pushes an image with the shared blobs and a layer of 100 bytes of its own; gives the size of the manifest. */
    private int push(String repository, byte[] config, byte[] shared) {
        byte[] own = noise(100);
        pushBlob(admin, repository, config);
        pushBlob(admin, repository, shared);
        pushBlob(admin, repository, own);
        byte[] manifest = image(OCI_CONFIG, config, List.of(shared, own), "");
        pushManifest(admin, repository, "t" + sha256(own).substring(7, 19), OCI_MANIFEST, manifest)
                .expect(201);
        return manifest.length;
    }

    @Test
    void pushes_at_once_do_not_exceed_the_limit_together() throws Exception {
        String project = limited(MIB);
        List<Future<Integer>> statuses = new ArrayList<>();
        try (ExecutorService callers = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 8; i++) {
                String repository = project + "/app" + i;
                statuses.add(callers.submit(() -> {
                    byte[] config = config();
                    byte[] layer = noise(MIB * 3 / 10);
                    pushBlob(admin, repository, config);
                    Reply blob =
                            send(admin, "POST", "/v2/" + repository + "/blobs/uploads/?digest=" + sha256(layer), layer);
                    return blob.status() == 201
                            ? pushManifest(
                                            admin,
                                            repository,
                                            "v1",
                                            OCI_MANIFEST,
                                            image(OCI_CONFIG, config, List.of(layer), ""))
                                    .status()
                            : blob.status();
                }));
            }
        }
        List<Integer> answers = new ArrayList<>();
        for (Future<Integer> status : statuses) {
            answers.add(status.get());
        }

        assertThat(answers).containsOnly(201, 403);
        assertThat(answers.stream().filter(status -> status == 201)).hasSize(3);
        assertThat(used(project)).isLessThanOrEqualTo(MIB);
    }

    @Test
    @Proves(contract = "registry", lines = 202)
    void limits_are_listed_and_set() {
        String project = limited(MIB);
        JsonNode quota = quota(project);
        assertThat(quota.get("hard").get("storage").asLong()).isEqualTo(MIB);
        assertThat(quota.get("ref").get("name").asString()).isEqualTo(project);
        assertThat(quota.get("ref").get("owner_name").asString()).isEqualTo("admin");
        String path = "/api/v2.0/quotas/" + quota.get("id").asLong();

        admin.put(path, "{\"hard\":{\"storage\":2097152}}").expect(200);

        assertThat(admin.get(path).expect(200).json().get("hard").get("storage").asLong())
                .isEqualTo(2 * MIB);
        Reply without = admin.put(path, "{}").expect(400);
        assertThat(without.json().get("errors").get(0).get("message").asString())
                .isEqualTo("hard required in body");
        Reply slash = admin.get("/api/v2.0/quotas/?page=1&page_size=100").expect(200);
        assertThat(slash.header("X-Total-Count"))
                .contains(Integer.toString(slash.json().size()));
        assertThat(slash.text()).contains(project);
        JsonNode sorted = admin.get("/api/v2.0/quotas?sort=-hard.storage&page_size=1")
                .expect(200)
                .json();
        assertThat(sorted.get(0).get("hard").get("storage").asLong()).isGreaterThanOrEqualTo(2 * MIB);
    }

    @Test
    void only_administrators_see_and_set_limits() {
        String project = limited(MIB);
        String path = "/api/v2.0/quotas/" + quota(project).get("id").asLong();
        Client user = api.newUser().client();

        api.anonymous().get("/api/v2.0/quotas").expect(401);
        user.get("/api/v2.0/quotas").expect(403);
        user.get(path).expect(403);
        user.put(path, "{\"hard\":{\"storage\":-1}}").expect(403);
        admin.get("/api/v2.0/quotas/999999").expect(404);
        admin.put(path, "{\"hard\":{\"storage\":-5}}").expect(400);
    }

    @Test
    void a_limit_for_all_new_projects_is_configured() {
        admin.put("/api/v2.0/configurations", "{\"storage_per_project\":12345}").expect(200);
        try {
            String project = fresh("quota");
            admin.post("/api/v2.0/projects", "{\"project_name\":\"%s\"}".formatted(project))
                    .expect(201);
            assertThat(quota(project).get("hard").get("storage").asLong()).isEqualTo(12345);
        } finally {
            admin.put("/api/v2.0/configurations", "{\"storage_per_project\":-1}")
                    .expect(200);
        }
    }
}

package dev.breakwater.acceptance.registry;

import static dev.breakwater.acceptance.registry.ClassicApi.fresh;
import static dev.breakwater.acceptance.registry.Distribution.OCI_CONFIG;
import static dev.breakwater.acceptance.registry.Distribution.OCI_INDEX;
import static dev.breakwater.acceptance.registry.Distribution.OCI_MANIFEST;
import static dev.breakwater.acceptance.registry.Distribution.bytes;
import static dev.breakwater.acceptance.registry.Distribution.expectError;
import static dev.breakwater.acceptance.registry.Distribution.image;
import static dev.breakwater.acceptance.registry.Distribution.index;
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
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** registry.md 3.3: projects that mirror a registry elsewhere, here another server of this program. */
@WithServer
class ProxyCacheTest {

    private static final Duration LATER = Duration.ofMinutes(1);

    private final TestServer server;
    private final Client admin;
    private TestServer elsewhere;
    private boolean stopped;
    private Distribution there;
    private Client owner;
    /** A private repository there, and its name here. */
    private String original;

    private String project;
    private String copy;

    ProxyCacheTest(TestServer server) {
        this.server = server;
        admin = new ClassicApi(server).admin();
    }

    @BeforeEach
    void a_project_mirrors_another_server() {
        elsewhere = TestServer.start(Map.of());
        there = new Distribution(elsewhere);
        owner = there.admin();
        original = there.newRepository();
        project = mirror("");
        copy = project + "/" + original;
    }

    private String mirror(String metadata) {
        String location = admin.post("/api/v2.0/registries", """
                        {"name":"%s","type":"harbor","url":"%s","insecure":false,
                         "credential":{"type":"basic","access_key":"admin","access_secret":"Harbor12345"}}""".formatted(fresh("up"), elsewhere.url()))
                .expect(201)
                .header("Location")
                .orElseThrow();
        String name = fresh("mirror");
        admin.post("/api/v2.0/projects", """
                        {"project_name":"%s","metadata":{"public":"false"%s},"registry_id":%s}""".formatted(
                                name, metadata, location.substring(location.lastIndexOf('/') + 1)))
                .expect(201);
        return name;
    }

    @AfterEach
    void end() {
        if (stopped) {
            elsewhere.resume();
        }
        elsewhere.close();
    }

    private void goAway() {
        elsewhere.stop();
        stopped = true;
    }

    private Reply manifest(String reference) {
        return admin.get("/v2/" + copy + "/manifests/" + reference);
    }

    private Reply blob(String digest) {
        return admin.get("/v2/" + copy + "/blobs/" + digest);
    }

    @Test
    @Proves(contract = "registry", lines = 201)
    void what_is_pulled_once_is_here() {
        byte[] config = bytes("{\"architecture\":\"arm64\",\"os\":\"linux\"}");
        byte[] layer = noise(300_000);
        pushBlob(owner, original, config);
        pushBlob(owner, original, layer);
        byte[] manifest = image(OCI_CONFIG, config, List.of(layer), "");
        pushManifest(owner, original, "v1", OCI_MANIFEST, manifest).expect(201);

        Reply first = manifest("v1").expect(200);
        assertThat(first.body()).isEqualTo(manifest);
        assertThat(first.header("Content-Type")).contains(OCI_MANIFEST);
        assertThat(blob(sha256(layer)).expect(200).body()).isEqualTo(layer);

        goAway();
        assertThat(manifest("v1").expect(200).body()).isEqualTo(manifest);
        assertThat(blob(sha256(layer)).expect(200).body()).isEqualTo(layer);
        assertThat(blob(sha256(config)).expect(200).body()).isEqualTo(config);
        server.advance(LATER);
        assertThat(manifest("v1").expect(200).body()).isEqualTo(manifest);
        assertThat(manifest(sha256(manifest)).expect(200).body()).isEqualTo(manifest);
        manifest("v2").expect(503);

        byte[] more = noise(10);
        Reply push = send(admin, "POST", "/v2/" + copy + "/blobs/uploads/?digest=" + sha256(more), more);
        expectError(push, 403, "DENIED");
        assertThat(push.text()).contains("can not push artifact to a proxy project: " + project);
        expectError(pushManifest(admin, copy, "mine", OCI_MANIFEST, manifest), 403, "DENIED");
    }

    @Test
    void a_tag_that_moves_there_moves_here() {
        byte[] one = Distribution.pushImage(owner, original, "latest");
        assertThat(manifest("latest").expect(200).body()).isEqualTo(one);

        byte[] two = Distribution.pushImage(owner, original, "latest");
        server.advance(LATER);

        assertThat(manifest("latest").expect(200).body()).isEqualTo(two);
        assertThat(manifest(sha256(one)).expect(200).body()).isEqualTo(one);
    }

    @Test
    void an_image_of_many_platforms_is_fetched_as_far_as_it_is_wanted() {
        byte[] mine = Distribution.pushParts(owner, original, "");
        byte[] other = Distribution.pushParts(owner, original, "");
        pushManifest(owner, original, sha256(mine), OCI_MANIFEST, mine).expect(201);
        pushManifest(owner, original, sha256(other), OCI_MANIFEST, other).expect(201);
        byte[] all = index(List.of(mine, other), "");
        pushManifest(owner, original, "many", OCI_INDEX, all).expect(201);

        assertThat(manifest("many").expect(200).body()).isEqualTo(all);
        assertThat(manifest(sha256(mine)).expect(200).body()).isEqualTo(mine);

        goAway();
        manifest("many").expect(200);
        manifest(sha256(mine)).expect(200);
        manifest(sha256(other)).expect(503);
    }

    @Test
    void what_is_deleted_there_is_not_served_unless_the_project_says_so() {
        byte[] manifest = Distribution.pushImage(owner, original, "v1");
        String keeping = mirror(",\"proxy_cache_local_on_not_found\":\"true\"");
        String kept = "/v2/" + keeping + "/" + original + "/manifests/v1";
        manifest("v1").expect(200);
        admin.get(kept).expect(200);

        owner.delete("/v2/" + original + "/manifests/" + sha256(manifest)).expect(202);
        server.advance(LATER);

        expectError(manifest("v1"), 404, "MANIFEST_UNKNOWN");
        assertThat(admin.get(kept).expect(200).body()).isEqualTo(manifest);
    }

    @Test
    void what_nobody_pulls_for_a_week_leaves() {
        String id = admin.get("/api/v2.0/projects/" + project)
                .expect(200)
                .json()
                .get("metadata")
                .get("retention_id")
                .asString();

        JsonNode rule = admin.get("/api/v2.0/retentions/" + id)
                .expect(200)
                .json()
                .get("rules")
                .get(0);

        assertThat(rule.get("template").asString()).isEqualTo("nDaysSinceLastPull");
        assertThat(rule.get("params").get("nDaysSinceLastPull").asInt()).isEqualTo(7);
    }

    @Test
    void what_is_nowhere_is_unknown() {
        expectError(manifest("v1"), 404, "MANIFEST_UNKNOWN");
        expectError(blob(sha256(noise(5))), 404, "BLOB_UNKNOWN");
        expectError(admin.get("/v2/" + project + "/no/such/manifests/v1"), 404, "MANIFEST_UNKNOWN");
    }

    @Test
    void those_who_pull_at_once_all_get_it() throws Exception {
        byte[] config = bytes("{\"architecture\":\"arm64\",\"os\":\"linux\"}");
        byte[] layer = noise(2_000_000);
        pushBlob(owner, original, config);
        pushBlob(owner, original, layer);
        pushManifest(owner, original, "v1", OCI_MANIFEST, image(OCI_CONFIG, config, List.of(layer), ""))
                .expect(201);
        List<Future<byte[]>> pulls = new ArrayList<>();
        try (ExecutorService callers = Executors.newFixedThreadPool(6)) {
            for (int i = 0; i < 6; i++) {
                pulls.add(callers.submit(() -> {
                    manifest("v1").expect(200);
                    return blob(sha256(layer)).expect(200).body();
                }));
            }
        }
        for (Future<byte[]> pull : pulls) {
            assertThat(pull.get()).isEqualTo(layer);
        }
    }

    @Test
    void those_who_may_not_see_the_project_fetch_nothing() {
        Distribution.pushImage(owner, original, "v1");
        Client user = new ClassicApi(server).newUser().client();

        user.get("/v2/" + copy + "/manifests/v1").expect(401);
        goAway();

        manifest("v1").expect(503);
    }
}

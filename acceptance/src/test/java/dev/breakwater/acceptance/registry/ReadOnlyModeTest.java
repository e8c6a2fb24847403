package dev.breakwater.acceptance.registry;

import static dev.breakwater.acceptance.registry.Distribution.OCI_MANIFEST;
import static dev.breakwater.acceptance.registry.Distribution.begin;
import static dev.breakwater.acceptance.registry.Distribution.expectError;
import static dev.breakwater.acceptance.registry.Distribution.noise;
import static dev.breakwater.acceptance.registry.Distribution.pushManifest;
import static dev.breakwater.acceptance.registry.Distribution.send;
import static dev.breakwater.acceptance.registry.Distribution.sha256;
import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import org.junit.jupiter.api.Test;

/** The mode in which nothing is changed, whoever asks. */
@WithServer
class ReadOnlyModeTest {

    private static final String REFUSAL = "The system is in read only mode. Any modification is prohibited.";

    private final Distribution registry;
    private final Client admin;
    private final String repository;

    ReadOnlyModeTest(TestServer server) {
        registry = new Distribution(server);
        admin = registry.admin();
        repository = registry.newRepository();
    }

    @Test
    @Proves(contract = "registry", lines = 169)
    void writes_are_refused_and_reads_go_on() {
        byte[] manifest = Distribution.pushImage(admin, repository, "v1");
        byte[] other = Distribution.pushParts(admin, repository, "");
        byte[] layer = noise(100);
        String digest = Distribution.pushBlob(admin, repository, layer);
        String location = begin(admin, repository);
        send(admin, "PATCH", location, noise(10)).expect(202);
        String target = registry.newRepository();
        String project = repository.substring(0, repository.indexOf('/'));
        readOnly(true);
        try {
            String v2 = "/v2/" + repository;
            refused(admin.send("POST", v2 + "/blobs/uploads/"));
            byte[] more = noise(5);
            refused(send(admin, "POST", v2 + "/blobs/uploads/?digest=" + sha256(more), more));
            refused(admin.send("POST", "/v2/" + target + "/blobs/uploads/?from=" + repository + "&mount=" + digest));
            refused(send(admin, "PATCH", location, noise(10)));
            refused(admin.send("PUT", location + "?digest=" + digest));
            refused(admin.delete(location));
            refused(pushManifest(admin, repository, "v2", OCI_MANIFEST, other));
            refused(pushManifest(admin, repository, "v1", OCI_MANIFEST, manifest));
            refused(admin.delete(v2 + "/manifests/v1"));
            refused(admin.delete(v2 + "/manifests/" + sha256(manifest)));
            refused(admin.delete(v2 + "/blobs/" + digest));

            String api = CurrentApi.API;
            refused(admin.post(api + "/projects", "{\"project_name\": \"readonly\"}"));
            refused(admin.put(api + "/projects/" + project, "{\"metadata\": {\"public\": \"true\"}}"));
            refused(admin.delete(api + "/projects/" + project + "/repositories/app"));
            refused(admin.delete(api + "/projects/" + project + "/repositories/app/artifacts/v1"));
            refused(admin.post(
                    api + "/projects/" + project + "/repositories/app/artifacts/v1/tags", "{\"name\": \"v3\"}"));
            refused(admin.post(api + "/users", CurrentApi.user("readonly", "Passw0rd1")));
            refused(admin.post(api + "/labels", "{\"name\": \"l\", \"scope\": \"g\"}"));

            assertThat(admin.get(location).expect(204).header("Range")).contains("0-9");
            assertThat(admin.get(v2 + "/manifests/v1").expect(200).body()).isEqualTo(manifest);
            assertThat(admin.get(v2 + "/blobs/" + digest).expect(200).body()).isEqualTo(layer);
            assertThat(admin.get(v2 + "/tags/list").expect(200).text())
                    .contains("\"v1\"")
                    .doesNotContain("v2");
            Client reader = registry.bearer(admin, "repository:" + repository + ":pull");
            reader.get(v2 + "/manifests/v1").expect(200);
            admin.get(api + "/projects/" + project + "/repositories").expect(200);
            admin.get(api + "/projects/" + project).expect(200);
        } finally {
            readOnly(false);
        }
        pushManifest(admin, repository, "v2", OCI_MANIFEST, other).expect(201);
        admin.delete("/v2/" + repository + "/manifests/v1").expect(202);
    }

    private void readOnly(boolean on) {
        admin.put(CurrentApi.API + "/configurations", "{\"read_only\": " + on + "}")
                .expect(200);
    }

    private static void refused(Reply reply) {
        expectError(reply, 403, "DENIED");
        assertThat(reply.json()
                        .get("errors")
                        .valueStream()
                        .map(error -> error.get("message").asString())
                        .toList())
                .containsExactly(REFUSAL);
    }
}

package dev.breakwater.acceptance.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What was deleted can be brought back for a while. */
@WithServer
class UndoTest {

    private final TestServer server;
    private final Distribution registry;
    private final Client admin;

    UndoTest(TestServer server) {
        this.server = server;
        registry = new Distribution(server);
        admin = registry.admin();
    }

    private static String deletions(String repository) {
        return "/api/v2.0/projects/" + repository.substring(0, repository.indexOf('/')) + "/deletions";
    }

    private JsonNode latest(String repository) {
        return admin.get(deletions(repository)).expect(200).json().get(0);
    }

    private String undo(String repository) {
        return deletions(repository) + "/" + latest(repository).get("id").asLong() + "/undo";
    }

    @Test
    void a_tag_comes_back_unless_its_name_is_taken() {
        String repository = registry.newRepository();
        byte[] image = Distribution.pushImage(admin, repository, "v1");
        admin.delete("/v2/" + repository + "/manifests/v1").expect(202);

        JsonNode deletion = latest(repository);
        assertThat(deletion.get("kind").asString()).isEqualTo("tag");
        assertThat(deletion.get("repository").asString()).isEqualTo(repository);
        assertThat(deletion.get("deleted_by").asString()).isEqualTo("admin");
        assertThat(deletion.at("/tags/0/digest").asString()).isEqualTo(Distribution.sha256(image));
        admin.send("POST", undo(repository)).expect(200);
        assertThat(admin.get("/v2/" + repository + "/manifests/v1").expect(200).body())
                .isEqualTo(image);

        admin.delete("/v2/" + repository + "/manifests/v1").expect(202);
        String undo = undo(repository);
        Distribution.pushImage(admin, repository, "v1");
        assertThat(CurrentApi.error(admin.send("POST", undo), 409, "CONFLICT")).contains("v1");
    }

    @Test
    void an_artifact_comes_back_with_its_tags_until_the_window_ends() {
        String repository = registry.newRepository();
        byte[] image = Distribution.pushImage(admin, repository, "v1");
        String manifest = "/v2/" + repository + "/manifests/" + Distribution.sha256(image);
        admin.delete(manifest).expect(202);
        admin.get(manifest).expect(404);
        registry.anonymous().send("POST", undo(repository)).expect(401);
        admin.send("POST", undo(repository)).expect(200);
        admin.get("/v2/" + repository + "/manifests/v1").expect(200);
        assertThat(admin.get(deletions(repository)).expect(200).text()).isEqualTo("[]");

        admin.delete(manifest).expect(202);
        String undo = undo(repository);
        server.advance(Duration.ofHours(25));
        CurrentApi.error(admin.send("POST", undo), 404, "NOT_FOUND");
        assertThat(admin.get(deletions(repository)).expect(200).text()).isEqualTo("[]");
    }

    @Test
    void a_repository_comes_back_with_all_it_had() {
        String repository = registry.newRepository();
        Distribution.pushImage(admin, repository, "v1");
        Distribution.pushImage(admin, repository, "v2");
        admin.delete("/api/v2.0/projects/" + repository.replace("/", "/repositories/"))
                .expect(200);
        admin.get("/v2/" + repository + "/manifests/v1").expect(404);

        assertThat(latest(repository).get("kind").asString()).isEqualTo("repository");
        admin.send("POST", undo(repository)).expect(200);
        admin.get("/v2/" + repository + "/manifests/v1").expect(200);
        admin.get("/v2/" + repository + "/manifests/v2").expect(200);
    }
}

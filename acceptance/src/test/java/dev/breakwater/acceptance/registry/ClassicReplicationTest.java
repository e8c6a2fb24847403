package dev.breakwater.acceptance.registry;

import static dev.breakwater.acceptance.registry.ClassicApi.fresh;
import static dev.breakwater.acceptance.registry.ClassicApi.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.Await;
import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** registry.md, checklist G: what is pushed to one server appears on another. */
@WithServer(settings = "registry.outbound.allowed-networks=127.0.0.0/8")
class ClassicReplicationTest {

    private static TestServer other;

    private final TestServer server;
    private final ClassicApi api;
    private final Client admin;
    private final String project = fresh("copied");
    private final String repository = project + "/app";
    private final long id;

    ClassicReplicationTest(TestServer server) {
        this.server = server;
        api = new ClassicApi(server);
        admin = api.admin();
        id = api.newProject(admin, project, true);
    }

    @BeforeAll
    static void another_server() {
        other = TestServer.start(Map.of());
    }

    @AfterAll
    static void no_other_server() {
        other.close();
    }

    private static Client there() {
        return new ClassicApi(other).admin();
    }

    private long target(String password) {
        String name = fresh("there");
        // Each test has a target of its own, and an address belongs to one target only.
        String endpoint = other.url().toString().replaceAll("/$", "") + "/";
        Reply existing = admin.get("/api/targets").expect(200);
        for (JsonNode each : existing.json()) {
            if (endpoint.startsWith(each.get("endpoint").asString())) {
                admin.put("/api/targets/" + each.get("id").asLong(), "{\"password\": \"%s\"}".formatted(password));
                return each.get("id").asLong();
            }
        }
        return id(admin.post("/api/targets", """
                        {"endpoint": "%s", "name": "%s", "username": "admin", "password": "%s"}""".formatted(endpoint, name, password))
                .expect(201));
    }

    private long policy(long target, int enabled) {
        return id(admin.post("/api/policies/replication", """
                        {"name": "copy", "project_id": %d, "target_id": %d, "enabled": %d}""".formatted(id, target, enabled))
                .expect(201));
    }

    private void disable(long policy) {
        admin.put("/api/policies/replication/" + policy + "/enablement", "{\"enabled\": 0}")
                .expect(200);
    }

    private static boolean isThere(String repository, String reference) {
        return there().send("HEAD", "/v2/" + repository + "/manifests/" + reference)
                        .status()
                == 200;
    }

    private JsonNode jobs(long policy) {
        return admin.get("/api/jobs/replication?policy_id=" + policy)
                .expect(200)
                .json();
    }

    private void awaitEnd(long policy, int jobs) {
        Await.until("the jobs are finished: " + jobs(policy), () -> {
            JsonNode all = jobs(policy);
            return all.size() == jobs
                    && all.valueStream()
                            .allMatch(job -> job.get("status").asString().equals("finished"));
        });
    }

    @Test
    @Proves(contract = "registry", lines = 97)
    void what_is_pushed_and_deleted_here_is_pushed_and_deleted_there() {
        long policy = policy(target("Harbor12345"), 1);

        byte[] manifest = Distribution.pushImage(admin, repository, "v1");
        // The clock of the server stands still: nothing but the push itself makes it happen.
        Await.until("the tag is there", () -> isThere(repository, "v1"));
        Reply copy = there().get("/v2/" + repository + "/manifests/v1").expect(200);
        assertThat(copy.body()).isEqualTo(manifest);
        JsonNode made =
                there().get("/api/projects?name=" + project).expect(200).json().get(0);
        assertThat(made.get("name").asString()).isEqualTo(project);
        assertThat(made.get("public").asInt()).isEqualTo(1);
        awaitEnd(policy, 1);

        admin.delete("/api/repositories/" + repository + "/tags/v1").expect(200);
        Await.until("the tag is gone there", () -> !isThere(repository, "v1"));
        awaitEnd(policy, 2);
        JsonNode last = jobs(policy).get(0);
        assertThat(last.get("operation").asString()).isEqualTo("delete");
        assertThat(last.get("repository").asString()).isEqualTo(repository);
        assertThat(last.get("tags").get(0).asString()).isEqualTo("v1");
        Reply log = admin.get("/api/jobs/replication/" + last.get("id").asLong() + "/log")
                .expect(200);
        assertThat(log.header("Content-Type")).contains("text/plain; charset=utf-8");
        assertThat(log.text()).contains("removed v1").doesNotContain("Harbor12345");
        disable(policy);
        admin.delete("/api/jobs/replication/" + last.get("id").asLong()).expect(200);
        assertThat(jobs(policy)).hasSize(1);
    }

    @Test
    void enabling_copies_what_is_there_with_the_images_of_an_index_and_what_refers_to_them() {
        byte[] one = Distribution.pushParts(admin, repository, "");
        byte[] two = Distribution.pushParts(admin, repository, "");
        for (byte[] each : List.of(one, two)) {
            Distribution.pushManifest(admin, repository, Distribution.sha256(each), Distribution.OCI_MANIFEST, each)
                    .expect(201);
        }
        byte[] index = Distribution.index(List.of(one, two), "");
        Distribution.pushManifest(admin, repository, "multi", Distribution.OCI_INDEX, index)
                .expect(201);
        byte[] signature = Distribution.pushParts(
                admin, repository, """
                ,"artifactType":"application/vnd.cncf.notary.signature","subject":%s""".formatted(Distribution.descriptor(Distribution.OCI_INDEX, index)));
        Distribution.pushManifest(
                        admin, repository, Distribution.sha256(signature), Distribution.OCI_MANIFEST, signature)
                .expect(201);

        long policy = policy(target("Harbor12345"), 1);
        awaitEnd(policy, 1);

        assertThat(there().get("/v2/" + repository + "/manifests/multi")
                        .expect(200)
                        .body())
                .isEqualTo(index);
        assertThat(isThere(repository, Distribution.sha256(one))).isTrue();
        assertThat(isThere(repository, Distribution.sha256(signature))).isTrue();
        assertThat(there().get("/v2/" + repository + "/referrers/" + Distribution.sha256(index))
                        .expect(200)
                        .json()
                        .get("manifests"))
                .hasSize(1);
        disable(policy);
    }

    @Test
    void what_fails_is_tried_again_later_and_survives_a_restart() {
        long policy = policy(target("Harbor12345"), 1);
        other.stop();
        try {
            Distribution.pushImage(admin, repository, "late");
            Await.until(
                    "the job waits for another attempt",
                    () -> jobs(policy).get(0).get("status").asString().equals("retrying"));
            assertThat(admin.get("/api/policies/replication/" + policy)
                            .json()
                            .get("error_job_count")
                            .asInt())
                    .isEqualTo(1);
        } finally {
            other.resume();
        }
        // The other server has a new port by now, which the policy is told while it is disabled: its jobs stop.
        disable(policy);
        assertThat(jobs(policy).get(0).get("status").asString()).isEqualTo("stopped");
        long moved = target("Harbor12345");
        admin.put("/api/policies/replication/" + policy, "{\"target_id\": %d}".formatted(moved))
                .expect(200);

        admin.put("/api/policies/replication/" + policy + "/enablement", "{\"enabled\": 1}")
                .expect(200);
        Await.until("the tag is there after all", () -> isThere(repository, "late"));
        disable(policy);
    }

    @Test
    void a_wrong_password_is_an_error_that_names_no_secret() {
        long policy = policy(target("not-the-password"), 1);
        Distribution.pushImage(admin, repository, "v1");

        JsonNode job = Await.value(
                "the job has failed",
                () -> jobs(policy)
                        .valueStream()
                        .filter(each -> each.get("status").asString().equals("error"))
                        .findFirst());
        String log = admin.get("/api/jobs/replication/" + job.get("id").asLong() + "/log")
                .expect(200)
                .text();
        assertThat(log).contains("ERROR").doesNotContain("not-the-password");
        disable(policy);
    }

    @Test
    void a_schedule_runs_by_itself() {
        byte[] manifest = Distribution.pushImage(admin, repository, "v1");
        long target = target("Harbor12345");
        long policy = policy(target, 0);
        admin.put("/api/policies/replication/" + policy, "{\"cron_str\": \"0 30 * * * *\", \"enabled\": 1}")
                .expect(200);
        awaitEnd(policy, 1);

        server.advance(Duration.ofHours(1));
        Await.until("it ran once more", () -> jobs(policy).size() >= 2);
        disable(policy);
        assertThat(there().get("/v2/" + repository + "/manifests/v1")
                        .expect(200)
                        .body())
                .isEqualTo(manifest);
    }
}

package dev.breakwater.acceptance.registry;

import static dev.breakwater.acceptance.registry.ClassicApi.expectLine;
import static dev.breakwater.acceptance.registry.ClassicApi.expectPlain;
import static dev.breakwater.acceptance.registry.ClassicApi.fresh;
import static dev.breakwater.acceptance.registry.ClassicApi.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import org.junit.jupiter.api.Test;

/** registry.md, checklist G: targets, policies and jobs of replication, as far as one server tells. */
@WithServer(settings = "registry.outbound.allowed-networks=127.0.0.0/8")
class ClassicReplicationApiTest {

    private final TestServer server;
    private final ClassicApi api;
    private final Client admin;

    ClassicReplicationApiTest(TestServer server) {
        this.server = server;
        api = new ClassicApi(server);
        admin = api.admin();
    }

    private long newTarget(String name) {
        return id(admin.post("/api/targets", """
                        {"endpoint": "%s.example.org/", "name": "%s", "username": "u", "password": "s3cret-of-target"}""".formatted(name, name)).expect(201));
    }

    private Reply newPolicy(long project, long target, int enabled) {
        return admin.post("/api/policies/replication", """
                {"name": "copy", "project_id": %d, "target_id": %d, "enabled": %d, "description": "d", "cron_str": ""}""".formatted(project, target, enabled));
    }

    @Test
    @Proves(contract = "registry", lines = 95)
    void jobs_are_listed_for_a_policy_that_exists() {
        expectPlain(admin.get("/api/jobs/replication"), 400, "invalid policy_id");
        expectPlain(admin.get("/api/jobs/replication?policy_id=x"), 400, "invalid policy_id");
        expectPlain(admin.get("/api/jobs/replication?policy_id=987654"), 404, "policy 987654 not found");
        long policy = id(
                newPolicy(api.newProject(false), newTarget(fresh("target")), 0).expect(201));
        String jobs = "/api/jobs/replication?policy_id=" + policy;

        Reply none = admin.get(jobs).expect(200);
        assertThat(none.text()).isEqualTo("[]");
        assertThat(none.header("X-Total-Count")).contains("0");
        expectPlain(admin.get(jobs + "&start_time=x"), 400, "invalid start_time");
        expectPlain(admin.get(jobs + "&end_time=x"), 400, "invalid end_time");
        expectPlain(admin.delete("/api/jobs/replication/987654"), 404, "job 987654 not found");
        expectPlain(admin.get("/api/jobs/replication/987654/log"), 404, "job 987654 not found");
    }

    @Test
    @Proves(contract = "registry", lines = 96)
    void a_project_is_copied_to_a_target_by_one_policy() {
        long project = api.newProject(false);
        long target = newTarget(fresh("target"));
        Reply created = newPolicy(project, target, 0).expect(201);
        assertThat(created.header("Location").orElseThrow()).matches("/api/policies/replication/[0-9]+");

        expectPlain(newPolicy(project, target, 0), 409, "policy already exists with the same project and target");
        expectPlain(admin.delete("/api/targets/" + target), 412, "the target is used by policies, can not be deleted");
        expectPlain(
                admin.delete("/api/projects/" + project),
                412,
                "the project contains replication rules, can not be deleled");
        assertThat(admin.get("/api/projects/" + project + "/_deletable").string("message"))
                .isEqualTo("the project contains replication rules, can not be deleled");

        admin.delete("/api/policies/replication/" + id(created)).expect(200);
        admin.delete("/api/targets/" + target).expect(200);
        expectPlain(admin.get("/api/targets/" + target), 404, "Not Found");
        admin.delete("/api/projects/" + project).expect(200);
    }

    @Test
    void a_policy_is_shown_changed_enabled_and_disabled() {
        long project = api.newProject(false);
        String targetName = fresh("target");
        long target = newTarget(targetName);
        String path =
                newPolicy(project, target, 0).expect(201).header("Location").orElseThrow();

        Reply read = admin.get(path).expect(200);
        assertThat(read.json().propertyNames())
                .containsExactly(
                        "id",
                        "project_id",
                        "project_name",
                        "target_id",
                        "target_name",
                        "name",
                        "enabled",
                        "description",
                        "cron_str",
                        "start_time",
                        "creation_time",
                        "update_time",
                        "error_job_count",
                        "deleted");
        assertThat(read.string("target_name")).isEqualTo(targetName);
        assertThat(read.string("start_time")).isEqualTo("0001-01-01T00:00:00Z");

        expectLine(admin.put(path + "/enablement", "{\"enabled\": 2}"), 400, "invalid enabled value");
        admin.put(path + "/enablement", "{\"enabled\": 1}").expect(200);
        assertThat(admin.get(path).string("start_time"))
                .isEqualTo(server.time().instant().toString());
        expectPlain(
                admin.put(path, "{\"target_id\": %d}".formatted(newTarget(fresh("target")))),
                400,
                "target of policy can not be modified when the policy is enabled");
        expectPlain(
                admin.put("/api/targets/" + target, "{\"name\": \"other\"}"),
                400,
                "the target is associated with policy which is enabled");
        expectPlain(admin.delete(path), 412, "plicy is enabled, can not be deleted");
        admin.put(path, "{\"name\": \"renamed\", \"cron_str\": \"0 0 3 * * *\"}")
                .expect(200);
        assertThat(admin.get("/api/policies/replication?name=rename&project_id=" + project)
                        .expect(200)
                        .json())
                .hasSize(1);
        admin.put(path + "/enablement", "{\"enabled\": 0}").expect(200);
        admin.delete(path).expect(200);
        expectPlain(admin.get(path), 404, "Not Found");
        expectPlain(admin.delete(path), 404, "");
    }

    @Test
    void what_is_wrong_with_a_policy_is_told_line_by_line() {
        expectPlain(
                admin.post("/api/policies/replication", "{\"enabled\": 7}"),
                400,
                "name can not be empty \nproject_id invalid \ntarget_id invalid \nenabled must be 0 or 1 \n");
        expectPlain(
                admin.post("/api/policies/replication", """
                        {"name": "%s", "project_id": 1, "target_id": 1, "cron_str": "%s"}""".formatted("n".repeat(257), "c".repeat(257))),
                400,
                "name max length is 256 \ncron_str max length is 256 \n");
        expectPlain(newPolicy(987_654, 1, 0), 400, "project 987654 does not exist");
        expectPlain(newPolicy(1, 987_654, 0), 400, "target 987654 does not exist");
        expectPlain(admin.get("/api/policies/replication?project_id=x"), 400, "invalid project ID");
        expectPlain(admin.get("/api/policies/replication/0"), 400, "invalid ID in URL");
    }

    @Test
    @Proves(contract = "registry", lines = 98)
    void the_password_of_a_target_is_never_returned() {
        String name = fresh("target");
        long target = newTarget(name);

        for (String path : new String[] {"/api/targets", "/api/targets/" + target, "/api/targets?name=" + name}) {
            assertThat(admin.get(path).expect(200).text())
                    .contains("\"password\": \"\"")
                    .doesNotContain("s3cret-of-target");
        }
        Reply read = admin.get("/api/targets/" + target);
        assertThat(read.json().propertyNames())
                .containsExactly(
                        "id", "endpoint", "name", "username", "password", "type", "creation_time", "update_time");
        assertThat(read.string("endpoint")).isEqualTo("http://" + name + ".example.org");
    }

    @Test
    void what_is_wrong_with_a_target_is_told() {
        String name = fresh("target");
        newTarget(name);
        expectPlain(admin.post("/api/targets", "{}"), 400, "name can not be empty \nendpoint can not be empty \n");
        expectPlain(
                admin.post("/api/targets", """
                        {"name": "%s", "endpoint": "%s", "password": "%s"}""".formatted("n".repeat(65), "e".repeat(65), "p".repeat(49))),
                400,
                "name max length is 64 \nendpoint max length is 64 \npassword max length is 48 \n");
        expectPlain(
                admin.post(
                        "/api/targets",
                        "{\"name\": \"%s\", \"endpoint\": \"https://new.example.org\"}".formatted(name)),
                409,
                "name is already used");
        expectPlain(
                admin.post(
                        "/api/targets", "{\"name\": \"x\", \"endpoint\": \"http://%s.example.org//\"}".formatted(name)),
                409,
                "the target whose endpoint is http://%s.example.org already exists".formatted(name));
        expectPlain(admin.get("/api/targets/987654"), 404, "Not Found");
    }

    @Test
    void a_ping_tells_what_the_other_side_said() {
        expectPlain(admin.post("/api/targets/ping", "{}"), 400, "endpoint is required");
        expectPlain(admin.post("/api/targets/ping", "{\"id\": 987654}"), 404, "target 987654 not found");
        expectPlain(admin.send("POST", "/api/targets/987654/ping"), 404, "target 987654 not found");
        assertThat(admin.post("/api/targets/ping", "{\"endpoint\": \"http://127.0.0.1:1\"}")
                        .expect(400)
                        .text())
                .isNotEmpty();
        assertThat(admin.post("/api/targets/ping", "{\"endpoint\": \"http://10.1.2.3\"}")
                        .expect(400)
                        .text())
                .contains("must not be reached");
    }

    @Test
    void only_administrators_see_any_of_it() {
        ClassicApi.User user = api.newUser();
        for (String path : new String[] {
            "/api/targets",
            "/api/targets/1",
            "/api/policies/replication",
            "/api/policies/replication/1",
            "/api/jobs/replication?policy_id=1",
            "/api/jobs/replication/1/log"
        }) {
            expectLine(api.anonymous().get(path), 401, "");
            expectLine(user.client().get(path), 403, "");
        }
    }
}

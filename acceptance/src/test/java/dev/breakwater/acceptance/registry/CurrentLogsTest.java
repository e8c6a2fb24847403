package dev.breakwater.acceptance.registry;

import static dev.breakwater.acceptance.registry.CurrentApi.API;
import static dev.breakwater.acceptance.registry.CurrentApi.each;
import static dev.breakwater.acceptance.registry.CurrentApi.error;
import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.Await;
import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The log of what happened, its purge, the configuration and the read-only mode in {@code /api/v2.0}. */
@WithServer
class CurrentLogsTest {

    private final TestServer server;
    private final CurrentApi api;
    private final Client admin;

    CurrentLogsTest(TestServer server) {
        this.server = server;
        api = new CurrentApi(server);
        admin = api.admin();
    }

    private List<String> events(String query) {
        Reply log = admin.get(API + "/auditlog-exts?page_size=100&q=" + query).expect(200);
        return log.json()
                .valueStream()
                .map(entry -> entry.get("operation").asString() + "_"
                        + entry.get("resource_type").asString())
                .toList();
    }

    @Test
    @Proves(contract = "registry", lines = 205)
    void what_is_done_is_logged_and_purged_by_age_and_kind() {
        CurrentApi.Project project = api.newProject(false);
        Distribution.pushImage(admin, project.name() + "/app", "v1");
        CurrentApi.Project gone = api.newProject(false);
        admin.delete(gone.path()).expect(200);
        CurrentApi.User user = api.newUser();
        admin.put(API + "/configurations", "{\"banner_message\": \"\"}").expect(200);
        api.anonymous()
                .with("Content-Type", "application/x-www-form-urlencoded")
                .post("/c/login", "principal=" + user.name() + "&password=Passw0rd1")
                .expect(200);
        api.anonymous()
                .with("Content-Type", "application/x-www-form-urlencoded")
                .post("/c/login", "principal=" + user.name() + "&password=wrong")
                .expect(401);

        assertThat(events("resource%3D" + gone.name())).containsExactly("delete_project", "create_project");
        assertThat(events("resource%3D" + project.name() + "/app:v1")).containsExactly("create_artifact");
        assertThat(events("resource%3D" + user.name())).containsExactly("login_user", "login_user", "create_user");
        assertThat(events("resource%3D" + user.name() + ",operation_result%3Dfalse"))
                .containsExactly("login_user");
        assertThat(events("operation%3Dupdate,resource_type%3Dconfiguration")).isNotEmpty();

        server.advance(Duration.ofHours(2));
        JsonNode dry = purge("{\"audit_retention_hour\": 1, \"include_event_types\": \"delete_project,login_user\","
                + " \"dry_run\": true}");
        assertThat(dry.get("job_status").asString()).isEqualTo("Success");
        assertThat(events("resource%3D" + gone.name())).hasSize(2);
        purge("{\"audit_retention_hour\": 3, \"include_event_types\": \"delete_project,login_user\"}");
        assertThat(events("resource%3D" + gone.name())).hasSize(2);
        JsonNode done = purge("{\"audit_retention_hour\": 1, \"include_event_types\": \"delete_project,login_user\"}");

        assertThat(events("resource%3D" + gone.name())).containsExactly("create_project");
        assertThat(events("resource%3D" + user.name())).containsExactly("create_user");
        assertThat(done.get("job_name").asString()).isEqualTo("PURGE_AUDIT_LOG");
        assertThat(done.get("job_kind").asString()).isEqualTo("MANUAL");
        String log = API + "/system/purgeaudit/" + done.get("id").asLong() + "/log";
        assertThat(admin.get(log).expect(200).text()).contains("Success: 3 entries purged");
        assertThat(each(admin.get(API + "/system/purgeaudit"), "job_status")).hasSize(3);
    }

    private JsonNode purge(String parameters) {
        Reply started = admin.post(
                        API + "/system/purgeaudit/schedule",
                        "{\"schedule\": {\"type\": \"Manual\"}, \"parameters\": " + parameters + "}")
                .expect(201);
        String run = started.header("Location").orElseThrow();
        return Await.value(
                "the end of the purge",
                () -> Optional.of(admin.get(run).expect(200).json())
                        .filter(purge -> !List.of("Pending", "Running")
                                .contains(purge.get("job_status").asString())));
    }

    @Test
    void purges_are_scheduled() {
        String schedule = API + "/system/purgeaudit/schedule";
        String daily = "{\"schedule\": {\"type\": \"%s\", \"cron\": \"%s\"}, \"parameters\":"
                + " {\"audit_retention_hour\": 24, \"include_event_types\": \"pull_artifact\"}}";
        assertThat(admin.get(schedule).expect(200).text()).isEqualTo("{}");

        admin.post(schedule, daily.formatted("Daily", "0 0 0 * * *")).expect(201);
        JsonNode set = admin.get(schedule).expect(200).json();
        assertThat(set.at("/schedule/type").asString()).isEqualTo("Daily");
        assertThat(set.at("/schedule/cron").asString()).isEqualTo("0 0 0 * * *");
        assertThat(set.get("job_parameters").asString())
                .isEqualTo("{\"audit_retention_hour\":24,\"dry_run\":false,\"include_event_types\":\"pull_artifact\"}");
        error(admin.post(schedule, daily.formatted("Daily", "0 0 0 * * *")), 412, "PRECONDITION");
        admin.put(schedule, daily.formatted("Custom", "0 30 1 * * *")).expect(200);
        assertThat(admin.get(schedule).json().at("/schedule/cron").asString()).isEqualTo("0 30 1 * * *");
        error(admin.put(schedule, daily.formatted("Custom", "x")), 400, "BAD_REQUEST");
        admin.put(schedule, "{\"schedule\": {\"type\": \"None\"}}").expect(200);
        assertThat(admin.get(schedule).expect(200).text()).isEqualTo("{}");

        assertThat(error(admin.post(schedule, "{\"schedule\": {\"type\": \"Manual\"}}"), 400, "BAD_REQUEST"))
                .isEqualTo("audit_retention_hour should provide");
        assertThat(error(
                        admin.post(
                                schedule,
                                "{\"schedule\": {\"type\": \"Manual\"}, \"parameters\": {\"audit_retention_hour\": 1}}"),
                        400,
                        "BAD_REQUEST"))
                .isEqualTo("include_event_types should provide");
        error(admin.get(API + "/system/purgeaudit/424242"), 404, "NOT_FOUND");
        error(api.newUser().client().get(schedule), 403, "FORBIDDEN");
    }

    @Test
    void the_log_of_a_project_is_for_its_administrators() {
        CurrentApi.User owner = api.newUser();
        CurrentApi.User guest = api.newUser();
        CurrentApi.Project project = api.newProject(owner.client(), false);
        api.join(project, guest, 3);

        assertThat(each(owner.client().get(project.path() + "/logs?q=resource_type%3Dproject"), "operation"))
                .containsExactly("create");
        assertThat(owner.client()
                        .get(project.path() + "/auditlog-exts")
                        .expect(200)
                        .json()
                        .at("/0/operation_result")
                        .asBoolean())
                .isTrue();
        error(guest.client().get(project.path() + "/logs"), 403, "FORBIDDEN");
        error(api.anonymous().get(API + "/audit-logs"), 401, "UNAUTHORIZED");
        assertThat(each(guest.client().get(API + "/audit-logs"), "resource")).isEmpty();
        assertThat(each(owner.client().get(API + "/audit-logs"), "resource")).contains(project.name());
        assertThat(each(admin.get(API + "/auditlog-exts/events"), "event_type"))
                .contains("create_artifact", "pull_artifact", "login_user");
    }

    @Test
    void kinds_of_entries_can_be_left_out() {
        admin.put(API + "/configurations", "{\"disabled_audit_log_event_types\": \"create_label, create_artifact\"}")
                .expect(200);
        try {
            String name = CurrentApi.fresh("label");
            admin.post(API + "/labels", "{\"name\": \"%s\", \"scope\": \"g\"}".formatted(name))
                    .expect(201);
            CurrentApi.Project project = api.newProject(false);
            Distribution.pushImage(admin, project.name() + "/app", "v1");

            assertThat(events("resource%3D" + name)).isEmpty();
            assertThat(events("resource%3D" + project.name() + "/app:v1")).isEmpty();
            assertThat(events("resource%3D" + project.name())).containsExactly("create_project");
        } finally {
            admin.put(API + "/configurations", "{\"disabled_audit_log_event_types\": \"\"}")
                    .expect(200);
        }
    }

    @Test
    @Proves(
            contract = "registry",
            lines = {169, 206})
    void while_it_is_read_only_nothing_changes_and_all_is_read() {
        CurrentApi.Project project = api.newProject(false);
        String repository = project.name() + "/app";
        Distribution.pushImage(admin, repository, "v1");
        String text = "The system is in read only mode. Any modification is prohibited.";
        admin.put(API + "/configurations", "{\"read_only\": true, \"nothing_known\": 1}")
                .expect(200);
        try {
            assertThat(error(admin.post(API + "/labels", "{\"name\": \"x\", \"scope\": \"g\"}"), 403, "DENIED"))
                    .isEqualTo(text);
            assertThat(error(admin.delete(project.path() + "/repositories/app"), 403, "DENIED"))
                    .isEqualTo(text);
            assertThat(error(admin.put(project.path(), "{}"), 403, "DENIED")).isEqualTo(text);
            Reply upload = admin.send("POST", "/v2/" + repository + "/blobs/uploads/");
            Distribution.expectError(upload, 403, "DENIED");
            assertThat(upload.json().at("/errors/0/message").asString()).isEqualTo(text);
            Distribution.expectError(admin.delete("/v2/" + repository + "/manifests/v1"), 403, "DENIED");
            admin.get("/v2/" + repository + "/manifests/v1").expect(200);
            admin.get(project.path()).expect(200);
            assertThat(admin.get(API + "/configurations")
                            .expect(200)
                            .json()
                            .at("/read_only/value")
                            .asBoolean())
                    .isTrue();
        } finally {
            admin.put(API + "/configurations", "{\"read_only\": false}").expect(200);
        }
        admin.delete(project.path() + "/repositories/app").expect(200);
    }

    @Test
    void wrong_configurations_are_refused() {
        assertThat(error(admin.put(API + "/configurations", "{\"token_expiration\": 0}"), 400, "BAD_REQUEST"))
                .isEqualTo("the token_expiration value must be positive");
        error(admin.put(API + "/configurations", "{\"read_only\": \"yes\"}"), 400, "BAD_REQUEST");
        error(admin.put(API + "/configurations", "{\"auth_mode\": \"ldap_auth\"}"), 400, "BAD_REQUEST");
        error(api.newUser().client().get(API + "/configurations"), 403, "FORBIDDEN");
        error(api.anonymous().put(API + "/configurations", "{}"), 401, "UNAUTHORIZED");
        assertThat(admin.get(API + "/systeminfo/volumes")
                        .expect(200)
                        .json()
                        .at("/storage/0/total")
                        .asLong())
                .isPositive();
        error(admin.get(API + "/systeminfo/getcert"), 404, "NOT_FOUND");
        error(api.newUser().client().get(API + "/systeminfo/volumes"), 403, "FORBIDDEN");
    }
}

package dev.breakwater.acceptance.registry;

import static dev.breakwater.acceptance.registry.ClassicApi.fresh;
import static dev.breakwater.acceptance.registry.Distribution.OCI_MANIFEST;
import static dev.breakwater.acceptance.registry.Distribution.expectError;
import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** registry.md 3.3 and 3.6, robot accounts. */
@WithServer
class RobotsTest {

    private static final String ROBOTS = "/api/v2.0/robots";

    private final TestServer server;
    private final ClassicApi api;
    private final Distribution registry;
    private final Client admin;
    private final String project = fresh("robots");
    private final long projectId;

    RobotsTest(TestServer server) {
        this.server = server;
        registry = new Distribution(server);
        api = registry.api();
        admin = api.admin();
        projectId = api.newProject(admin, project, false);
    }

    private record Robot(long id, String name, String secret, Client client) {}

    private static String body(String name, String level, int duration, String... permissions) {
        return """
                {"name":"%s","level":"%s","duration":%d,"description":"builds","disable":false,"permissions":[%s]}""".formatted(name, level, duration, String.join(",", permissions));
    }

    private static String in(String project, String... access) {
        StringBuilder list = new StringBuilder();
        for (String each : access) {
            String[] parts = each.split(":", 2);
            list.append(list.isEmpty() ? "" : ",").append("""
                    {"resource":"%s","action":"%s"}""".formatted(parts[0], parts[1]));
        }
        return """
                {"kind":"project","namespace":"%s","access":[%s]}""".formatted(project, list);
    }

    private static String inSystem(String access) {
        return in("/", access).replace("\"project\"", "\"system\"");
    }

    private Robot create(Client caller, String body) {
        Reply reply = caller.post(ROBOTS, body).expect(201);
        String name = reply.string("name");
        String secret = reply.string("secret");
        return new Robot(reply.json().get("id").asLong(), name, secret, api.basic(name, secret));
    }

    private Robot puller() {
        return create(admin, body(fresh("ci"), "project", 30, in(project, "repository:pull")));
    }

    private static String message(Reply reply, int status) {
        JsonNode errors = reply.expect(status).json().get("errors");
        assertThat(errors.size()).isEqualTo(1);
        return errors.get(0).get("message").asString();
    }

    /** What a caller gets for a scope. */
    private List<String> granted(Client caller, String scope) {
        String payload = Distribution.token(caller, scope).split("\\.", -1)[1];
        JsonNode access = new JsonMapper()
                .readTree(new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8))
                .get("access");
        return access.get(0)
                .get("actions")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }

    @Test
    @Proves(contract = "registry", lines = 185)
    void the_secret_is_told_once_and_opens_until_the_robot_ends() {
        Reply created = admin.post(ROBOTS, body("ci", "project", 30, in(project, "repository:pull", "repository:push")))
                .expect(201);
        long id = created.json().get("id").asLong();
        String name = created.string("name");
        String secret = created.string("secret");
        assertThat(name).isEqualTo("robot$" + project + "+ci");
        assertThat(created.header("Location")).contains(ROBOTS + "/" + id);
        assertThat(created.json().get("expires_at").asLong())
                .isEqualTo(server.time().instant().plus(Duration.ofDays(30)).getEpochSecond());

        JsonNode read = admin.get(ROBOTS + "/" + id).expect(200).json();
        assertThat(read.get("name").asString()).isEqualTo(name);
        assertThat(read.has("secret")).isFalse();
        assertThat(read.get("permissions")).isEqualTo(new JsonMapper().readTree("""
                        [{"access":[{"action":"pull","resource":"repository"},{"action":"push","resource":"repository"}],
                          "kind":"project","namespace":"%s"}]""".formatted(project)));
        assertThat(admin.get(ROBOTS + "?q=Level%3Dproject%2CProjectID%3D" + projectId)
                        .expect(200)
                        .text())
                .contains(name)
                .doesNotContain(secret);

        Client robot = api.basic(name, secret);
        robot.get("/v2/").expect(200);
        Distribution.pushImage(robot, project + "/app", "v1");
        robot.get("/api/v2.0/projects/" + project).expect(403);

        String renewed = admin.patch(ROBOTS + "/" + id, "{}").expect(200).string("secret");
        assertThat(renewed).isNotEqualTo(secret);
        robot.get("/v2/").expect(401);
        Client again = api.basic(name, renewed);
        again.get("/v2/").expect(200);
        assertThat(admin.patch(ROBOTS + "/" + id, "{\"secret\":\"Chosen0ne\"}")
                        .expect(200)
                        .string("secret"))
                .isEqualTo("Chosen0ne");
        again.get("/v2/").expect(401);
        Client chosen = api.basic(name, "Chosen0ne");
        chosen.get("/v2/").expect(200);

        String disabled =
                body(name, "project", 30, in(project, "repository:pull")).replace(":false", ":true");
        admin.put(ROBOTS + "/" + id, disabled).expect(200);
        chosen.get("/v2/").expect(401);
        admin.put(ROBOTS + "/" + id, disabled.replace(":true", ":false")).expect(200);
        chosen.get("/v2/").expect(200);

        server.advance(Duration.ofDays(30));
        chosen.get("/v2/").expect(401);
        admin.delete(ROBOTS + "/" + id).expect(200);
        admin.get(ROBOTS + "/" + id).expect(404);
    }

    @Test
    @Proves(contract = "registry", lines = 113)
    void users_and_robots_send_name_and_secret_with_every_request() {
        String repository = project + "/app";
        byte[] manifest = Distribution.pushImage(admin, repository, "v1");
        Robot robot = puller();
        ClassicApi.User user = api.newUser();
        api.join(projectId, user, 3);
        for (Client known : List.of(admin, user.client(), robot.client())) {
            known.get("/v2/").expect(200);
            assertThat(known.get("/v2/" + repository + "/manifests/v1")
                            .expect(200)
                            .body())
                    .isEqualTo(manifest);
        }
        for (String name : List.of("admin", user.name(), robot.name(), "nobody", "robot$nobody")) {
            for (String target : List.of("/v2/", "/v2/" + repository + "/manifests/v1")) {
                Reply refused = api.basic(name, "Wrong0000").get(target);
                expectError(refused, 401, "UNAUTHORIZED");
                assertThat(refused.header("WWW-Authenticate")).contains("Basic realm=\"harbor\"");
            }
        }
    }

    @Test
    @Proves(contract = "registry", lines = 186)
    void a_robot_does_what_it_was_granted_and_nothing_else() {
        String other = registry.newRepository();
        String repository = project + "/app";
        byte[] manifest = Distribution.pushImage(admin, repository, "v1");
        Client robot = puller().client();

        assertThat(robot.get("/v2/" + repository + "/manifests/v1").expect(200).body())
                .isEqualTo(manifest);
        assertThat(granted(robot, "repository:" + repository + ":pull,push")).containsExactly("pull");
        assertThat(granted(robot, "repository:" + other + ":pull,push")).isEmpty();
        robot.send("POST", "/v2/" + repository + "/blobs/uploads/").expect(401);
        expectError(Distribution.pushManifest(robot, repository, "v2", OCI_MANIFEST, manifest), 401, "UNAUTHORIZED");
        robot.get("/v2/" + other + "/manifests/v1").expect(401);
    }

    @Test
    @Proves(contract = "registry", lines = 187)
    void a_robot_hands_on_no_more_than_it_was_granted() {
        Client maker = create(
                        admin,
                        body(
                                fresh("maker"),
                                "project",
                                -1,
                                in(project, "robot:create", "repository:pull", "robot:read")))
                .client();

        Robot made = create(maker, body(fresh("made"), "project", 1, in(project, "repository:pull")));
        Reply refused = maker.post(ROBOTS, body(fresh("more"), "project", 1, in(project, "repository:push")));

        assertThat(refused.expect(403).string("errors/0/code")).isEqualTo("DENIED");
        JsonNode read = admin.get(ROBOTS + "/" + made.id()).expect(200).json();
        assertThat(read.get("creator_type").asString()).isEqualTo("robot");
        maker.post(ROBOTS, body(fresh("wide"), "system", 1, in("*", "repository:pull")))
                .expect(403);
    }

    @Test
    void a_robot_of_the_system_reaches_what_it_was_granted_everywhere() {
        String repository = registry.newRepository();
        Distribution.pushImage(admin, repository, "v1");
        Robot robot =
                create(admin, body(fresh("all"), "system", -1, in("*", "repository:pull"), inSystem("catalog:read")));

        assertThat(robot.name()).startsWith("robot$all");
        robot.client().get("/v2/" + repository + "/manifests/v1").expect(200);
        robot.client().get("/v2/_catalog").expect(200);
        assertThat(admin.get(ROBOTS + "/" + robot.id()).json().get("expires_at").asLong())
                .isEqualTo(-1);
        assertThat(admin.get(ROBOTS).expect(200).text()).contains(robot.name());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Upper|project|1|repository:pull|robot name is not in lower case or contains illegal characters",
                "ok|galaxy|1|repository:pull|bad request error level input: galaxy",
                "ok|project|-2|repository:pull|bad request error duration input: -2",
                "ok|project|1|repository:fly|bad request permission: repository:fly"
            })
    void drafts_that_make_no_sense_are_refused(
            String name, String level, int duration, String access, String expected) {
        assertThat(message(admin.post(ROBOTS, body(name, level, duration, in(project, access))), 400))
                .isEqualTo(expected);
    }

    @Test
    void a_robot_needs_permissions_and_a_sound_secret() {
        assertThat(message(admin.post(ROBOTS, body("none", "project", 1)), 400))
                .isEqualTo("bad request empty permission");
        String weak = body("weak", "project", 1, in(project, "repository:pull"))
                .replace("\"disable\"", "\"secret\":\"weak\",\"disable\"");
        assertThat(message(admin.post(ROBOTS, weak), 400))
                .isEqualTo("the password or secret must be 8-128, inclusively, characters long with at least"
                        + " 1 uppercase letter, 1 lowercase letter and 1 number");
        assertThat(message(admin.get(ROBOTS + "?q=Level%3Dproject"), 400))
                .isEqualTo("must with project ID when to query project robots");
    }

    @Test
    void name_and_level_stay() {
        Robot robot = puller();
        String path = ROBOTS + "/" + robot.id();

        assertThat(message(admin.put(path, body("other", "project", 1, in(project, "repository:pull"))), 400))
                .isEqualTo("cannot update the level or name of robot");
        assertThat(message(admin.put(path, body(robot.name(), "system", 1, in(project, "repository:pull"))), 400))
                .isEqualTo("cannot update the level or name of robot");
    }

    @Test
    void who_may_not_see_a_robot_is_not_told_whether_there_is_one() {
        long robot = puller().id();
        Client user = api.newUser().client();

        api.anonymous().get(ROBOTS + "/" + robot).expect(401);
        api.anonymous().get(ROBOTS + "/999999").expect(401);
        user.get(ROBOTS + "/" + robot).expect(403);
        user.get(ROBOTS + "/999999").expect(403);
        user.delete(ROBOTS + "/" + robot).expect(403);
        admin.get(ROBOTS + "/999999").expect(404);
        user.post(ROBOTS, body(fresh("mine"), "project", 1, in(project, "repository:pull")))
                .expect(403);
    }

    @Test
    void a_name_is_taken_once_in_a_project() {
        String body = body(fresh("twin"), "project", 1, in(project, "repository:pull"));

        create(admin, body);

        admin.post(ROBOTS, body).expect(409);
    }
}

package dev.breakwater.acceptance.registry;

import static dev.breakwater.acceptance.registry.ClassicApi.expectLine;
import static dev.breakwater.acceptance.registry.ClassicApi.expectPlain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** registry.md, checklist A: form and session of the 2017 API. */
@WithServer
class ClassicFormTest {

    private static final String SESSION = "beegosessionID=[0-9a-f]{32}; Path=/; HttpOnly";

    private final TestServer server;
    private final ClassicApi api;

    ClassicFormTest(TestServer server) {
        this.server = server;
        api = new ClassicApi(server);
    }

    @Test
    @Proves(
            contract = "registry",
            lines = {1, 2, 40})
    void a_project_has_sixteen_members_in_their_order_and_two_spaces_before_each() {
        Reply reply = api.anonymous().get("/api/projects/1").expect(200);

        String time = reply.string("creation_time");
        assertThat(time).hasSize(20);
        assertThat(reply.header("Content-Type")).contains("application/json; charset=utf-8");
        assertThat(reply.header("Content-Length")).contains("478");
        assertThat(reply.text()).isEqualTo("""
                {
                  "project_id": 1,
                  "owner_id": 1,
                  "name": "library",
                  "creation_time": "%s",
                  "creation_time_str": "",
                  "deleted": 0,
                  "owner_name": "",
                  "public": 1,
                  "Togglable": false,
                  "update_time": "%s",
                  "current_user_role_id": 0,
                  "repo_count": 0,
                  "enable_content_trust": false,
                  "prevent_vulnerable_images_from_running": false,
                  "prevent_vulnerable_images_from_running_severity": "",
                  "automatically_scan_images_on_push": false
                }""".formatted(time, time));
        assertThat(reply.json().propertyNames()).hasSize(16);
    }

    @Test
    void what_means_something_in_html_is_escaped() {
        ClassicApi.User user = api.newUser();
        user.client().put("/api/users/" + user.id(), """
                        {"email": "%s@example.org", "realname": "<b>Ü & co</b>", "comment": ""}""".formatted(user.name())).expect(200);

        assertThat(user.client().get("/api/users/current").expect(200).text())
                .contains("\"realname\": \"\\u003cb\\u003eÜ \\u0026 co\\u003c/b\\u003e\"");
    }

    @Test
    @Proves(contract = "registry", lines = 3)
    void an_answer_without_a_live_session_begins_one_whatever_its_status() {
        for (String path : List.of("/api/projects/1", "/api/projects/0", "/api/statistics", "/api/nowhere", "/api")) {
            assertThat(cookie(api.anonymous().get(path))).as(path).matches(SESSION);
        }
        assertThat(cookie(api.anonymous().delete("/api/search"))).matches(SESSION);
        assertThat(cookie(api.admin().get("/api/projects/1"))).matches(SESSION);
        assertThat(cookie(api.anonymous()
                        .with("Cookie", "beegosessionID=00000000000000000000000000000000")
                        .get("/api/projects/1")))
                .matches(SESSION);
        assertThat(cookie(api.anonymous().with("X-Forwarded-Proto", "https").get("/api/projects/1")))
                .matches("beegosessionID=[0-9a-f]{32}; Path=/; secure; HttpOnly");
    }

    @Test
    @Proves(contract = "registry", lines = 4)
    void two_callers_get_two_sessions() {
        assertThat(id(api.anonymous().get("/api/projects/1")))
                .isNotEqualTo(id(api.anonymous().get("/api/projects/1")));
    }

    @Test
    @Proves(contract = "registry", lines = 5)
    void a_live_session_gets_no_other() {
        String id = id(api.anonymous().get("/api/projects/1"));
        Client again = session(id);

        assertThat(again.get("/api/projects/1").header("Set-Cookie")).isEmpty();
        assertThat(again.get("/api/statistics").header("Set-Cookie")).isEmpty();

        server.advance(Duration.ofSeconds(3_601));
        assertThat(cookie(again.get("/api/projects/1"))).matches(SESSION).doesNotContain(id);
    }

    @Test
    @Proves(contract = "registry", lines = 6)
    void basic_does_not_sign_the_session_in() {
        String id = id(api.admin().get("/api/statistics").expect(200));

        expectLine(session(id).get("/api/statistics"), 401, "");
    }

    @Test
    @Proves(
            contract = "registry",
            lines = {7, 8})
    void signing_in_ties_the_session_until_the_sign_out() {
        Reply refused = signIn(api.anonymous(), "admin", "wrong");
        expectPlain(refused, 401, "");

        Reply reply = signIn(api.anonymous(), "admin", "Harbor12345").expect(200);
        assertThat(reply.body()).isEmpty();
        String id = id(reply);
        assertThat(reply.headers().get("set-cookie")).hasSize(1);
        assertThat(session(id).get("/api/users/current").expect(200).string("username"))
                .isEqualTo("admin");
        assertThat(session(id).get("/api/users/current").header("Set-Cookie")).isEmpty();

        session(id).get("/log_out").expect(200);
        Reply after = session(id).get("/api/users/current");
        expectLine(after, 401, "");
        assertThat(cookie(after)).matches(SESSION).doesNotContain(id);
    }

    @Test
    void a_page_of_another_host_changes_nothing_with_the_session() {
        String id = id(signIn(api.anonymous(), "admin", "Harbor12345").expect(200));
        Client browser = session(id);
        String project = "{\"project_name\": \"%s\"}";
        for (String[] header : new String[][] {
            {"Sec-Fetch-Site", "cross-site"},
            {"Sec-Fetch-Site", "same-site"},
            {"Origin", "https://elsewhere.example"},
            {"Origin", "null"}
        }) {
            Client foreign = browser.with(header[0], header[1]);
            expectLine(foreign.post("/api/projects", project.formatted(ClassicApi.fresh("page"))), 401, "");
            foreign.get("/api/users/current").expect(200);
        }
        for (String[] header : new String[][] {
            {"Sec-Fetch-Site", "same-origin"},
            {"Sec-Fetch-Site", "none"},
            {"Origin", server.url().toString()},
            {"User-Agent", "curl"}
        }) {
            browser.with(header[0], header[1])
                    .post("/api/projects", project.formatted(ClassicApi.fresh("page")))
                    .expect(201);
        }
    }

    @Test
    void signing_in_with_a_live_session_keeps_its_id_and_use_keeps_it_alive() {
        String id = id(api.anonymous().get("/api/projects/1"));

        assertThat(signIn(session(id), "admin", "Harbor12345").expect(200).header("Set-Cookie"))
                .isEmpty();
        for (int hours = 0; hours < 3; hours++) {
            server.advance(Duration.ofMinutes(50));
            session(id).get("/api/users/current").expect(200);
        }
        server.advance(Duration.ofSeconds(3_601));
        session(id).get("/api/users/current").expect(401);
    }

    @Test
    void a_session_ends_when_the_password_changes_or_the_user_goes() {
        ClassicApi.User user = api.newUser();
        String id = id(signIn(api.anonymous(), user.name(), "Passw0rd1").expect(200));
        server.advance(Duration.ofSeconds(1));
        session(id).get("/api/users/current").expect(200);
        api.admin()
                .put("/api/users/" + user.id() + "/password", "{\"new_password\": \"Passw0rd2\"}")
                .expect(200);
        session(id).get("/api/users/current").expect(401);

        String second = id(signIn(api.anonymous(), user.name(), "Passw0rd2").expect(200));
        session(second).get("/api/users/current").expect(200);
        api.admin().delete("/api/users/" + user.id()).expect(200);
        session(second).get("/api/users/current").expect(401);
    }

    @Test
    @Proves(contract = "registry", lines = 9)
    void a_401_is_one_line_feed() {
        for (String path : List.of("/api/statistics", "/api/logs", "/api/users/current", "/api/configurations")) {
            Reply reply = api.anonymous().get(path);
            expectLine(reply, 401, "");
            assertThat(reply.header("Content-Length")).contains("1");
        }
    }

    @Test
    @Proves(
            contract = "registry",
            lines = {10, 11})
    void wrong_credentials_read_what_everybody_may_read() {
        Client wrong = api.basic("admin", "not-the-password");
        long hidden = api.newProject(false);

        wrong.get("/api/projects/1").expect(200);
        expectLine(wrong.get("/api/projects/" + hidden), 401, "");
        api.basic("admin", "Harbor12345").get("/api/projects/" + hidden).expect(200);
    }

    @Test
    @Proves(contract = "registry", lines = 12)
    void an_email_address_stands_for_its_user() {
        ClassicApi.User user = api.newUser();

        assertThat(api.basic(user.name() + "@example.org", "Passw0rd1")
                        .get("/api/users/current")
                        .expect(200)
                        .string("username"))
                .isEqualTo(user.name());
    }

    @Test
    @Proves(contract = "registry", lines = 13)
    void json_is_json_whatever_it_is_called() {
        String body = "{\"PROJECT_NAME\": \"" + ClassicApi.fresh("text") + "\", \"public\": true, \"unknown\": [1]}";

        Reply reply = api.admin()
                .with("Content-Type", "text/plain")
                .post("/api/projects", body)
                .expect(201);

        assertThat(api.anonymous()
                        .get(reply.header("Location").orElseThrow())
                        .expect(200)
                        .json()
                        .get("public")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    @Proves(contract = "registry", lines = 14)
    void what_is_no_json_is_refused() {
        for (String body : List.of("{", "[]", "null", "\"x\"", "nonsense", "{} {}", "{\"project_name\": 7}")) {
            expectPlain(api.admin().post("/api/projects", body), 400, "Invalid json request");
        }
        expectPlain(api.admin().send("POST", "/api/projects"), 400, "Invalid json request");
    }

    @Test
    @Proves(contract = "registry", lines = 15)
    void a_slash_at_the_end_makes_no_difference() {
        assertThat(api.anonymous().get("/api/projects/").expect(200).text())
                .isEqualTo(api.anonymous().get("/api/projects").expect(200).text());
        assertThat(api.admin()
                        .post("/api/projects/", "{\"project_name\": \"" + ClassicApi.fresh("slash") + "\"}")
                        .expect(201)
                        .header("Location")
                        .orElseThrow())
                .matches("/api/projects/[0-9]+");
    }

    @Test
    @Proves(contract = "registry", lines = 16)
    void a_path_that_is_no_number_is_no_page() {
        for (String path : List.of("/api/projects/abc", "/api/projects/-1", "/api/projects/1x", "/api/nowhere")) {
            expectLine(api.anonymous().get(path), 404, "page not found");
        }
    }

    @Test
    @Proves(contract = "registry", lines = 17)
    void another_method_is_refused() {
        Reply reply = api.admin().delete("/api/search");

        expectLine(reply, 405, "Method Not Allowed");
        assertThat(reply.header("Allow")).contains("GET, HEAD");
    }

    @Test
    @Proves(contract = "registry", lines = 18)
    void guessing_is_slowed_down_for_one_name_only() {
        ClassicApi.User victim = api.newUser();
        ClassicApi.User other = api.newUser();
        Client guess = api.basic(victim.name(), "wrong-guess");
        for (int i = 0; i < 5; i++) {
            guess.get("/api/projects/1").expect(200);
        }

        Reply sixth = guess.get("/api/projects/1").expect(429);
        assertThat(Integer.parseInt(sixth.header("Retry-After").orElseThrow())).isPositive();
        victim.client().get("/api/users/current").expect(429);
        other.client().get("/api/users/current").expect(200);

        server.advance(Duration.ofSeconds(2));
        victim.client().get("/api/users/current").expect(200);
    }

    private Client session(String id) {
        return api.anonymous().with("Cookie", "beegosessionID=" + id);
    }

    private static Reply signIn(Client client, String name, String password) {
        return client.with("Content-Type", "application/x-www-form-urlencoded")
                .send(
                        "POST",
                        "/login",
                        ("principal=" + name + "&password=" + password).getBytes(StandardCharsets.UTF_8));
    }

    private static String cookie(Reply reply) {
        return reply.header("Set-Cookie").orElse("");
    }

    private static String id(Reply reply) {
        return cookie(reply).substring("beegosessionID=".length()).substring(0, 32);
    }
}

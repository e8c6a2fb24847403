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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** registry.md, checklist E: users of the 2017 API. Here everybody may register. */
@WithServer(settings = "registry.self-registration=true")
class ClassicUsersTest {

    private final TestServer server;
    private final ClassicApi api;
    private final Client admin;

    ClassicUsersTest(TestServer server) {
        this.server = server;
        api = new ClassicApi(server);
        admin = api.admin();
    }

    private static String body(String username, String password, String email) {
        return """
                {"username": "%s", "password": "%s", "email": "%s", "realname": "Somebody"}""".formatted(username, password, email);
    }

    @Test
    @Proves(contract = "registry", lines = 66)
    void the_first_registered_user_has_the_number_3() {
        try (TestServer empty = TestServer.start(Map.of("registry.self-registration", "true"))) {
            Reply reply =
                    empty.client().post("/api/users", ClassicApi.user("first")).expect(201);

            assertThat(reply.header("Location")).contains("/api/users/3");
            assertThat(reply.body()).isEmpty();
        }
    }

    @Test
    @Proves(contract = "registry", lines = 67)
    void who_registers_keeps_to_the_rules() {
        Client anyone = api.anonymous();
        String mail = fresh("mail") + "@example.org";
        expectLine(
                anyone.post("/api/users", body("n".repeat(21), "Passw0rd1", mail)),
                400,
                "register error:username with illegal length");
        expectLine(
                anyone.post("/api/users", body("", "Passw0rd1", mail)),
                400,
                "register error:username with illegal length");
        for (String character : new String[] {",", "~", "#", "$", "%"}) {
            expectLine(
                    anyone.post("/api/users", body("a" + character, "Passw0rd1", mail)),
                    400,
                    "register error:username contains illegal characters");
        }
        expectLine(
                anyone.post("/api/users", body("sound", "Passw0r", mail)),
                400,
                "register error:password with illegal length");
        expectLine(
                anyone.post("/api/users", body("sound", "p".repeat(129), mail)),
                400,
                "register error:password with illegal length");
        for (String wrong : new String[] {"no-address", "a@b", "a b@example.org", "@example.org"}) {
            expectLine(
                    anyone.post("/api/users", body("sound", "Passw0rd1", wrong)),
                    400,
                    "register error:email with illegal format");
        }
        expectLine(
                anyone.post("/api/users", body("sound", "Passw0rd1", "")), 400, "register error:Email can't be empty");
        expectLine(anyone.post("/api/users", """
                        {"username": "sound", "password": "Passw0rd1", "email": "%s"}""".formatted(mail)), 400, "register error:realname with illegal length");
        expectLine(
                anyone.post("/api/users", """
                        {"username": "sound", "password": "Passw0rd1", "email": "%s", "realname": "r",
                         "comment": "%s"}""".formatted(mail, "c".repeat(31))),
                400,
                "register error:comment with illegal length");

        String name = fresh("taken");
        anyone.post("/api/users", body(name, "Passw0rd1", name + "@example.org"))
                .expect(201);
        expectLine(anyone.post("/api/users", body(name, "Passw0rd1", mail)), 409, "username has already been used!");
        expectLine(
                anyone.post("/api/users", body(fresh("other"), "Passw0rd1", name + "@example.org")),
                409,
                "email has already been used!");
        anyone.post("/api/users", body(fresh("long"), "p".repeat(128), fresh("long") + "@example.org"))
                .expect(201);
    }

    @Test
    @Proves(contract = "registry", lines = 68)
    void without_self_registration_only_administrators_register_users() {
        admin.put("/api/configurations", "{\"self_registration\": false}").expect(200);
        try {
            expectPlain(api.anonymous().post("/api/users", ClassicApi.user(fresh("u"))), 403, "");
            expectPlain(api.newUser().client().post("/api/users", "no json"), 403, "");
            String name = fresh("byadmin");
            assertThat(admin.post("/api/users", ClassicApi.user(name))
                            .expect(201)
                            .header("Location")
                            .orElseThrow())
                    .matches("/api/users/[0-9]+");
        } finally {
            admin.put("/api/configurations", "{\"self_registration\": true}").expect(200);
        }
    }

    @Test
    @Proves(contract = "registry", lines = 69)
    void nobody_registers_as_an_administrator() {
        String name = fresh("climber");
        String body = """
                {"username": "%s", "password": "Passw0rd1", "email": "%s@example.org", "realname": "r",
                 "has_admin_role": 1}""";

        api.anonymous().post("/api/users", body.formatted(name, name)).expect(201);
        assertThat(api.basic(name, "Passw0rd1")
                        .get("/api/users/current")
                        .expect(200)
                        .json()
                        .get("has_admin_role")
                        .asInt())
                .isZero();

        String made = fresh("made");
        long number = id(admin.post("/api/users", body.formatted(made, made)).expect(201));
        assertThat(admin.get("/api/users/" + number)
                        .expect(200)
                        .json()
                        .get("has_admin_role")
                        .asInt())
                .isEqualTo(1);
        admin.put("/api/users/" + number + "/sysadmin", "{\"has_admin_role\": 0}")
                .expect(200);
        expectLine(api.basic(made, "Passw0rd1").get("/api/users"), 403, "User does not have admin role");
    }

    @Test
    @Proves(contract = "registry", lines = 70)
    void the_built_in_users_are_not_listed() {
        ClassicApi.User user = api.newUser();

        Reply all = admin.get("/api/users?page_size=100").expect(200);
        assertThat(all.json().valueStream().map(each -> each.get("user_id").asLong()))
                .contains(user.id())
                .doesNotContain(1L, 2L);
        assertThat(all.json().valueStream().map(each -> each.get("username").asString()))
                .isSorted();
        assertThat(Integer.parseInt(all.header("X-Total-Count").orElseThrow())).isPositive();
        assertThat(admin.get("/api/users?username=" + user.name()).expect(200).json())
                .hasSize(1);
        assertThat(admin.get("/api/users?email=" + user.name() + "%40example")
                        .expect(200)
                        .json())
                .hasSize(1);
        expectLine(user.client().get("/api/users"), 403, "User does not have admin role");
        expectLine(api.anonymous().get("/api/users"), 401, "");
    }

    @Test
    @Proves(
            contract = "registry",
            lines = {71, 74})
    void everybody_sees_oneself_without_secrets() {
        ClassicApi.User user = api.newUser();
        expectLine(api.anonymous().get("/api/users/current"), 401, "");

        JsonNode current = user.client().get("/api/users/current").expect(200).json();
        assertThat(current.propertyNames())
                .containsExactly(
                        "user_id",
                        "username",
                        "email",
                        "password",
                        "realname",
                        "comment",
                        "deleted",
                        "role_name",
                        "role_id",
                        "has_admin_role",
                        "reset_uuid",
                        "creation_time",
                        "update_time");
        assertThat(current.get("password").asString()).isEmpty();
        assertThat(current.get("reset_uuid").asString()).isEmpty();
        for (JsonNode each : admin.get("/api/users?page_size=100").expect(200).json()) {
            assertThat(each.get("reset_uuid").asString()).isEmpty();
            assertThat(each.get("password").asString()).isEmpty();
        }
        assertThat(admin.get("/api/users/" + user.id())
                        .expect(200)
                        .json()
                        .get("reset_uuid")
                        .asString())
                .isEmpty();
        expectLine(user.client().get("/api/users/1"), 403, "User does not have admin role");
        expectPlain(admin.get("/api/users/987654"), 404, "");
        expectPlain(admin.get("/api/users/0"), 400, "Invalid user Id");
    }

    @Test
    void the_first_user_is_the_administrator_of_the_contract() {
        JsonNode first = admin.get("/api/users/1").expect(200).json();

        assertThat(first.get("username").asString()).isEqualTo("admin");
        assertThat(first.get("email").asString()).isEqualTo("admin@example.com");
        assertThat(first.get("realname").asString()).isEqualTo("system admin");
        assertThat(first.get("comment").asString()).isEqualTo("admin user");
        assertThat(first.get("has_admin_role").asInt()).isEqualTo(1);
    }

    @Test
    void a_profile_is_changed_by_its_owner_or_an_administrator() {
        ClassicApi.User user = api.newUser();
        ClassicApi.User other = api.newUser();
        String path = "/api/users/" + user.id();
        String profile = "{\"email\": \"%s\", \"realname\": \"New Name\", \"comment\": \"c\"}";

        user.client().put(path, profile.formatted(user.name() + "@example.net")).expect(200);
        assertThat(user.client().get(path).string("realname")).isEqualTo("New Name");
        expectPlain(
                other.client().put(path, profile.formatted("x@example.net")),
                403,
                "Guests can only change their own account.");
        expectLine(
                user.client().put(path, profile.formatted(other.name() + "@example.org")),
                409,
                "email has already been used!");
        expectLine(
                user.client().put(path, profile.formatted("nonsense")),
                400,
                "change user profile error:email with illegal format");
    }

    @Test
    @Proves(contract = "registry", lines = 72)
    void a_password_is_changed_by_who_knows_the_old_one() {
        ClassicApi.User user = api.newUser();
        String path = "/api/users/" + user.id() + "/password";
        String body = "{\"old_password\": \"%s\", \"new_password\": \"%s\"}";

        expectPlain(
                user.client().put(path, body.formatted("wrong-one", "Passw0rd2")), 403, "old_password_is_not_correct");
        expectPlain(user.client().put(path, body.formatted("", "Passw0rd2")), 400, "Old password is blank");
        expectPlain(user.client().put(path, body.formatted("Passw0rd1", "")), 400, "please_input_new_password");
        expectPlain(
                api.newUser().client().put(path, body.formatted("Passw0rd1", "Passw0rd2")),
                403,
                "Guests can only change their own account.");
        server.advance(Duration.ofSeconds(1));
        user.client().put(path, body.formatted("Passw0rd1", "Passw0rd2")).expect(200);
        api.basic(user.name(), "Passw0rd2").get("/api/users/current").expect(200);
        expectLine(user.client().get("/api/users/current"), 401, "");
        server.advance(Duration.ofSeconds(1));
        admin.put(path, "{\"new_password\": \"Passw0rd3\"}").expect(200);
        api.basic(user.name(), "Passw0rd3").get("/api/users/current").expect(200);
    }

    @Test
    @Proves(contract = "registry", lines = 73)
    void the_first_user_stays_and_other_names_are_free_again() {
        expectPlain(admin.delete("/api/users/1"), 403, "can not delete yourself");
        String other = fresh("second");
        long number = id(admin.post("/api/users", """
                        {"username": "%s", "password": "Passw0rd1", "email": "%s@example.org", "realname": "r",
                         "has_admin_role": 1}""".formatted(other, other)).expect(201));
        expectLine(api.basic(other, "Passw0rd1").delete("/api/users/1"), 403, "");
        expectLine(api.newUser().client().delete("/api/users/" + number), 403, "User does not have admin role");

        admin.delete("/api/users/" + number).expect(200);
        expectPlain(admin.get("/api/users/" + number), 404, "");
        assertThat(id(admin.post("/api/users", ClassicApi.user(other)).expect(201)))
                .isGreaterThan(number);
    }

    @Test
    void the_sign_up_form_asks_what_is_taken() {
        ClassicApi.User user = api.newUser();

        assertThat(exists("target=username&value=" + user.name())).isEqualTo("true");
        assertThat(exists("target=email&value=" + user.name() + "%40example.org"))
                .isEqualTo("true");
        assertThat(exists("target=username&value=nobody-like-that")).isEqualTo("false");
        assertThat(exists("target=nonsense&value=x")).isEqualTo("false");
    }

    private String exists(String form) {
        return api.anonymous()
                .with("Content-Type", "application/x-www-form-urlencoded")
                .send("POST", "/userExists", form.getBytes(StandardCharsets.UTF_8))
                .expect(200)
                .text();
    }
}

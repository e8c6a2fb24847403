package dev.breakwater.acceptance.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.Await;
import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.ServerProcess;
import dev.breakwater.postgres.DatabaseAddress;
import dev.breakwater.postgres.TemporaryPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever opens something is written neither to the log, at its most talkative, nor to what people did. */
class SecretsTest {

    private static final String ADMIN_PASSWORD = "Adm1n-of-the-harbour";
    private static final String OF_DAVE = "a password of the present API";
    private static final String API = "/api/v2.0";

    @TempDir
    private Path data;

    private final Map<String, String> secrets = new LinkedHashMap<>();

    /** Notes something that must not be written anywhere, and gives it back. */
    private String secret(String what, String secret) {
        secrets.put(what, secret);
        return secret;
    }

    @Test
    @Proves(contract = "registry", lines = 221)
    void the_log_and_the_audit_trail_hold_no_secret() throws Exception {
        DatabaseAddress database = TemporaryPostgres.shared().newDatabase();
        Map<String, String> settings = Map.of(
                "database.url", database.url(),
                "database.user", database.user(),
                "database.password", database.password(),
                "admin.password", secret("the administrator's password", ADMIN_PASSWORD),
                "registry.outbound.allowed-networks", "127.0.0.0/8",
                "log.level", "debug");
        try (ServerProcess server = new ServerProcess(data, settings)) {
            server.start();
            Client anonymous = Client.of(server.url(), exchange -> {});
            Client admin = signedIn(anonymous, "admin", ADMIN_PASSWORD);
            users(anonymous, admin);
            robots(anonymous, admin);
            elsewhere(admin);
            sessions(anonymous);
            secret(
                    "the token of the data folder",
                    Files.readString(data.resolve("admin-token")).strip());
            anonymous.bearer("not-a-token-but-nearly-one").get("/v2/").expect(401);
            secret("a token that is none", "not-a-token-but-nearly-one");

            AtomicReference<String> audit = new AtomicReference<>("");
            Await.until("the last pull is noted", () -> {
                audit.set(rows(database));
                return audit.get().contains("pulled-last");
            });
            String log = server.logged();
            assertThat(log).contains("DEBUG");
            assertThat(audit.get())
                    .contains("carol")
                    .contains("robot$")
                    .contains("push")
                    .contains("pull");
            secrets.forEach((what, secret) -> {
                assertThat(log.contains(secret)).as("The log has " + what).isFalse();
                assertThat(audit.get().contains(secret))
                        .as("The audit trail has " + what)
                        .isFalse();
            });
        }
    }

    private Client signedIn(Client anonymous, String name, String password) {
        String header = ClassicApi.authorization(name, password);
        secret("the header of " + name + " with " + password, header.substring("Basic ".length()));
        return anonymous.with("Authorization", header);
    }

    private void users(Client anonymous, Client admin) {
        String password = secret("a password of the 2017 API", "Passw0rd-of-Carol");
        admin.post("/api/users", ClassicApi.user("carol").replace("Passw0rd1", password))
                .expect(201);
        String other = secret(OF_DAVE, "Passw0rd-of-Dave");
        admin.post(API + "/users", CurrentApi.user("dave", other)).expect(201);
        Client carol = signedIn(anonymous, "carol", password);
        long id = carol.get("/api/users/current")
                .expect(200)
                .json()
                .get("user_id")
                .asLong();
        String next = secret("a changed password", "Passw0rd-of-Carol-2");
        carol.put("/api/users/" + id + "/password", """
                        {"old_password": "%s", "new_password": "%s"}""".formatted(password, next))
                .expect(200);
        carol.get("/v2/").expect(401);
        Client changed = signedIn(anonymous, "carol", next);
        changed.post("/api/projects", "{\"project_name\": \"carols\", \"public\": 0}")
                .expect(201);
        push(changed, anonymous, "carols/app");

        signedIn(anonymous, "carol", secret("a mistyped password", "Passw0rd-of-Carl"))
                .get("/service/token?service=harbor-registry")
                .expect(401);
        signedIn(anonymous, secret("a password typed as a name", "Passw0rd-as-Name"), "x")
                .get("/api/users/current")
                .expect(401);
    }

    /** Pushes and pulls with the caller's password and with a token. */
    private void push(Client caller, Client anonymous, String repository) {
        Distribution.pushImage(caller, repository, "v1");
        String token = secret(
                "a token for " + repository, Distribution.token(caller, "repository:" + repository + ":pull,push"));
        Client bearer = anonymous.bearer(token);
        Distribution.pushImage(bearer, repository, "v2");
        bearer.get("/v2/" + repository + "/manifests/v2").expect(200);
        bearer.get("/v2/elsewhere/app/manifests/v2").expect(401);
        anonymous.bearer(token.substring(0, token.length() - 4)).get("/v2/").expect(401);
    }

    private void robots(Client anonymous, Client admin) {
        Reply robot = admin.post(API + "/robots", """
                        {"name": "builder", "level": "project", "duration": 30, "permissions": [{"kind": "project",
                         "namespace": "carols", "access": [{"resource": "repository", "action": "pull"},
                         {"resource": "repository", "action": "push"}]}]}""").expect(201);
        String name = robot.string("name");
        String first = secret("the secret of a robot", robot.string("secret"));
        push(signedIn(anonymous, name, first), anonymous, "carols/built");
        String next = secret(
                "the next secret of a robot",
                admin.patch(API + "/robots/" + robot.json().get("id").asLong(), "{}")
                        .expect(200)
                        .string("secret"));
        signedIn(anonymous, name, first).get("/v2/").expect(401);
        Client caller = signedIn(anonymous, name, next);
        Distribution.pushImage(caller, "carols/pulled-last", "v1");
        caller.get("/v2/carols/pulled-last/manifests/v1").expect(200);
    }

    private void elsewhere(Client admin) {
        admin.post("/api/targets", """
                        {"endpoint": "https://registry.example.org", "name": "there", "username": "u",
                         "password": "%s"}""".formatted(secret("the password of a target", "s3cret-of-there")))
                .expect(201);
        admin.post(API + "/registries", """
                        {"name": "itself", "type": "harbor", "url": "%s", "insecure": false,
                         "credential": {"type": "basic", "access_key": "dave", "access_secret": "%s"}}""".formatted(admin.base(), secrets.get(OF_DAVE)))
                .expect(201);
    }

    private void sessions(Client anonymous) {
        Client form = anonymous.with("Content-Type", "application/x-www-form-urlencoded");
        form.post("/c/login", "principal=carol&password=" + secret("a password of a form", "Passw0rd-in-Form"))
                .expect(401);
        Reply login = form.post("/c/login", "principal=admin&password=" + ADMIN_PASSWORD)
                .expect(200);
        String session = CurrentApi.sent(CurrentApi.cookie(login, "sid"));
        secret("a session", session.substring(session.indexOf('=') + 1));
        Reply current =
                anonymous.with("Cookie", session).get(API + "/users/current").expect(200);
        secret("the token of a session", current.header("X-Harbor-CSRF-Token").orElseThrow());
    }

    /** All that is kept of what people did. */
    private static String rows(DatabaseAddress database) {
        StringBuilder all = new StringBuilder();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT row_to_json(a)::text FROM registry.activity a UNION ALL"
                        + " SELECT row_to_json(e)::text FROM tenancy.audit_entry e")) {
            while (rows.next()) {
                all.append(rows.getString(1)).append('\n');
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return all.toString();
    }
}

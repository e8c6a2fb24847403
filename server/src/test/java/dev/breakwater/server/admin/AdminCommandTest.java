package dev.breakwater.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.kernel.json.Json;
import dev.breakwater.kernel.time.SystemTime;
import dev.breakwater.postgres.DatabaseAddress;
import dev.breakwater.postgres.TemporaryPostgres;
import dev.breakwater.server.Platform;
import dev.breakwater.server.command.Program;
import dev.breakwater.server.config.Configuration;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdminCommandTest {

    private Path folder = Path.of("");

    private final SystemTime time = new SystemTime();
    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();
    private AutoCloseable platform = () -> {};
    private URI url = URI.create("http://127.0.0.1");

    @BeforeAll
    void start(@TempDir Path data) {
        folder = data;
        DatabaseAddress database = TemporaryPostgres.shared().newDatabase();
        Platform started = Platform.start(
                Configuration.of(Map.of(
                        "data.dir", folder.toString(),
                        "http.port", "0",
                        "database.url", database.url(),
                        "database.user", database.user(),
                        "database.password", database.password(),
                        "database.pool-size", "4")),
                time);
        platform = started;
        url = started.url();
    }

    @AfterAll
    void stop() throws Exception {
        platform.close();
        time.close();
    }

    @Test
    void aKeyIsMadeForAWorkspaceUsedAndRevoked() throws Exception {
        JsonNode workspace = json("workspaces", "create", "Shipping", "--environment", "sandbox");
        String workspaceId = workspace.get("id").asString();
        JsonNode key = json(
                "keys",
                "create",
                "emitter",
                "--environment",
                "sandbox",
                "--scope",
                "workspaces:read",
                "--workspace",
                workspaceId);
        String secret = key.get("secret").asString();
        assertThat(readWorkspace(workspaceId, secret)).isEqualTo(200);

        assertThat(run("keys", "list")).isZero();
        assertThat(out.toString())
                .startsWith("ID ")
                .contains("emitter", "workspaces:read", secret.substring(36))
                .doesNotContain(secret.substring(8));

        assertThat(run("keys", "revoke", key.get("id").asString())).isZero();
        assertThat(out.toString()).startsWith("Revoked key_");
        awaitRefusal(workspaceId, secret);
    }

    /** A revocation holds after a second at the latest. */
    private void awaitRefusal(String workspaceId, String secret) throws Exception {
        long end = System.nanoTime() + 1_500_000_000L;
        int status = readWorkspace(workspaceId, secret);
        while (status == 200 && System.nanoTime() < end) {
            status = readWorkspace(workspaceId, secret);
        }
        assertThat(status).isEqualTo(401);
    }

    private int readWorkspace(String id, String key) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(url.resolve("/v1/workspaces/" + id))
                .header("Authorization", "Bearer " + key)
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }

    @Test
    void aWorkspaceIsSuspendedActivatedAndArchived() {
        String id = json("workspaces", "create", "Moody", "--environment", "live")
                .get("id")
                .asString();

        assertThat(json("workspaces", "suspend", id, "--reason", "billing")
                        .get("status")
                        .asString())
                .isEqualTo("suspended");
        assertThat(json("workspaces", "activate", id).get("status").asString()).isEqualTo("active");
        assertThat(json("workspaces", "archive", id).get("status").asString()).isEqualTo("archived");
        assertThat(run("workspaces", "list", "--environment", "live")).isZero();
        assertThat(out.toString()).contains(id, "Moody", "archived");
    }

    @Test
    void organizationsKeepTheirKeysApart() {
        json("organizations", "create", "payments", "--name", "Payments");
        json("keys", "create", "theirs", "--environment", "live", "--unrestricted", "--organization", "payments");

        assertThat(run("keys", "list", "--organization", "payments")).isZero();
        assertThat(out.toString()).contains("theirs");
        assertThat(run("keys", "list")).isZero();
        assertThat(out.toString()).doesNotContain("theirs");
        assertThat(run("organizations", "list")).isZero();
        assertThat(out.toString()).contains("default", "payments");
    }

    @Test
    void usersAreMadeDisabledAndGivenPasswords() {
        assertThat(typing("a first password\n", "users", "create", "ada", "--email", "ada@example.com"))
                .isZero();
        assertThat(out.toString()).contains("ada@example.com").doesNotContain("a first password");

        assertThat(typing("a second password\n", "users", "password", "ada")).isZero();
        assertThat(signIn("ada", "a second password")).isEqualTo(201);

        assertThat(run("users", "disable", "ADA")).isZero();
        assertThat(signIn("ada", "a second password")).isEqualTo(401);

        assertThat(run("users", "disable", "nobody")).isEqualTo(1);
        assertThat(err.toString()).startsWith("There is no user nobody.");
    }

    @Test
    void onesOwnPasswordNeedsTheCurrentOne() {
        json("users", "list");
        assertThat(typing("not this\nanother password\n", "users", "password")).isEqualTo(1);
        assertThat(err.toString()).contains("The current password is wrong.");

        assertThat(typing("Harbor12345\nHarbor12345\n", "users", "password", "admin"))
                .isZero();
    }

    private int signIn(String username, String password) {
        HttpRequest request = HttpRequest.newBuilder(url.resolve("/admin/v1/sessions"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(username, password)))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theAuditTrailIsShown() {
        String id = json("organizations", "create", "audited").get("id").asString();

        assertThat(run("audit", "--organization", "audited")).isZero();
        assertThat(out.toString()).contains("organization.created", id, "admin");
    }

    @Test
    void listsAreReadOverSeveralPages() {
        json("organizations", "create", "many");
        for (int i = 0; i < 103; i++) {
            json("keys", "create", "key" + i, "--environment", "live", "--unrestricted", "--organization", "many");
        }

        assertThat(json("keys", "list", "--organization", "many", "--limit", "1000"))
                .hasSize(103);
        assertThat(json("keys", "list", "--organization", "many", "--limit", "2"))
                .hasSize(2);
    }

    @Test
    void theServerOnTheFolderIsFoundWhateverPortItTook() {
        assertThat(execute("admin", "users", "list", "--data", folder.toString()))
                .as(() -> err.toString())
                .isZero();
        assertThat(out.toString()).contains("admin@example.com");
    }

    @Test
    void aMistakeIsExplained() {
        assertThat(run("keys", "create", "x", "--environment", "moon", "--unrestricted"))
                .isEqualTo(1);
        assertThat(err.toString())
                .startsWith(
                        "Invalid value for environment: it must be live or sandbox. (invalid_request, request req_");

        assertThat(run("keys", "list", "--token", "pat.wrong")).isEqualTo(1);
        assertThat(err.toString()).contains("refused the token").contains("--token");

        assertThat(execute("admin", "keys", "list", "--data", folder.toString(), "--url", "http://127.0.0.1:1"))
                .isEqualTo(1);
        assertThat(err.toString()).startsWith("Nothing answers at http://127.0.0.1:1.");

        assertThat(execute(
                        "admin",
                        "keys",
                        "list",
                        "--data",
                        folder.resolve("none").toString(),
                        "--url",
                        url.toString()))
                .isEqualTo(1);
        assertThat(err.toString()).startsWith("There is no readable token in ");
    }

    private int typing(String lines, String... arguments) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)));
        try {
            return run(arguments);
        } finally {
            System.setIn(before);
        }
    }

    private JsonNode json(String... arguments) {
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = "--json";
        assertThat(run(all)).as(() -> err.toString()).isZero();
        return Json.mapper().readTree(out.toString());
    }

    private int run(String... arguments) {
        String[] all = new String[arguments.length + 5];
        all[0] = "admin";
        all[1] = "--url";
        all[2] = url.toString();
        all[3] = "--data";
        all[4] = folder.toString();
        System.arraycopy(arguments, 0, all, 5, arguments.length);
        return execute(all);
    }

    private int execute(String... arguments) {
        out = new StringWriter();
        err = new StringWriter();
        CommandLine program = Program.commandLine();
        program.setOut(new PrintWriter(out, true));
        program.setErr(new PrintWriter(err, true));
        return program.execute(arguments);
    }
}

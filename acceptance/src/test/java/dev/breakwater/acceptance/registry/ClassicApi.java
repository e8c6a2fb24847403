package dev.breakwater.acceptance.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;

/** The 2017 API as its callers see it, and the short way to what most tests begin with. */
final class ClassicApi {

    static final String LINE = "text/plain; charset=utf-8";

    private static final AtomicInteger NAMES = new AtomicInteger();

    private final TestServer server;

    ClassicApi(TestServer server) {
        this.server = server;
    }

    /** Nobody in particular. */
    Client anonymous() {
        return server.client();
    }

    /** The administrator of a fresh installation. */
    Client admin() {
        return basic("admin", "Harbor12345");
    }

    /** Somebody with a password. */
    Client basic(String name, String password) {
        return server.client().with("Authorization", authorization(name, password));
    }

    static String authorization(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** A name that nobody else uses. */
    static String fresh(String stem) {
        return stem + NAMES.incrementAndGet();
    }

    /** A user whom the administrator registers. */
    record User(String name, long id, Client client) {}

    User newUser() {
        String name = fresh("user");
        Reply reply = admin().post("/api/users", user(name)).expect(201);
        return new User(name, id(reply), basic(name, "Passw0rd1"));
    }

    static String user(String name) {
        return """
                {"username": "%s", "password": "Passw0rd1", "email": "%s@example.org", "realname": "%s"}""".formatted(name, name, name);
    }

    /** A project of the administrator. */
    long newProject(boolean isPublic) {
        return newProject(admin(), fresh("project"), isPublic);
    }

    long newProject(Client owner, String name, boolean isPublic) {
        return id(owner.post("/api/projects", """
                        {"project_name": "%s", "public": %d}""".formatted(name, isPublic ? 1 : 0))
                .expect(201));
    }

    /** Makes a user a member. */
    void join(long project, User user, int role) {
        admin().post("/api/projects/" + project + "/members/", """
                        {"username": "%s", "roles": [%d]}""".formatted(user.name(), role))
                .expect(200);
    }

    /** The number that an answer says something was given. */
    static long id(Reply created) {
        String location = created.header("Location").orElseThrow();
        return Long.parseLong(location.substring(location.lastIndexOf('/') + 1));
    }

    /** The answer is a failure of the form E1: the text and a line feed. */
    static void expectLine(Reply reply, int status, String text) {
        reply.expect(status);
        assertThat(reply.text()).isEqualTo(text + "\n");
        assertThat(reply.header("Content-Type")).contains(LINE);
        assertThat(reply.header("X-Content-Type-Options")).contains("nosniff");
        assertThat(reply.header("WWW-Authenticate")).isEmpty();
    }

    /** The answer is a failure of the form E2: the text alone. */
    static void expectPlain(Reply reply, int status, String text) {
        reply.expect(status);
        assertThat(reply.text()).isEqualTo(text);
        assertThat(reply.header("Content-Type")).contains(LINE);
        assertThat(reply.header("X-Content-Type-Options")).isEmpty();
    }
}

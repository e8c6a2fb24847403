package dev.breakwater.acceptance.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The present-day API as its callers see it, and the short way to what most tests begin with. */
final class CurrentApi {

    static final String API = "/api/v2.0";

    private final TestServer server;

    CurrentApi(TestServer server) {
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
        return server.client().with("Authorization", ClassicApi.authorization(name, password));
    }

    /** A name that nobody else uses. */
    static String fresh(String stem) {
        return ClassicApi.fresh(stem);
    }

    /** A user whom the administrator makes. */
    record User(String name, long id, Client client) {}

    User newUser() {
        String name = fresh("user");
        Reply reply = admin().post(API + "/users", user(name, "Passw0rd1")).expect(201);
        return new User(name, id(reply), basic(name, "Passw0rd1"));
    }

    static String user(String name, String password) {
        return """
                {"username": "%s", "password": "%s", "email": "%s@example.org", "realname": "%s"}""".formatted(name, password, name, name);
    }

    /** A project with its name and its number. */
    record Project(String name, long id) {
        String path() {
            return API + "/projects/" + name;
        }
    }

    /** A project of the administrator. */
    Project newProject(boolean isPublic) {
        return newProject(admin(), isPublic);
    }

    Project newProject(Client owner, boolean isPublic) {
        String name = fresh("project");
        Reply reply =
                owner.post(API + "/projects", """
                        {"project_name": "%s", "metadata": {"public": "%s"}}""".formatted(name, isPublic)).expect(201);
        return new Project(name, id(reply));
    }

    /** Makes a user a member, and gives the number of the membership. */
    long join(Project project, User user, int role) {
        return id(admin().post(project.path() + "/members", """
                        {"role_id": %d, "member_user": {"username": "%s"}}""".formatted(role, user.name()))
                .expect(201));
    }

    /** The number that an answer says something was given. */
    static long id(Reply created) {
        String location = created.header("Location").orElseThrow();
        return Long.parseLong(location.substring(location.lastIndexOf('/') + 1));
    }

    /** The message of a failure, which has this status and code. */
    static String error(Reply reply, int status, String code) {
        reply.expect(status);
        assertThat(reply.text()).endsWith("}\n");
        assertThat(reply.header("Content-Type")).contains("application/json; charset=utf-8");
        JsonNode error = reply.json().get("errors").get(0);
        assertThat(error.get("code").asString()).isEqualTo(code);
        return error.get("message").asString();
    }

    /** A member of each item of a list. */
    static List<String> each(Reply list, String member) {
        return list.expect(200)
                .json()
                .valueStream()
                .map(item -> item.path(member).asString())
                .toList();
    }

    /** The cookie of this name that an answer sets, with its attributes. */
    static String cookie(Reply reply, String name) {
        return reply.headers().getOrDefault("set-cookie", List.of()).stream()
                .filter(cookie -> cookie.startsWith(name + "="))
                .findFirst()
                .orElseThrow();
    }

    /** What a browser sends back of a cookie. */
    static String sent(String cookie) {
        return cookie.substring(0, cookie.indexOf(';'));
    }
}

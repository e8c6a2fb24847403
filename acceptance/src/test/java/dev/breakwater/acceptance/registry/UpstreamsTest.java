package dev.breakwater.acceptance.registry;

import static dev.breakwater.acceptance.registry.ClassicApi.fresh;
import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.Receiver;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** registry.md 3.4, 3.6: registries elsewhere. The one that is named here is the server itself, on loopback. */
@WithServer
class UpstreamsTest {

    private static final String REGISTRIES = "/api/v2.0/registries";

    private final TestServer server;
    private final ClassicApi api;
    private final Client admin;

    UpstreamsTest(TestServer server) {
        this.server = server;
        api = new ClassicApi(server);
        admin = api.admin();
    }

    private String body(String name, String url, String secret) {
        return """
                {"name":"%s","type":"docker-registry","url":"%s","insecure":false,
                 "credential":{"type":"basic","access_key":"admin","access_secret":"%s"}}""".formatted(name, url, secret);
    }

    private String own() {
        return server.url().toString();
    }

    private String create(String name) {
        String location = admin.post(REGISTRIES, body(name, own(), "Harbor12345"))
                .expect(201)
                .header("Location")
                .orElseThrow();
        assertThat(location).matches(REGISTRIES + "/[0-9]+");
        return location;
    }

    private static String message(Reply reply, int status) {
        return reply.expect(status).json().get("errors").get(0).get("message").asString();
    }

    @Test
    @Proves(contract = "registry", lines = 199)
    void an_unhealthy_registry_is_refused_and_a_used_one_stays() {
        String dead = "http://127.0.0.1:1";
        assertThat(message(admin.post(REGISTRIES + "/ping", body("", dead, "x")), 400))
                .isEqualTo("the registry is unhealthy");
        assertThat(message(admin.post(REGISTRIES, body(fresh("dead"), dead, "x")), 400))
                .isEqualTo("the registry is unhealthy");
        assertThat(message(admin.post(REGISTRIES, body(fresh("wrong"), own(), "Wrong12345")), 400))
                .isEqualTo("the registry is unhealthy");

        Reply blocked = admin.post(REGISTRIES + "/ping", body("", "http://10.1.2.3", "x"));
        assertThat(blocked.expect(400).json().at("/errors/1/message").asString())
                .contains("must not be reached", "registry.outbound.allowed-networks");

        String location = create(fresh("up"));
        long id = admin.get(location).expect(200).json().get("id").asLong();
        admin.post(REGISTRIES + "/ping", "{\"id\":" + id + "}").expect(200);
        String project = fresh("mirror");
        admin.post("/api/v2.0/projects", """
                        {"project_name":"%s","registry_id":%d}""".formatted(project, id)).expect(201);
        assertThat(message(admin.delete(location), 412))
                .isEqualTo("the registry " + id + " is referenced by proxy cache project, cannot delete it");
        admin.delete("/api/v2.0/projects/" + project).expect(200);
        admin.delete(location).expect(200);
        admin.get(location).expect(404);
    }

    @Test
    void a_login_is_kept_and_never_shown() {
        String location = create(fresh("secret"));

        Reply read = admin.get(location).expect(200);

        assertThat(read.text()).doesNotContain("Harbor12345");
        JsonNode json = read.json();
        assertThat(json.get("credential").get("access_key").asString()).isEqualTo("admin");
        assertThat(json.get("status").asString()).isEqualTo("healthy");
        assertThat(json.get("type").asString()).isEqualTo("docker-registry");
        assertThat(json.get("url").asString()).isEqualTo(own());
        assertThat(admin.get(REGISTRIES).expect(200).text()).doesNotContain("Harbor12345");
    }

    @Test
    void what_is_not_sent_stays_and_a_kept_login_goes_to_no_other_address() {
        String name = fresh("change");
        String location = create(name);

        admin.put(location, "{\"description\":\"ours\"}").expect(200);

        JsonNode read = admin.get(location).expect(200).json();
        assertThat(read.get("description").asString()).isEqualTo("ours");
        assertThat(read.get("name").asString()).isEqualTo(name);
        assertThat(read.get("credential").get("access_key").asString()).isEqualTo("admin");
        try (Receiver elsewhere = Receiver.start()) {
            String moved = "{\"url\":\"" + elsewhere.url() + "\"}";
            admin.put(location, moved).expect(400);
            assertThat(elsewhere.received()).isEmpty();
        }
    }

    @Test
    void a_name_is_taken_once() {
        String name = fresh("twin");
        create(name);
        String other = create(fresh("other"));

        assertThat(message(admin.post(REGISTRIES, body(name, own(), "Harbor12345")), 409))
                .contains(name);
        admin.put(other, "{\"name\":\"" + name + "\"}").expect(409);
        assertThat(admin.get(REGISTRIES + "?q=name%3D" + name)
                        .expect(200)
                        .json()
                        .size())
                .isEqualTo(1);
    }

    @Test
    void the_kinds_of_registries_are_told() {
        assertThat(admin.get("/api/v2.0/replication/adapters").expect(200).text())
                .isEqualTo("[\"docker-hub\",\"docker-registry\",\"harbor\"]");
        assertThat(admin.get("/api/v2.0/replication/adapterinfos")
                        .expect(200)
                        .json()
                        .propertyNames())
                .contains("docker-hub");
        String location = create(fresh("info"));
        assertThat(admin.get(location + "/info").expect(200).string("type")).isEqualTo("docker-registry");
    }

    @Test
    void only_administrators_may() {
        String location = create(fresh("mine"));
        Client user = api.newUser().client();

        api.anonymous().get(REGISTRIES).expect(401);
        user.get(REGISTRIES).expect(403);
        user.get(location).expect(403);
        user.delete(location).expect(403);
        user.post(REGISTRIES, body(fresh("theirs"), own(), "Harbor12345")).expect(403);
        user.post(REGISTRIES + "/ping", body("", own(), "Harbor12345")).expect(403);
        user.get("/api/v2.0/replication/adapters").expect(403);
        user.post("/api/v2.0/projects", "{\"project_name\":\"" + fresh("proxy") + "\",\"registry_id\":1}")
                .expect(403);
    }

    @Test
    void what_is_sent_must_make_sense() {
        assertThat(message(admin.post(REGISTRIES, body(fresh("bad"), "ftp://x", "x")), 400))
                .contains("http");
        admin.post(REGISTRIES, body(fresh("bad"), own(), "x").replace("docker-registry", "quay"))
                .expect(400);
        admin.post(REGISTRIES, body("", own(), "Harbor12345")).expect(400);
        admin.put(REGISTRIES + "/999999", "{}").expect(404);
        admin.post(REGISTRIES + "/ping", "{\"id\":999999}").expect(404);
    }
}

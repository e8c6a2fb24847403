package dev.breakwater.acceptance.console;

import dev.breakwater.acceptance.harness.Await;
import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.images.Layer;
import dev.breakwater.acceptance.images.OciLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A project of the registry that nobody else uses, whose administrator is the one of the installation. */
final class Yard {

    private static final String PASSWORD = "Passw0rd1";

    private final TestServer server;
    private final String project;

    Yard(TestServer server) {
        this.server = server;
        project = "yard" + System.nanoTime();
        admin().post("/api/v2.0/projects", """
                        {"project_name": "%s", "metadata": {"public": "false"}}""".formatted(project)).expect(201);
    }

    /** Its name. */
    String project() {
        return project;
    }

    /** The address of one of its pages. */
    String page(String rest) {
        return "/projects/" + project + rest;
    }

    /** The administrator, who uses the APIs. */
    Client admin() {
        return basic("admin", "Harbor12345");
    }

    /** Whoever has this name and secret. */
    Client basic(String name, String secret) {
        String pair = Base64.getEncoder().encodeToString((name + ":" + secret).getBytes(StandardCharsets.UTF_8));
        return server.client().with("Authorization", "Basic " + pair);
    }

    /** The name of somebody new, who has an account and a place in the organization, and none in the project. */
    String newUser() {
        String name = "user" + System.nanoTime();
        server.admin().assign(server.admin().newUser(name, PASSWORD), "_account_viewer");
        return name;
    }

    /** Somebody new with a role in the project, by its number. */
    Visitor member(int role) {
        String name = newUser();
        admin().post("/api/v2.0/projects/" + project + "/members", """
                        {"role_id": %d, "member_user": {"username": "%s"}}""".formatted(role, name))
                .expect(201);
        return signedIn(name);
    }

    /** Somebody whom {@link #newUser} made. */
    Visitor signedIn(String name) {
        return Visitor.signedIn(server, name, PASSWORD);
    }

    /** What this user does by the APIs. */
    Client client(String name) {
        return basic(name, PASSWORD);
    }

    /** Pushes an image for each of these tags, one second after the other. */
    void push(String repository, String... tags) {
        for (String tag : tags) {
            try {
                Path folder = Files.createTempDirectory("breakwater-yard-");
                OciLayout layout = OciLayout.in(folder);
                layout.tag(tag, layout.image(Layer.of(Map.of("app", repository + tag + System.nanoTime()))));
                Shelf.push(admin(), project + "/" + repository, layout);
                try (Stream<Path> files = Files.walk(folder)) {
                    for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            server.advance(Duration.ofSeconds(1));
        }
    }

    /** The tags of a repository, as the API lists them. */
    List<String> tags(String repository) {
        JsonNode tags = admin().get("/v2/" + project + "/" + repository + "/tags/list")
                .expect(200)
                .json()
                .get("tags");
        return tags.valueStream().map(JsonNode::asString).toList();
    }

    /** Whether this name and secret open the project for pulling. */
    boolean opens(String name, String secret) {
        Reply token = basic(name, secret)
                .get("/service/token?service=harbor-registry&scope=repository:" + project + "/app:pull");
        if (token.status() != 200) {
            return false;
        }
        byte[] claims = Base64.getUrlDecoder().decode(token.string("token").split("\\.", -1)[1]);
        return new String(claims, StandardCharsets.UTF_8).contains("\"actions\":[\"pull\"]");
    }

    /** The page as soon as it says so. */
    static Reply until(Visitor visitor, String address, String text) {
        Await.until(
                "the page says " + text,
                () -> visitor.get(address).expect(200).text().contains(text));
        return visitor.get(address).expect(200);
    }
}

package dev.breakwater.acceptance.console;

import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.TestServer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** A project of the registry in the default organization, into which the administrator pushes what a test writes. */
final class Registered {

    static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    static final String INDEX = "application/vnd.oci.image.index.v1+json";
    static final String CONFIG = "application/vnd.oci.image.config.v1+json";
    static final String LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final Client admin;
    private final String project;

    private Registered(Client admin, String project) {
        this.admin = admin;
        this.project = project;
    }

    /** A new private project. */
    static Registered in(TestServer server) {
        Client admin = server.client().with("Authorization", "Basic YWRtaW46SGFyYm9yMTIzNDU=");
        String project = "shelf-" + NUMBERS.incrementAndGet();
        admin.post("/api/v2.0/projects", """
                        {"project_name": "%s", "metadata": {"public": "false"}}""".formatted(project)).expect(201);
        return new Registered(admin, project);
    }

    /** The present-day API, as the administrator. */
    Client admin() {
        return admin;
    }

    String project() {
        return project;
    }

    /** The address of its page, or of one below it. */
    String page(String rest) {
        return "/projects/" + project + rest;
    }

    /** The address of a repository or an artifact. */
    String repository(String named) {
        return page("/repositories/" + named);
    }

    /** Pushes a blob and describes it. */
    String blob(String repository, String mediaType, String text) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        String digest = digest(content);
        admin.with("Content-Type", "application/octet-stream")
                .send("POST", "/v2/" + project + "/" + repository + "/blobs/uploads/?digest=" + digest, content)
                .expect(201);
        return descriptor(mediaType, digest, content.length, "");
    }

    /** A descriptor; {@code more} are further members, each with a comma before it. */
    static String descriptor(String mediaType, String digest, int size, String more) {
        return """
                {"mediaType":"%s","digest":"%s","size":%d%s}""".formatted(mediaType, digest, size, more);
    }

    /** A manifest that was pushed. */
    record Pushed(String mediaType, String digest, int size) {
        /** How others name it; {@code more} are further members, each with a comma before it. */
        String descriptor(String more) {
            return Registered.descriptor(mediaType, digest, size, more);
        }
    }

    /** Pushes a manifest under a tag, or by its digest when that is empty. */
    Pushed manifest(String repository, String tag, String mediaType, String members) {
        byte[] content = "{\"schemaVersion\":2,\"mediaType\":\"%s\",%s}"
                .formatted(mediaType, members)
                .getBytes(StandardCharsets.UTF_8);
        String digest = digest(content);
        admin.with("Content-Type", mediaType)
                .send(
                        "PUT",
                        "/v2/" + project + "/" + repository + "/manifests/" + (tag.isEmpty() ? digest : tag),
                        content)
                .expect(201);
        return new Pushed(mediaType, digest, content.length);
    }

    /** Pushes an image with this configuration and these layers. */
    Pushed image(String repository, String tag, String config, String... layers) {
        String described = Arrays.stream(layers)
                .map(layer -> blob(repository, LAYER, layer))
                .collect(Collectors.joining(","));
        return manifest(
                repository,
                tag,
                MANIFEST,
                "\"config\":%s,\"layers\":[%s]".formatted(blob(repository, CONFIG, config), described));
    }

    /** Pushes an image of which nothing is remarkable. */
    Pushed image(String repository, String tag) {
        return image(repository, tag, "{\"architecture\":\"amd64\",\"os\":\"linux\"}", "layer of " + tag);
    }

    /** Pushes something that belongs to another manifest. */
    Pushed referrer(String repository, Pushed subject, String artifactType) {
        return manifest(
                repository,
                "",
                MANIFEST,
                "\"artifactType\":\"%s\",\"config\":%s,\"layers\":[%s],\"subject\":%s"
                        .formatted(
                                artifactType,
                                blob(repository, "application/vnd.oci.empty.v1+json", "{}"),
                                blob(repository, artifactType, "of " + artifactType),
                                subject.descriptor("")));
    }

    static String digest(byte[] content) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

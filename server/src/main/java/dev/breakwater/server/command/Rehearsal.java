package dev.breakwater.server.command;

import dev.breakwater.kernel.json.Json;
import dev.breakwater.server.FirstSteps;
import dev.breakwater.server.config.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a fresh platform is mostly asked, some hundred times: events, and images pushed and pulled. */
final class Rehearsal {

    private static final int EVENTS = 100;
    private static final int IMAGES = 80;
    private static final String REPOSITORY = "/v2/library/rehearsal";
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
    private static final String LAYER = "application/vnd.oci.image.layer.v1.tar";

    private final URI server;

    /** Plays on this server, which must be fresh. */
    Rehearsal(URI server) {
        this.server = server;
    }

    /** Asks all of it. */
    void play(FirstSteps firstSteps) throws IOException {
        send("GET", "/health/ready", null, null, null);
        send("GET", "/metrics", null, null, null);
        Optional<FirstSteps.Sandbox> sandbox = firstSteps.sandbox();
        if (sandbox.isPresent()) {
            postEvents(sandbox.get());
        }
        if (firstSteps.defaultPassword()) {
            pushAndPull();
        }
    }

    private void postEvents(FirstSteps.Sandbox sandbox) throws IOException {
        byte[] event = "{\"workspace_id\":\"%s\",\"type\":\"rehearsal.held\",\"payload\":{}}"
                .formatted(sandbox.workspaceId())
                .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < EVENTS; i++) {
            send("POST", "/v1/events", "Bearer " + sandbox.key(), "application/json", event);
        }
    }

    private void pushAndPull() throws IOException {
        String token = "Bearer " + token();
        for (int i = 0; i < IMAGES; i++) {
            String config = pushBlob(token, "{\"architecture\":\"amd64\",\"os\":\"linux\",\"number\":%d}".formatted(i));
            String layer = pushBlob(token, "layer " + i);
            String manifest = """
                    {"schemaVersion":2,"mediaType":"%s","config":{"mediaType":"%s",%s},"layers":[{"mediaType":"%s",%s}]}
                    """.formatted(MANIFEST, CONFIG, config, LAYER, layer);
            send("PUT", REPOSITORY + "/manifests/latest", token, MANIFEST, manifest.getBytes(StandardCharsets.UTF_8));
            send("GET", REPOSITORY + "/manifests/latest", token, null, null);
            send("GET", REPOSITORY + "/blobs/" + digest("layer " + i), token, null, null);
        }
    }

    private String token() throws IOException {
        String administrator = "admin:" + Settings.DEFAULT_ADMIN_PASSWORD;
        Answer answer = send(
                "GET",
                "/service/token?service=harbor-registry&scope=repository:library/rehearsal:pull,push",
                "Basic " + Base64.getEncoder().encodeToString(administrator.getBytes(StandardCharsets.UTF_8)),
                null,
                null);
        return Json.mapper().readTree(answer.body()).get("token").stringValue();
    }

    /** Pushes a text, and describes it as manifests do. */
    private String pushBlob(String token, String text) throws IOException {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        String location = send("POST", REPOSITORY + "/blobs/uploads/", token, null, new byte[0])
                .location();
        send("PUT", location + "?digest=" + digest(text), token, "application/octet-stream", content);
        return "\"digest\":\"%s\",\"size\":%d".formatted(digest(text), content.length);
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private record Answer(String location, byte[] body) {}

    private Answer send(
            String method, String path, @Nullable String authorization, @Nullable String type, byte @Nullable [] body)
            throws IOException {
        HttpURLConnection request =
                (HttpURLConnection) server.resolve(path).toURL().openConnection();
        request.setRequestMethod(method);
        if (authorization != null) {
            request.setRequestProperty("Authorization", authorization);
        }
        if (type != null) {
            request.setRequestProperty("Content-Type", type);
        }
        if (body != null) {
            request.setDoOutput(true);
            request.setFixedLengthStreamingMode(body.length);
            try (OutputStream out = request.getOutputStream()) {
                out.write(body);
            }
        }
        try (InputStream in = request.getInputStream()) {
            byte[] answer = in.readAllBytes();
            String location = request.getHeaderField("Location");
            return new Answer(location == null ? "" : location, answer);
        }
    }
}

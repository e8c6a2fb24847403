package dev.breakwater.bench.console;

import dev.breakwater.bench.target.Target;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** What has to come by the APIs before the database is filled: a webhook, and an image of one layer. */
final class Seed {

    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String BYTES = "application/octet-stream";
    private static final String REPOSITORY = "/v2/library/hello/";

    private Seed() {}

    static void plant(Target target) throws IOException {
        String bearer = "Bearer " + target.key();
        String basic =
                "Basic " + Base64.getEncoder().encodeToString("admin:Harbor12345".getBytes(StandardCharsets.UTF_8));
        byte[] layer = bytes("a layer");
        byte[] config = bytes("""
                {"os":"linux","architecture":"amd64","created":"2026-05-25T12:00:00Z","config":{"Cmd":["/server"]},\
                "rootfs":{"type":"layers","diff_ids":["sha256:%s"]},\
                "history":[{"created":"2026-05-25T12:00:00Z","created_by":"COPY server /"}]}""".formatted(sha256(layer)));
        byte[] manifest = bytes("""
                {"schemaVersion":2,"mediaType":"%s",\
                "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"sha256:%s","size":%d},\
                "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"sha256:%s","size":%d}]}""".formatted(MANIFEST, sha256(config), config.length, sha256(layer), layer.length));
        try (HttpClient http = HttpClient.newHttpClient()) {
            send(http, target, "POST", "/v1/webhooks", bearer, "application/json", bytes("""
                    {"workspace_id":"%s","url":"http://127.0.0.1:9/hook","events":["none.*"]}""".formatted(
                            target.workspace())));
            for (byte[] blob : new byte[][] {layer, config}) {
                send(
                        http,
                        target,
                        "POST",
                        REPOSITORY + "blobs/uploads/?digest=sha256:" + sha256(blob),
                        basic,
                        BYTES,
                        blob);
            }
            send(http, target, "PUT", REPOSITORY + "manifests/v1", basic, MANIFEST, manifest);
        }
    }

    private static void send(
            HttpClient http, Target target, String method, String path, String credentials, String type, byte[] body)
            throws IOException {
        try {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(target.url().resolve(path))
                            .header("Authorization", credentials)
                            .header("Content-Type", type)
                            .method(method, BodyPublishers.ofByteArray(body))
                            .build(),
                    BodyHandlers.ofString());
            if (answer.statusCode() != 201) {
                throw new IOException(path + " was answered with " + answer.statusCode() + ": " + answer.body());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}

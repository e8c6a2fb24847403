package dev.breakwater.acceptance.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** The distribution API as clients of container registries speak it. */
final class Distribution {

    static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
    static final String OCI_CONFIG = "application/vnd.oci.image.config.v1+json";
    static final String DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
    static final String DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";
    static final String LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";

    private final TestServer server;
    private final ClassicApi api;

    Distribution(TestServer server) {
        this.server = server;
        api = new ClassicApi(server);
    }

    /** Where projects, users and members are made. */
    ClassicApi api() {
        return api;
    }

    /** The folder in which the server keeps everything. */
    Path data() {
        return Path.of(Objects.requireNonNull(server.settings().get("data.dir")));
    }

    /** Nobody in particular, without a token. */
    Client anonymous() {
        return server.client();
    }

    /** The administrator, who sends name and password with every request. */
    Client admin() {
        return api.admin();
    }

    /** The name of a repository that nobody else uses, in a private project of the administrator. */
    String newRepository() {
        return newRepository(false);
    }

    /** The name of a repository that nobody else uses, in a new project of the administrator. */
    String newRepository(boolean isPublic) {
        String project = ClassicApi.fresh("dist");
        api.newProject(api.admin(), project, isPublic);
        return project + "/app";
    }

    /** The token that somebody gets for some scopes. */
    static String token(Client caller, String... scopes) {
        String query = Arrays.stream(scopes)
                .map(scope -> "&scope=" + URLEncoder.encode(scope, StandardCharsets.UTF_8))
                .collect(Collectors.joining());
        return caller.get("/service/token?service=harbor-registry" + query)
                .expect(200)
                .string("token");
    }

    /** Somebody with a token for some scopes. */
    Client bearer(Client caller, String... scopes) {
        return server.client().bearer(token(caller, scopes));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Bytes that no other call gives. */
    static byte[] noise(int size) {
        byte[] content = new byte[size];
        new SplittableRandom().nextBytes(content);
        return content;
    }

    static String sha256(byte[] content) {
        return "sha256:" + hex("SHA-256", content);
    }

    static String sha512(byte[] content) {
        return "sha512:" + hex("SHA-512", content);
    }

    private static String hex(String algorithm, byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends bytes of no particular type. */
    static Reply send(Client caller, String method, String target, byte[] content) {
        return caller.with("Content-Type", "application/octet-stream").send(method, target, content);
    }

    /** Begins an upload and returns its location. */
    static String begin(Client caller, String repository) {
        return caller.send("POST", "/v2/" + repository + "/blobs/uploads/")
                .expect(202)
                .header("Location")
                .orElseThrow();
    }

    /** Pushes a blob in one request and returns its digest. */
    static String pushBlob(Client caller, String repository, byte[] content) {
        String digest = sha256(content);
        send(caller, "POST", "/v2/" + repository + "/blobs/uploads/?digest=" + digest, content)
                .expect(201);
        return digest;
    }

    /** Pushes a manifest. */
    static Reply pushManifest(Client caller, String repository, String reference, String type, byte[] manifest) {
        return caller.with("Content-Type", type).send("PUT", "/v2/" + repository + "/manifests/" + reference, manifest);
    }

    /** A descriptor as manifests hold it. */
    static String descriptor(String type, byte[] content) {
        return descriptor(type, sha256(content), content.length);
    }

    static String descriptor(String type, String digest, long size) {
        return """
                {"mediaType":"%s","digest":"%s","size":%d}""".formatted(type, digest, size);
    }

    /** A manifest of an image; {@code more} are further members, each with a comma before it. */
    static byte[] image(String configType, byte[] config, List<byte[]> layers, String more) {
        return bytes("""
                {"schemaVersion":2,"mediaType":"%s","config":%s,"layers":[%s]%s}""".formatted(
                        OCI_MANIFEST,
                        descriptor(configType, config),
                        layers.stream().map(layer -> descriptor(LAYER, layer)).collect(Collectors.joining(",")),
                        more));
    }

    /** An index of manifests; {@code more} are further members, each with a comma before it. */
    static byte[] index(List<byte[]> manifests, String more) {
        return bytes("""
                {"schemaVersion":2,"mediaType":"%s","manifests":[%s]%s}""".formatted(
                        OCI_INDEX,
                        manifests.stream()
                                .map(manifest -> descriptor(OCI_MANIFEST, manifest))
                                .collect(Collectors.joining(",")),
                        more));
    }

    /** Pushes the parts of an image of one small layer, and returns its manifest, which is not pushed. */
    static byte[] pushParts(Client caller, String repository, String more) {
        byte[] config = bytes("{\"architecture\":\"amd64\",\"os\":\"linux\",\"n\":\"" + sha256(noise(8)) + "\"}");
        byte[] layer = noise(100);
        pushBlob(caller, repository, config);
        pushBlob(caller, repository, layer);
        return image(OCI_CONFIG, config, List.of(layer), more);
    }

    /** Pushes a small image that is like no other, and returns its manifest. */
    static byte[] pushImage(Client caller, String repository, String tag) {
        byte[] manifest = pushParts(caller, repository, "");
        pushManifest(caller, repository, tag, OCI_MANIFEST, manifest).expect(201);
        return manifest;
    }

    /** The failure has this status and this code, once. */
    static void expectError(Reply reply, int status, String code) {
        reply.expect(status);
        assertThat(reply.header("Content-Type")).contains("application/json; charset=utf-8");
        assertThat(reply.json()
                        .get("errors")
                        .valueStream()
                        .map(error -> error.get("code").asString()))
                .as(reply.text())
                .containsExactly(code);
    }
}

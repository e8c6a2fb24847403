package dev.breakwater.bench.registry;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * An image of one layer that nobody else has: its bytes follow from its number.
 *
 * @param number which image
 * @param layer the bytes of its layer
 */
record Image(long number, byte[] layer) {

    static final String MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json";

    /** The image of this number, with a layer of {@code size} bytes. */
    static Image of(long number, int size) {
        byte[] layer = new byte[size];
        new SplittableRandom(number).nextBytes(layer);
        return new Image(number, layer);
    }

    private byte[] config() {
        return "{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"%s\"]}}"
                .formatted(digest(layer))
                .getBytes(StandardCharsets.UTF_8);
    }

    private byte[] manifest(byte[] config) {
        return String.format(
                        Locale.ROOT,
                        "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":{\"mediaType\":\"application/vnd.oci.image.config.v1+json\","
                                + "\"digest\":\"%s\",\"size\":%d},\"layers\":[{\"mediaType\":"
                                + "\"application/vnd.oci.image.layer.v1.tar\",\"digest\":\"%s\",\"size\":%d}]}",
                        MANIFEST_TYPE,
                        digest(config),
                        config.length,
                        digest(layer),
                        layer.length)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Pushes layer, configuration and manifest, as clients do: each blob by POST and PUT, then the manifest. */
    void push(Connection connection, String repository, String tag) throws IOException {
        byte[] config = config();
        pushBlob(connection, repository, layer);
        pushBlob(connection, repository, config);
        require(
                connection.send("PUT", "/v2/" + repository + "/manifests/" + tag, MANIFEST_TYPE, manifest(config)),
                201);
    }

    /** Pushes one blob by POST and PUT, and gives its digest. */
    static String pushBlob(Connection connection, String repository, byte[] bytes) throws IOException {
        String digest = digest(bytes);
        String location =
                path(require(connection.send("POST", "/v2/" + repository + "/blobs/uploads/", "", new byte[0]), 202)
                        .location());
        require(
                connection.send(
                        "PUT",
                        location + (location.indexOf('?') < 0 ? "?" : "&") + "digest=" + digest,
                        "application/octet-stream",
                        bytes),
                201);
        return digest;
    }

    /** Pushes a manifest that only an annotation tells apart from others; its blobs are those of {@code Image.of(3, 1024)}. */
    static void pushAnnotated(Connection connection, String repository, String name) throws IOException {
        Image shared = Image.of(3, 1024);
        String plain = new String(shared.manifest(shared.config()), StandardCharsets.UTF_8);
        String annotated = plain.substring(0, plain.length() - 1) + ",\"annotations\":{\"name\":\"" + name + "\"}}";
        require(
                connection.send(
                        "PUT",
                        "/v2/" + repository + "/manifests/" + digest(annotated.getBytes(StandardCharsets.UTF_8)),
                        MANIFEST_TYPE,
                        annotated.getBytes(StandardCharsets.UTF_8)),
                201);
    }

    /** Pushes {@code size} bytes that are made on the way, and gives their number. */
    static long pushLarge(Connection connection, String repository, int size, long seed) throws IOException {
        byte[] block = new byte[64 * 1024];
        new SplittableRandom(seed).nextBytes(block);
        int blocks = size / block.length;
        MessageDigest computation = sha256();
        for (int i = 0; i < blocks; i++) {
            computation.update(block);
        }
        String digest = "sha256:" + HexFormat.of().formatHex(computation.digest());
        String location =
                path(require(connection.send("POST", "/v2/" + repository + "/blobs/uploads/", "", new byte[0]), 202)
                        .location());
        long length = (long) blocks * block.length;
        require(
                connection.send(
                        "PUT",
                        location + (location.indexOf('?') < 0 ? "?" : "&") + "digest=" + digest,
                        "application/octet-stream",
                        length,
                        out -> {
                            for (int i = 0; i < blocks; i++) {
                                out.write(block);
                            }
                        }),
                201);
        return length;
    }

    private static String path(String location) {
        int scheme = location.indexOf("://");
        return scheme < 0 ? location : location.substring(location.indexOf('/', scheme + 3));
    }

    static Connection.Answer require(Connection.Answer answer, int status) throws IOException {
        if (answer.status() != status) {
            throw new IOException("The answer was %d and not %d.".formatted(answer.status(), status));
        }
        return answer;
    }

    static String digest(byte[] bytes) {
        return "sha256:" + HexFormat.of().formatHex(sha256().digest(bytes));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}

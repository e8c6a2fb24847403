package dev.breakwater.acceptance.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** A repository of the project that every installation has, as its administrator pushes to it and pulls from it. */
final class Repository {

    static final String IMAGE = "application/vnd.oci.image.manifest.v1+json";
    static final String INDEX = "application/vnd.oci.image.index.v1+json";

    private final Client administrator;
    private final String name;

    private Repository(Client administrator, String name) {
        this.administrator = administrator;
        this.name = name;
    }

    static Repository of(TestServer server, String repository) {
        String credentials = Base64.getEncoder().encodeToString("admin:Harbor12345".getBytes(StandardCharsets.UTF_8));
        return new Repository(server.client().with("Authorization", "Basic " + credentials), "library/" + repository);
    }

    /** The digest of content by an algorithm, {@code sha256} or {@code sha512}. */
    static String digest(String algorithm, byte[] content) {
        try {
            String name = algorithm.equals("sha256") ? "SHA-256" : "SHA-512";
            return algorithm + ":"
                    + HexFormat.of().formatHex(MessageDigest.getInstance(name).digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    String name() {
        return name;
    }

    /** The address of something in this repository. */
    String path(String rest) {
        return "/v2/" + name + "/" + rest;
    }

    Reply get(String rest) {
        return administrator.get(path(rest));
    }

    Reply get(String rest, String header, String value) {
        return administrator.with(header, value).get(path(rest));
    }

    Reply head(String rest) {
        return administrator.send("HEAD", path(rest));
    }

    Reply delete(String rest) {
        return administrator.delete(path(rest));
    }

    /** Starts an upload and returns its location. */
    String startUpload() {
        Reply started = administrator.send("POST", path("blobs/uploads/")).expect(202);
        assertThat(started.header("Docker-Upload-UUID")).isPresent();
        return location(started);
    }

    Reply post(String query, byte[] content) {
        return bytes().send("POST", path("blobs/uploads/" + query), content);
    }

    /** Sends a piece of an upload; {@code from} is where it begins, or -1 to leave that to the server. */
    Reply patch(String location, byte[] piece, int from) {
        return ranged(piece, from).send("PATCH", location, piece);
    }

    /** Sends a piece of unknown length. */
    Reply stream(String location, byte[] piece) {
        return bytes().stream("PATCH", location, piece);
    }

    /** Finishes an upload. */
    Reply put(String location, String digest, byte[] rest, int from) {
        return ranged(rest, from).send("PUT", location + "?digest=" + digest, rest);
    }

    Reply state(String location) {
        return administrator.get(location);
    }

    Reply cancel(String location) {
        return administrator.delete(location);
    }

    static String location(Reply reply) {
        return reply.header("Location").orElseThrow();
    }

    private Client ranged(byte[] piece, int from) {
        return from < 0 ? bytes() : bytes().with("Content-Range", from + "-" + (from + piece.length - 1));
    }

    private Client bytes() {
        return administrator.with("Content-Type", "application/octet-stream");
    }

    /** Pushes a blob that has to be accepted, and returns its digest. */
    String blob(String algorithm, byte[] content) {
        String digest = digest(algorithm, content);
        Reply pushed = post("?digest=" + digest, content).expect(201);
        assertThat(location(pushed)).isEqualTo(path("blobs/" + digest));
        assertThat(pushed.header("Docker-Content-Digest")).contains(digest);
        return digest;
    }

    Reply putManifest(String reference, String mediaType, byte[] content) {
        return administrator.with("Content-Type", mediaType).send("PUT", path("manifests/" + reference), content);
    }

    /** The tags of this repository. */
    List<String> tags(String query) {
        return get("tags/list" + query)
                .expect(200)
                .json()
                .get("tags")
                .valueStream()
                .map(tag -> tag.asString())
                .toList();
    }
}

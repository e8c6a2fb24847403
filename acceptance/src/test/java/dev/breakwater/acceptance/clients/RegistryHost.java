package dev.breakwater.acceptance.clients;

import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.Tool;
import dev.breakwater.acceptance.images.Descriptor;
import dev.breakwater.acceptance.images.Layer;
import dev.breakwater.acceptance.images.OciLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/**
 * A server's registry as its clients address it, by host and port, and a folder in which they keep their credentials.
 * Images are in the project {@code library}, which every installation has and everybody may read.
 */
record RegistryHost(TestServer server, Path home) {

    static final String USER = "admin";
    static final String PASSWORD = "Harbor12345";

    /** A client with credentials of its own in the folder; the test is skipped where it is not installed. */
    Tool client(String program) {
        return Tool.named(program).home(home).assumeInstalled();
    }

    /** Host and port. */
    String name() {
        return server.url().getAuthority();
    }

    /** An image, given by repository and tag or digest, such as {@code pier:1.0}. */
    String image(String repositoryAndReference) {
        return name() + "/library/" + repositoryAndReference;
    }

    /** The same as skopeo, podman and buildah name it. */
    String docker(String repositoryAndReference) {
        return "docker://" + image(repositoryAndReference);
    }

    /** The administrator, calling the server directly. */
    Client administrator() {
        String credentials = USER + ":" + PASSWORD;
        return server.client()
                .with(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
    }

    /** The types of what is attached to an image, as the present-day API tells them. */
    List<String> accessories(String repository, String image) {
        String digest = image.substring(image.indexOf('@') + 1);
        return administrator()
                .get("/api/v2.0/projects/library/repositories/" + repository + "/artifacts/" + digest + "/accessories")
                .expect(200)
                .json()
                .valueStream()
                .map(accessory -> accessory.get("type").asString())
                .toList();
    }

    /** Pushes an image of these layers as tag {@code 1} without the help of any client, and names it by digest. */
    String push(String repository, Layer... layers) {
        OciLayout made = OciLayout.in(home.resolve("made-" + repository));
        Descriptor image = made.image(layers);
        for (String digest : made.digests()) {
            if (!digest.equals(image.digest())) {
                administrator()
                        .with("Content-Type", "application/octet-stream")
                        .send(
                                "POST",
                                "/v2/library/" + repository + "/blobs/uploads/?digest=" + digest,
                                made.bytes(digest))
                        .expect(201);
            }
        }
        administrator()
                .with("Content-Type", image.mediaType())
                .send("PUT", "/v2/library/" + repository + "/manifests/1", made.bytes(image.digest()))
                .expect(201);
        return image(repository + "@" + image.digest());
    }
}

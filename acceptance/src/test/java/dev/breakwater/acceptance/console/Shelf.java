package dev.breakwater.acceptance.console;

import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.images.OciLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Pushes all of a layout into a repository by the distribution API, the parts before what they are parts of. */
final class Shelf {

    private Shelf() {}

    static void push(Client caller, String repository, OciLayout layout) {
        List<String> images = new ArrayList<>();
        List<String> indexes = new ArrayList<>();
        for (String digest : layout.digests()) {
            switch (type(layout.bytes(digest))) {
                case OciLayout.MANIFEST -> images.add(digest);
                case OciLayout.INDEX -> indexes.add(digest);
                default ->
                    caller.with("Content-Type", "application/octet-stream")
                            .send(
                                    "POST",
                                    "/v2/" + repository + "/blobs/uploads/?digest=" + digest,
                                    layout.bytes(digest))
                            .expect(201);
            }
        }
        images.forEach(digest -> put(caller, repository, digest, OciLayout.MANIFEST, layout.bytes(digest)));
        indexes.forEach(digest -> put(caller, repository, digest, OciLayout.INDEX, layout.bytes(digest)));
        layout.references().forEach((tag, manifest) -> {
            byte[] content = layout.bytes(manifest.digest());
            put(caller, repository, tag, type(content), content);
        });
    }

    private static void put(Client caller, String repository, String reference, String type, byte[] content) {
        caller.with("Content-Type", type)
                .send("PUT", "/v2/" + repository + "/manifests/" + reference, content)
                .expect(201);
    }

    private static String type(byte[] content) {
        String text = new String(content, StandardCharsets.UTF_8);
        for (String type : List.of(OciLayout.MANIFEST, OciLayout.INDEX)) {
            if (text.startsWith("{\"schemaVersion\":2,\"mediaType\":\"" + type + "\"")) {
                return type;
            }
        }
        return "";
    }
}

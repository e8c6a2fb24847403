package dev.breakwater.acceptance.images;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Names content of a registry: media type, digest, size in bytes; in an index also the platform, as os/architecture. */
public record Descriptor(
        String mediaType, String digest, long size, Optional<String> platform, Map<String, String> annotations) {

    static Descriptor of(String mediaType, byte[] content) {
        return new Descriptor(mediaType, Content.sha256(content), content.length, Optional.empty(), Map.of());
    }

    Descriptor annotated(Map<String, String> more) {
        return new Descriptor(mediaType, digest, size, platform, more);
    }

    Descriptor on(String osAndArchitecture) {
        return new Descriptor(mediaType, digest, size, Optional.of(osAndArchitecture), annotations);
    }

    /** Its form in a manifest. */
    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("mediaType", mediaType).put("digest", digest).put("size", size);
        platform.ifPresent(value -> {
            int slash = value.indexOf('/');
            json.putObject("platform")
                    .put("architecture", value.substring(slash + 1))
                    .put("os", value.substring(0, slash));
        });
        if (!annotations.isEmpty()) {
            ObjectNode node = json.putObject("annotations");
            new TreeMap<>(annotations).forEach(node::put);
        }
        return json;
    }
}

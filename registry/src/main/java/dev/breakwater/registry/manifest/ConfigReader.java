package dev.breakwater.registry.manifest;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.json.Json;
import dev.breakwater.registry.blob.BlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads what both Harbor APIs show of an artifact from its configuration (registry.md 1.4, 3.7). A configuration may be
 * anything, so one that cannot be read says nothing and is no failure.
 */
final class ConfigReader {

    private static final Logger log = LoggerFactory.getLogger(ConfigReader.class);

    /** What is larger is not looked at; what tells more than this is not kept. */
    private static final int LARGEST = 1 << 20;

    private static final int MOST_KEPT = 128 << 10;
    private static final String NOTHING = "{}";
    private static final Set<String> IMAGES = Set.of(MediaTypes.OCI_CONFIG, MediaTypes.DOCKER_CONFIG);
    private static final List<String> OF_IMAGE =
            List.of("architecture", "os", "author", "created", "docker_version", "config");

    private final BlobStore blobs;

    ConfigReader(BlobStore blobs) {
        this.blobs = blobs;
    }

    /**
     * What a configuration says.
     *
     * @param config what the manifest says of it; null when it has none
     * @param small its bytes, when they came with the row of the blob; null when they lie in the store
     * @return JSON by key, {@code {}} when there is nothing to tell
     */
    String attributes(@Nullable Descriptor config, byte @Nullable [] small) {
        if (config == null || config.size() > LARGEST) {
            return NOTHING;
        }
        boolean image = IMAGES.contains(config.mediaType());
        if (!image && !config.mediaType().equals(MediaTypes.HELM_CONFIG)) {
            return NOTHING;
        }
        try {
            byte[] bytes = small == null ? read(config) : small;
            return bytes.length > LARGEST ? NOTHING : kept(Json.object(bytes), image);
        } catch (BlobStore.NoSuchBlobException | Failure | JacksonException e) {
            return NOTHING;
        } catch (IOException e) {
            log.warn("The configuration {} could not be read", config.digest(), e);
            return NOTHING;
        }
    }

    private byte[] read(Descriptor config) throws IOException {
        try (InputStream in = blobs.open(config.digest())) {
            return in.readNBytes(LARGEST + 1);
        }
    }

    private static String kept(ObjectNode config, boolean image) {
        ObjectNode kept = Json.mapper().createObjectNode();
        for (Map.Entry<String, JsonNode> member : config.properties()) {
            if (!image || OF_IMAGE.contains(member.getKey())) {
                kept.set(member.getKey(), member.getValue());
            }
        }
        String text = kept.toString();
        if (text.length() > MOST_KEPT) {
            kept.remove("config");
            text = kept.toString();
        }
        // The database keeps no zero characters, however they are escaped.
        return text.length() > MOST_KEPT || text.contains("\\u0000") ? NOTHING : text;
    }
}

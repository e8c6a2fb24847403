package dev.breakwater.registry.artifact;

import dev.breakwater.kernel.json.Json;
import dev.breakwater.registry.blob.BlobStore;
import dev.breakwater.registry.blob.BlobStore.DamagedBlobException;
import dev.breakwater.registry.blob.BlobStore.NoSuchBlobException;
import dev.breakwater.registry.blob.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads the configurations that manifests name, as far as they are JSON objects of a sensible size. */
public final class ImageConfigs {

    private static final int LARGEST = 4 << 20;

    private final BlobStore blobs;

    /** Reads from this store. */
    public ImageConfigs(BlobStore blobs) {
        this.blobs = blobs;
    }

    /** The configuration of a manifest; an empty object when there is none that can be read. */
    public ObjectNode of(JsonNode manifest) {
        return Digest.parse(manifest.path("config").path("digest").asString(""))
                .map(this::read)
                .orElseGet(JsonNodeFactory.instance::objectNode);
    }

    private ObjectNode read(Digest digest) {
        try (InputStream in = blobs.open(digest)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            return bytes.length > LARGEST ? JsonNodeFactory.instance.objectNode() : parse(bytes);
        } catch (NoSuchBlobException | DamagedBlobException e) {
            return JsonNodeFactory.instance.objectNode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A JSON object; an empty one when the bytes are anything else. */
    public static ObjectNode parse(byte[] json) {
        try {
            return Json.mapper().readTree(json) instanceof ObjectNode object
                    ? object
                    : JsonNodeFactory.instance.objectNode();
        } catch (JacksonException e) {
            return JsonNodeFactory.instance.objectNode();
        }
    }
}

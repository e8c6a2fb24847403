package dev.breakwater.registry.manifest;

import dev.breakwater.kernel.failure.Failure;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the registry needs to know of a manifest (registry.md 2.2, 2.6). Members that it does not know are passed over.
 *
 * @param mediaType one of those that the registry stores
 * @param artifactType what it says it is; null when it says nothing
 * @param config of an image; null for an index
 * @param layers of an image; empty for an index
 * @param children of an index, in its order; empty for an image
 * @param subject the manifest that it refers to; null for none
 * @param annotations its own
 */
public record ParsedManifest(
        String mediaType,
        @Nullable String artifactType,
        @Nullable Descriptor config,
        List<Descriptor> layers,
        List<Descriptor> children,
        @Nullable Descriptor subject,
        Map<String, String> annotations) {

    /** The most layers of an image. */
    static final int MOST_LAYERS = 40_000;
    /** The most children of an index. */
    static final int MOST_CHILDREN = 1_000;
    /** How deep indexes may lie in each other. */
    static final int DEEPEST = 8;

    /** Immutable copies of the lists. */
    public ParsedManifest {
        layers = List.copyOf(layers);
        children = List.copyOf(children);
        annotations = Map.copyOf(annotations);
    }

    /**
     * Reads a manifest.
     *
     * @param contentType as it was sent, with its parameters; null when none was
     * @throws Failure.Invalid with the code {@code MANIFEST_INVALID} for anything that is no sound manifest
     */
    public static ParsedManifest parse(byte[] content, @Nullable String contentType) {
        return new ManifestReader(content).read(contentType);
    }

    /** Whether it names other manifests. */
    public boolean isIndex() {
        return MediaTypes.isIndex(mediaType);
    }

    /** The blobs that it names, each once. */
    List<String> blobs() {
        return Stream.concat(Stream.ofNullable(config), layers.stream())
                .map(blob -> blob.digest().toString())
                .distinct()
                .sorted()
                .toList();
    }

    /** How large the blobs that it names are, as it says. */
    Map<String, Long> declaredSizes() {
        return Stream.concat(Stream.ofNullable(config), layers.stream())
                .collect(
                        Collectors.toMap(blob -> blob.digest().toString(), Descriptor::size, (first, second) -> first));
    }

    /** The blobs that must be in the repository before it can be pushed, each once, in its order. */
    List<String> requiredBlobs() {
        return Stream.concat(
                        Stream.ofNullable(config),
                        layers.stream().filter(layer -> !layer.elsewhere() && !MediaTypes.isForeign(layer.mediaType())))
                .map(blob -> blob.digest().toString())
                .distinct()
                .toList();
    }

    /** What it says it is, or else the type of its configuration; null for an index that does not say. */
    @Nullable
    String kind() {
        return artifactType != null || config == null ? artifactType : config.mediaType();
    }
}

package dev.breakwater.acceptance.images;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A folder in the OCI image layout, which clients copy from and to, with images made from nothing. Equal calls make
 * equal bytes.
 */
public final class OciLayout {

    /** The media types that are used here. */
    public static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

    public static final String INDEX = "application/vnd.oci.image.index.v1+json";
    public static final String CONFIG = "application/vnd.oci.image.config.v1+json";
    public static final String LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";
    public static final String EMPTY = "application/vnd.oci.empty.v1+json";

    private static final String CREATED = "2024-05-06T07:08:09Z";
    private static final String REFERENCE = "org.opencontainers.image.ref.name";
    private static final JsonMapper JSON = new JsonMapper();

    private final Path folder;
    private final Map<String, Descriptor> references = new LinkedHashMap<>();

    private OciLayout(Path folder) {
        this.folder = folder;
    }

    /** A new layout in a folder that is empty or does not exist yet. */
    public static OciLayout in(Path folder) {
        OciLayout layout = new OciLayout(folder);
        try {
            Files.createDirectories(folder.resolve("blobs").resolve("sha256"));
            Files.writeString(folder.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        layout.writeReferences();
        return layout;
    }

    /** The layout that a client has written into this folder. */
    public static OciLayout read(Path folder) {
        OciLayout layout = new OciLayout(folder);
        JsonNode index = JSON.readTree(folder.resolve("index.json").toFile());
        for (JsonNode entry : index.get("manifests")) {
            String name = entry.path("annotations")
                    .path(REFERENCE)
                    .asString(entry.get("digest").asString());
            layout.references.put(
                    name,
                    new Descriptor(
                            entry.get("mediaType").asString(),
                            entry.get("digest").asString(),
                            entry.get("size").asLong(),
                            Optional.empty(),
                            Map.of()));
        }
        return layout;
    }

    public Path folder() {
        return folder;
    }

    /** How skopeo and others name this layout or one of its references: {@code oci:<folder>:<reference>}. */
    public String at(String reference) {
        return "oci:" + folder + ":" + reference;
    }

    /** Adds any content. */
    public Descriptor blob(String mediaType, byte[] content) {
        Descriptor descriptor = Descriptor.of(mediaType, content);
        try {
            Files.write(place(descriptor.digest()), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return descriptor;
    }

    /** Adds an image for {@code linux/amd64}. */
    public Descriptor image(Layer... layers) {
        return image("linux/amd64", layers);
    }

    /** Adds an image for a platform, given as os/architecture. */
    public Descriptor image(String platform, Layer... layers) {
        ObjectNode manifest = manifest(MANIFEST);
        manifest.set(
                "config", blob(CONFIG, Config.of(platform, CREATED, layers)).json());
        var list = manifest.putArray("layers");
        for (Layer layer : layers) {
            list.add(blob(LAYER, layer.compressed()).json());
        }
        return blob(MANIFEST, bytes(manifest)).on(platform);
    }

    /** Adds an index of manifests that were added before. */
    public Descriptor index(Descriptor... manifests) {
        ObjectNode index = manifest(INDEX);
        var list = index.putArray("manifests");
        for (Descriptor manifest : manifests) {
            list.add(manifest.json());
        }
        return blob(INDEX, bytes(index));
    }

    /** Adds an artifact: one file with a media type of its own. */
    public Descriptor artifact(String artifactType, String fileType, byte[] file) {
        return artifact(artifactType, fileType, file, Optional.empty());
    }

    /** Adds an artifact that refers to a subject. */
    public Descriptor referrer(Descriptor subject, String artifactType, String fileType, byte[] file) {
        return artifact(artifactType, fileType, file, Optional.of(subject));
    }

    private Descriptor artifact(String artifactType, String fileType, byte[] file, Optional<Descriptor> subject) {
        ObjectNode manifest = manifest(MANIFEST);
        manifest.put("artifactType", artifactType);
        manifest.set("config", blob(EMPTY, Content.text("{}")).json());
        manifest.putArray("layers").add(blob(fileType, file).json());
        subject.ifPresent(value -> manifest.set("subject", value.json()));
        return blob(MANIFEST, bytes(manifest));
    }

    /** Names a manifest or index, and returns this layout. */
    public OciLayout tag(String reference, Descriptor manifest) {
        references.put(reference, manifest);
        writeReferences();
        return this;
    }

    /** What has been tagged, by reference; without one, by digest. */
    public Map<String, Descriptor> references() {
        return Map.copyOf(references);
    }

    /** What this reference names. */
    public Descriptor tagged(String reference) {
        Descriptor found = references.get(reference);
        if (found == null) {
            throw new AssertionError(folder + " has no " + reference + " but " + references.keySet());
        }
        return found;
    }

    /** The content of a digest. */
    public byte[] bytes(String digest) {
        try {
            return Files.readAllBytes(place(digest));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The digests of everything in the folder. */
    public Set<String> digests() {
        try (Stream<Path> files = Files.list(folder.resolve("blobs").resolve("sha256"))) {
            return files.map(file -> "sha256:" + file.getFileName()).collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path place(String digest) {
        return folder.resolve("blobs").resolve(digest.replace(':', '/'));
    }

    private static ObjectNode manifest(String mediaType) {
        return JsonNodeFactory.instance.objectNode().put("schemaVersion", 2).put("mediaType", mediaType);
    }

    private static byte[] bytes(ObjectNode json) {
        return JSON.writeValueAsBytes(json);
    }

    private void writeReferences() {
        ObjectNode index = manifest(INDEX);
        var list = index.putArray("manifests");
        references.forEach((reference, manifest) ->
                list.add(manifest.annotated(Map.of(REFERENCE, reference)).json()));
        try {
            Files.write(folder.resolve("index.json"), bytes(index));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

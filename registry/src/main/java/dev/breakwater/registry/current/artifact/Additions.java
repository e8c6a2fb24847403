package dev.breakwater.registry.current.artifact;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.registry.artifact.ImageConfigs;
import dev.breakwater.registry.blob.BlobStore;
import dev.breakwater.registry.blob.Digest;
import dev.breakwater.registry.current.dialect.Shape;
import dev.breakwater.registry.manifest.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What can be told about artifacts of some types beyond what is listed (registry.md 3.3): how an image was built, and
 * the files of a Helm chart that people read.
 */
public final class Additions {

    static final String BUILD_HISTORY = "build_history";
    static final String VALUES = "values.yaml";
    static final String README = "readme.md";
    static final String DEPENDENCIES = "dependencies";

    private static final String CHART_CONTENT = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";

    private final BlobStore blobs;
    private final ImageConfigs configs;

    /** Reads from this store. */
    public Additions(BlobStore blobs) {
        this.blobs = blobs;
        configs = new ImageConfigs(blobs);
    }

    /** The additions of an artifact besides vulnerabilities. */
    static List<String> of(String type, Manifest manifest) {
        return switch (type) {
            case "IMAGE" -> manifest.configType() == null ? List.of() : List.of(BUILD_HISTORY);
            case "CHART" -> List.of(DEPENDENCIES, README, VALUES);
            default -> List.of();
        };
    }

    /** There is no such addition for artifacts of this type. */
    static Failure.Invalid unsupported(String addition, String type) {
        return new Failure.Invalid("addition " + addition + " isn't supported for " + type);
    }

    /**
     * An addition of an artifact.
     *
     * @param content the bytes of its manifest
     */
    Answer read(Manifest manifest, String type, byte[] content, String addition) {
        String name = addition.toLowerCase(Locale.ROOT);
        if (!of(type, manifest).contains(name)) {
            throw unsupported(addition, type);
        }
        JsonNode parsed = ImageConfigs.parse(content);
        return switch (name) {
            case BUILD_HISTORY -> json(configs.of(parsed).path("history"));
            case DEPENDENCIES -> json(configs.of(parsed).path("dependencies"));
            case README -> file(parsed, "README.md", "text/markdown; charset=utf-8", addition);
            default -> file(parsed, VALUES, "text/plain; charset=utf-8", addition);
        };
    }

    private static Answer json(JsonNode value) {
        return Shape.answer(value.isArray() ? value : JsonNodeFactory.instance.arrayNode());
    }

    private Answer file(JsonNode manifest, String name, String contentType, String addition) {
        Optional<Digest> layer = manifest.path("layers")
                .valueStream()
                .filter(candidate -> candidate.path("mediaType").asString("").equals(CHART_CONTENT))
                .findFirst()
                .flatMap(chart -> Digest.parse(chart.path("digest").asString("")));
        if (layer.isEmpty()) {
            throw missing(addition);
        }
        try (InputStream in = blobs.open(layer.get())) {
            byte[] text = ChartArchive.file(in, name).orElseThrow(() -> missing(addition));
            return Answer.of(
                    200, contentType, new String(text, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Failure.NotFound missing(String addition) {
        return new Failure.NotFound("addition " + addition + " not found");
    }
}

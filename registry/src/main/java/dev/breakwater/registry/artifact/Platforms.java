package dev.breakwater.registry.artifact;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The platforms that an index says its manifests are for. */
public final class Platforms {

    private static final String UNKNOWN = "unknown";

    private Platforms() {}

    /** How many manifests of an index are for a platform; those that only describe others are not. */
    public static int count(byte[] index) {
        return (int) ImageConfigs.parse(index)
                .path("manifests")
                .valueStream()
                .filter(each -> !name(each.path("platform")).isEmpty())
                .count();
    }

    /**
     * A platform as command lines spell it, for example {@code linux/arm64/v8}; empty when it is none.
     *
     * @param platform an object with its parts, in an index or a configuration
     */
    public static String name(JsonNode platform) {
        String os = platform.path("os").asString("");
        String architecture = platform.path("architecture").asString("");
        if (os.isEmpty() || os.equals(UNKNOWN) || architecture.equals(UNKNOWN)) {
            return "";
        }
        return Stream.of(os, architecture, platform.path("variant").asString(""))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("/"));
    }

    /** What a manifest of an index is for that is for no platform; empty when it does not say. */
    public static String purpose(JsonNode description) {
        String type = description
                .path("annotations")
                .path("vnd.docker.reference.type")
                .asString("");
        return type.equals("attestation-manifest") ? "attestation" : type;
    }

    /** The descriptions in an index, in its order. */
    public static List<JsonNode> descriptions(JsonNode index) {
        return index.path("manifests").valueStream().toList();
    }
}

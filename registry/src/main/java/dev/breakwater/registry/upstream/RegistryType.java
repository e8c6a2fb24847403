package dev.breakwater.registry.upstream;

import java.util.Arrays;
import java.util.Optional;

/** What kind of registry there is elsewhere (registry.md 3.3). */
public enum RegistryType {
    /** Any that speaks the distribution API and nothing else. */
    DOCKER_REGISTRY("docker-registry"),
    /** Docker Hub, whose API lies on another host than its pages, and whose own images are in {@code library}. */
    DOCKER_HUB("docker-hub"),
    /** Harbor, and this program. */
    HARBOR("harbor");

    private final String label;

    RegistryType(String label) {
        this.label = label;
    }

    /** The name in the API. */
    public String label() {
        return label;
    }

    /** The type with this name. */
    public static Optional<RegistryType> named(String label) {
        return Arrays.stream(values()).filter(type -> type.label.equals(label)).findFirst();
    }
}

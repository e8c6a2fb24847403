package dev.breakwater.registry.manifest;

import java.util.Set;

/** The types of manifests, and those of their parts that the registry treats in a special way (registry.md 2.6). */
public final class MediaTypes {

    public static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    public static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
    public static final String DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
    public static final String DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";
    public static final String OCI_CONFIG = "application/vnd.oci.image.config.v1+json";
    public static final String DOCKER_CONFIG = "application/vnd.docker.container.image.v1+json";
    public static final String HELM_CONFIG = "application/vnd.cncf.helm.config.v1+json";

    private static final Set<String> IMAGES = Set.of(OCI_MANIFEST, DOCKER_MANIFEST);
    private static final Set<String> INDEXES = Set.of(OCI_INDEX, DOCKER_LIST);

    private MediaTypes() {}

    /** Whether it is the type of a manifest with a configuration and layers. */
    static boolean isImage(String type) {
        return IMAGES.contains(type);
    }

    /** Whether it is the type of a manifest that names other manifests. */
    public static boolean isIndex(String type) {
        return INDEXES.contains(type);
    }

    /** Whether layers of this type are kept elsewhere, so that nobody has to push them. */
    static boolean isForeign(String type) {
        return type.contains(".nondistributable.") || type.contains(".foreign.");
    }
}

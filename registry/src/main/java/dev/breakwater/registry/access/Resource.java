package dev.breakwater.registry.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What permissions are about (registry.md 3.2). */
public enum Resource {
    ACCESSORY,
    ARTIFACT,
    ARTIFACT_ADDITION,
    ARTIFACT_LABEL,
    AUDIT_LOG,
    CATALOG,
    CONFIGURATION,
    GARBAGE_COLLECTION,
    IMMUTABLE_TAG,
    LABEL,
    LOG,
    MEMBER,
    METADATA,
    PROJECT,
    PURGE_AUDIT,
    QUOTA,
    REGISTRY,
    REPLICATION,
    REPLICATION_ADAPTER,
    REPLICATION_POLICY,
    REPOSITORY,
    ROBOT,
    SCAN,
    SCANNER,
    SYSTEM_VOLUMES,
    TAG,
    TAG_RETENTION,
    USER;

    private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The name in the API, for example {@code tag-retention}. */
    public String label() {
        return label;
    }

    /** The resource of this name. */
    public static Optional<Resource> named(String label) {
        return Arrays.stream(values())
                .filter(resource -> resource.label.equals(label))
                .findFirst();
    }
}

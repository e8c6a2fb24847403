package dev.breakwater.tenancy.organization;

import java.time.Instant;
import java.util.UUID;

/**
 * An organization: the tenant that owns workspaces, keys and projects.
 *
 * @param id its identity
 * @param identifier its name in addresses, unique in the installation and never changed
 * @param name what people call it
 * @param createdAt when it was made
 */
public record Organization(UUID id, String identifier, String name, Instant createdAt) {

    /** The organization that every installation has. */
    public static final String DEFAULT = "default";
}

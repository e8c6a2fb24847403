package dev.breakwater.tenancy;

import dev.breakwater.kernel.identity.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The organizations of the installation, as far as a caller may know of them. */
public interface Organizations {

    /**
     * An organization.
     *
     * @param id its identity
     * @param identifier its name in addresses, unique and never changed
     * @param name what people call it
     * @param createdAt when it was made
     */
    record Entry(UUID id, String identifier, String name, Instant createdAt) {}

    /** The organizations that a caller sees, {@code default} first, then the newest; at most 500 of them. */
    List<Entry> visibleTo(Principal caller);

    /** These organizations, {@code default} first, then the newest, at most 500; for whoever knows that the caller may know of them. */
    List<Entry> find(Set<UUID> ids);
}

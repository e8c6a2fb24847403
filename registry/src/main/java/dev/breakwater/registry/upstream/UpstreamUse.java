package dev.breakwater.registry.upstream;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Something that may need a registry elsewhere, which then cannot be deleted (registry.md 3.6). */
@FunctionalInterface
public interface UpstreamUse {
    /** What needs it, as the refusal says it, for example {@code replication policies}; empty when nothing does. */
    Optional<String> of(Handle handle, long upstream);
}

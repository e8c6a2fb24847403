package dev.breakwater.registry.manifest;

import dev.breakwater.registry.blob.Digest;
import dev.breakwater.registry.repository.Place;
import dev.breakwater.registry.repository.Terms;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Is told what was pushed or removed, in the same transaction, and may write rows of its own there: an outbox for
 * replication and webhooks, a scan to do. What it throws undoes the push.
 */
public interface ContentListener {

    /** A manifest was pushed. */
    default void pushed(Handle handle, Pushed pushed) {}

    /** Something was removed. */
    default void removed(Handle handle, Removal removal) {}

    /**
     * What was pushed.
     *
     * @param place where it is
     * @param terms that hold there
     * @param manifestId its number
     * @param digest of its bytes
     * @param mediaType of it
     * @param artifactType what it says it is, or the type of its configuration; null when it has neither
     * @param subject the manifest that it refers to; null for none
     * @param tags which point to it since; empty for a push by digest
     * @param username who pushed
     * @param at when
     */
    record Pushed(
            Place place,
            Terms terms,
            long manifestId,
            Digest digest,
            String mediaType,
            @Nullable String artifactType,
            @Nullable Digest subject,
            List<String> tags,
            String username,
            Instant at) {

        /** An immutable copy of the tags. */
        public Pushed {
            tags = List.copyOf(tags);
        }
    }
}

package dev.breakwater.registry.repository;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * On what terms somebody may write to a project at this moment: all that the rules of a push have to know of it, from
 * the one query that finds where the push goes (registry.md 2.4).
 *
 * @param readOnly whether nothing is written to any project
 * @param limit how many bytes the project may use; null for no limit
 * @param mirrors whether the project mirrors another registry
 * @param immutableTags whether it has rules about immutable tags
 * @param replicates whether it is copied elsewhere
 */
public record Terms(
        boolean readOnly, @Nullable Long limit, boolean mirrors, boolean immutableTags, boolean replicates) {

    /** How many bytes the project may use; empty for no limit. */
    public OptionalLong storageLimit() {
        return limit == null ? OptionalLong.empty() : OptionalLong.of(limit);
    }
}

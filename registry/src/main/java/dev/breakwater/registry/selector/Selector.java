package dev.breakwater.registry.selector;

import java.util.Collection;

/**
 * Chooses names by a pattern, or all others (registry.md 3.3, 3.7).
 *
 * @param kind always {@code doublestar}
 * @param decoration {@code matches} or {@code excludes} for tags, {@code repoMatches} or {@code repoExcludes} for
 *     repositories
 * @param pattern see {@link Glob}
 * @param extras as it was written, a JSON object in a text; may be empty
 * @param untagged whether an artifact without a tag is chosen
 */
public record Selector(String kind, String decoration, String pattern, String extras, boolean untagged) {

    /** The only kind of pattern. */
    public static final String DOUBLESTAR = "doublestar";

    private static final String EXCLUDES = "excludes";
    private static final String REPO_EXCLUDES = "repoExcludes";

    /** Whether a name is chosen. */
    public boolean chooses(String name) {
        boolean excludes = decoration.equals(EXCLUDES) || decoration.equals(REPO_EXCLUDES);
        return Glob.parse(pattern).matches(name) != excludes;
    }

    /** Whether an artifact with these tags is chosen. */
    public boolean choosesTagged(Collection<String> tags) {
        return tags.isEmpty() ? untagged : tags.stream().anyMatch(this::chooses);
    }
}

package dev.breakwater.registry;

import java.util.List;

/**
 * Which tags of which repositories a rule of a project means, as people write it (registry.md 3.3).
 *
 * @param repositories the pattern of their names without the project
 * @param allButRepositories whether all repositories are meant that do not fit
 * @param tags the pattern of the tags
 * @param allButTags whether all tags are meant that do not fit
 * @param untagged whether artifacts without a tag are meant too
 */
public record TagPattern(
        String repositories, boolean allButRepositories, String tags, boolean allButTags, boolean untagged) {

    /** What stands for everything. */
    public static final String EVERYTHING = "**";

    /** Everything there is. */
    public static final TagPattern ALL = new TagPattern(EVERYTHING, false, EVERYTHING, false, true);

    /**
     * The tags that a pattern means at the moment.
     *
     * @param tags some of them, as {@code repository:tag} without the project
     * @param count how many there are among those that were looked at
     * @param complete whether all tags of the project were looked at
     */
    public record Matches(List<String> tags, long count, boolean complete) {

        /** An immutable copy. */
        public Matches {
            tags = List.copyOf(tags);
        }
    }
}

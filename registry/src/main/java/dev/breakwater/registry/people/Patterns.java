package dev.breakwater.registry.people;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.registry.TagPattern;
import dev.breakwater.registry.selector.Glob;
import dev.breakwater.registry.selector.Selection;
import dev.breakwater.registry.selector.Selector;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Turns what people write into selections of rules, and selections into what people read. */
final class Patterns {

    private static final String MATCHES = "matches";
    private static final String EXCLUDES = "excludes";
    private static final String REPO_MATCHES = "repoMatches";
    private static final String REPO_EXCLUDES = "repoExcludes";

    private Patterns() {}

    /**
     * What a pattern selects.
     *
     * @throws Failure.Invalid naming the field that is wrong, {@code repositories} or {@code tags}
     */
    static Selection selection(TagPattern pattern) {
        check("repositories", pattern.repositories());
        check("tags", pattern.tags());
        return new Selection(
                List.of(new Selector(
                        Selector.DOUBLESTAR,
                        pattern.allButTags() ? EXCLUDES : MATCHES,
                        pattern.tags(),
                        "{\"untagged\":%b}".formatted(pattern.untagged()),
                        pattern.untagged())),
                List.of(new Selector(
                        Selector.DOUBLESTAR,
                        pattern.allButRepositories() ? REPO_EXCLUDES : REPO_MATCHES,
                        pattern.repositories(),
                        "",
                        false)));
    }

    private static void check(String field, String pattern) {
        if (pattern.isEmpty()) {
            throw new Failure.Invalid(field, "Write a pattern; ** stands for all.");
        }
        try {
            Glob.parse(pattern);
        } catch (IllegalArgumentException e) {
            throw new Failure.Invalid(field, "This is no pattern: %s.".formatted(e.getMessage()));
        }
    }

    /** The pattern of a selection; empty when it has more than one selector of a kind. */
    static Optional<TagPattern> pattern(Selection selection) {
        if (selection.tags().size() > 1 || selection.repositories().size() > 1) {
            return Optional.empty();
        }
        Optional<Selector> repositories = selection.repositories().stream().findFirst();
        Optional<Selector> tags = selection.tags().stream().findFirst();
        return Optional.of(new TagPattern(
                repositories.map(Selector::pattern).orElse(TagPattern.EVERYTHING),
                repositories
                        .filter(each -> each.decoration().equals(REPO_EXCLUDES))
                        .isPresent(),
                tags.map(Selector::pattern).orElse(TagPattern.EVERYTHING),
                tags.filter(each -> each.decoration().equals(EXCLUDES)).isPresent(),
                tags.map(Selector::untagged).orElse(true)));
    }

    /** Which repositories a selection means, as a sentence goes on: {@code  matching team/**}; empty for all. */
    static String ofRepositories(Selection selection) {
        return isEverything(selection.repositories(), REPO_MATCHES)
                ? ""
                : " " + words(selection.repositories(), REPO_EXCLUDES);
    }

    /** Which tags a selection means, as a sentence goes on: {@code  matching v*}; empty for all. */
    static String ofTags(Selection selection) {
        return isEverything(selection.tags(), MATCHES) ? "" : " " + words(selection.tags(), EXCLUDES);
    }

    /** Which artifacts a selection means, as a sentence goes on: {@code  with tags matching v*}; empty for all. */
    static String ofArtifacts(Selection selection) {
        boolean untagged = selection.tags().stream().allMatch(Selector::untagged);
        if (isEverything(selection.tags(), MATCHES)) {
            return untagged ? "" : " with a tag";
        }
        return " with tags%s%s".formatted(ofTags(selection), untagged ? " or without a tag" : "");
    }

    private static boolean isEverything(List<Selector> selectors, String matching) {
        return selectors.stream()
                .allMatch(each ->
                        each.decoration().equals(matching) && each.pattern().equals(TagPattern.EVERYTHING));
    }

    private static String words(List<Selector> selectors, String excluding) {
        return selectors.stream()
                .map(each -> (each.decoration().equals(excluding) ? "not matching " : "matching ") + each.pattern())
                .collect(Collectors.joining(" and "));
    }
}

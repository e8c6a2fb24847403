package dev.breakwater.registry;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.identity.Principal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The rules that keep tags of a project from being moved or removed, for people (registry.md 3.3, 3.4). Projects are
 * looked for in one organization only. Changes are audited.
 */
public interface ImmutableTagRules {

    /**
     * A rule.
     *
     * @param id its number
     * @param disabled whether it is out of force
     * @param pattern what it means; empty when it has more patterns than one of a kind, which only the API can change
     * @param words what it means, in words
     */
    record Entry(long id, boolean disabled, Optional<TagPattern> pattern, String words) {}

    /**
     * What a caller sees.
     *
     * @param rules in the order in which they were made
     * @param mayAdd whether the caller may add rules
     * @param mayChange whether the caller may change them
     * @param mayDelete whether the caller may delete them
     */
    record Listing(List<Entry> rules, boolean mayAdd, boolean mayChange, boolean mayDelete) {

        /** An immutable copy. */
        public Listing {
            rules = List.copyOf(rules);
        }
    }

    /**
     * The rules of a project.
     *
     * @throws Failure.NotFound when there is no such project for this caller
     * @throws Failure.Forbidden when the caller may not see its rules
     */
    Listing list(Principal caller, UUID organization, String project);

    /**
     * The tags that a pattern means at the moment.
     *
     * @throws Failure.Invalid naming the field that is wrong, {@code repositories} or {@code tags}
     */
    TagPattern.Matches matches(Principal caller, UUID organization, String project, TagPattern pattern);

    /**
     * The tags that a rule means at the moment, be it in force or not.
     *
     * @throws Failure.NotFound when there is no such rule
     */
    TagPattern.Matches matches(Principal caller, UUID organization, String project, long rule);

    /**
     * Adds a rule.
     *
     * @throws Failure.Invalid naming the field that is wrong, {@code repositories} or {@code tags}
     */
    void add(Call call, UUID organization, String project, TagPattern pattern);

    /**
     * Gives a rule another pattern.
     *
     * @throws Failure.Invalid naming the field that is wrong
     * @throws Failure.NotFound when there is no such rule
     */
    void change(Call call, UUID organization, String project, long rule, TagPattern pattern);

    /**
     * Puts a rule into or out of force.
     *
     * @throws Failure.NotFound when there is no such rule
     */
    void setDisabled(Call call, UUID organization, String project, long rule, boolean disabled);

    /**
     * Deletes a rule.
     *
     * @throws Failure.NotFound when there is no such rule
     */
    void delete(Call call, UUID organization, String project, long rule);
}

package dev.breakwater.registry.immutability;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.manifest.ManifestPush;
import dev.breakwater.registry.manifest.PushRule;
import dev.breakwater.registry.manifest.Removal;
import dev.breakwater.registry.manifest.RemovalRule;
import dev.breakwater.registry.project.Project;
import dev.breakwater.registry.project.ProjectParts;
import dev.breakwater.registry.repository.Place;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Keeps the rules of projects about tags that may neither be moved nor removed, and sees to it that they hold
 * (registry.md 2.2, 2.4, 3.3). A tag is immutable from the moment it exists; the same manifest may be pushed to it
 * again.
 */
public final class ImmutableRules implements PushRule, RemovalRule, ProjectParts {

    private final TimeSource time;

    /** Rules get their times from this clock. */
    public ImmutableRules(TimeSource time) {
        this.time = time;
    }

    /** All rules of a project, in the order of their numbers. */
    public List<ImmutableRule> list(Handle handle, Project project) {
        return ImmutableRuleStore.list(handle, project.id());
    }

    /** A rule of a project. */
    public Optional<ImmutableRule> find(Handle handle, Project project, long id) {
        return ImmutableRuleStore.find(handle, project.id(), id);
    }

    /** Adds a rule and gives its number; that in the rule does not count. */
    public long create(Handle handle, ImmutableRule rule) {
        return ImmutableRuleStore.insert(handle, rule, time.instant());
    }

    /** Puts a rule in the place of the one with its number. */
    public void update(Handle handle, ImmutableRule rule) {
        ImmutableRuleStore.update(handle, rule);
    }

    /** Removes a rule. */
    public void delete(Handle handle, Project project, long id) {
        ImmutableRuleStore.delete(handle, project.id(), id);
    }

    /**
     * Looks at the tags of a project, repository by repository, and tells whether these were all.
     *
     * @param most how many to look at at most
     * @param visitor hears the name of a repository without the project, and a tag
     */
    public boolean forEachTag(Handle handle, Project project, int most, BiConsumer<String, String> visitor) {
        List<ImmutableRuleStore.Tagged> found = ImmutableRuleStore.tags(handle, project.id(), most + 1);
        found.stream()
                .limit(most)
                .forEach(each -> visitor.accept(
                        each.repository().substring(each.repository().indexOf('/') + 1), each.tag()));
        return found.size() <= most;
    }

    @Override
    public void deleted(Handle handle, Project project) {
        ImmutableRuleStore.deleteAll(handle, project.id());
    }

    /**
     * Those of some tags that are immutable.
     *
     * @param repository the whole name
     */
    public Set<String> among(Handle handle, Project project, String repository, Collection<String> tags) {
        if (tags.isEmpty()) {
            return Set.of();
        }
        String name = repository.substring(repository.indexOf('/') + 1);
        List<ImmutableRule> rules = ImmutableRuleStore.inForce(handle, project.id()).stream()
                .filter(rule -> rule.selection().choosesRepository(name))
                .toList();
        return tags.stream()
                .filter(tag -> rules.stream().anyMatch(rule -> rule.selection().choosesTag(tag)))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void checkManifest(Handle handle, ManifestPush push) {
        if (!push.terms().immutableTags()) {
            return;
        }
        Place place = push.place();
        Set<String> immutable = among(handle, place.project(), place.name(), push.tags());
        if (!immutable.isEmpty()) {
            ImmutableRuleStore.pointingElsewhere(
                            handle,
                            place.repositoryId(),
                            List.copyOf(immutable),
                            push.digest().toString())
                    .forEach(tag -> refuse(place, tag));
        }
    }

    @Override
    public void check(Handle handle, Removal removal) {
        Place place = removal.place();
        among(
                        handle,
                        place.project(),
                        place.name(),
                        removal.tags().stream().map(Removal.Target::tag).toList())
                .stream()
                .sorted()
                .forEach(tag -> refuse(place, tag));
    }

    private static void refuse(Place place, String tag) {
        throw new Failure.Precondition(
                "PRECONDITION",
                "Failed to process request due to '%s:%s' configured as immutable.".formatted(place.name(), tag));
    }
}

package dev.breakwater.registry.manifest;

import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.activity.Activity;
import dev.breakwater.registry.activity.ActivityStore;
import dev.breakwater.registry.blob.Digest;
import dev.breakwater.registry.content.ContentSql;
import dev.breakwater.registry.repository.Place;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Removes tags, manifests and whole repositories, for all surfaces alike (registry.md 2.2). What is removed is gone for
 * every reader at once and can be brought back for a while; the rules are asked before, the listeners are told in the
 * same transaction. Whether the caller may remove is decided before.
 */
public final class Removals {

    private final Hooks hooks;
    private final TimeSource time;

    /** Asks and tells these hooks. */
    public Removals(Hooks hooks, TimeSource time) {
        this.hooks = hooks;
        this.time = time;
    }

    /** Removes a tag and nothing else (decision D7); false when there is none. */
    public boolean tag(Handle handle, Place place, String name, String username) {
        Optional<Removal.Target> target = RemovalStore.lockTag(handle, place.repositoryId(), name);
        target.ifPresent(tag -> {
            Removal removal = removal(place, Removal.Kind.TAG, List.of(), List.of(tag), username);
            check(handle, removal);
            RemovalStore.removeTag(handle, removal, name);
            done(handle, removal);
        });
        return target.isPresent();
    }

    /** Ends that a blob may be read through the repository; false when it could not. It cannot be brought back. */
    public boolean blob(Handle handle, Place place, Digest digest, String username) {
        check(handle, removal(place, Removal.Kind.BLOB, List.of(), List.of(), username));
        return ContentSql.unlink(handle, place.repositoryId(), digest);
    }

    /** Removes a manifest with all tags on it; false when there is none. */
    public boolean manifest(Handle handle, Place place, Digest digest, String username) {
        return remove(
                handle,
                place,
                Removal.Kind.ARTIFACT,
                RemovalStore.lockManifest(handle, place.repositoryId(), digest),
                username);
    }

    /** Removes all that is in a repository; false when there is nothing. */
    public boolean repository(Handle handle, Place place, String username) {
        return remove(
                handle,
                place,
                Removal.Kind.REPOSITORY,
                RemovalStore.lockManifests(handle, place.repositoryId()),
                username);
    }

    private boolean remove(
            Handle handle, Place place, Removal.Kind kind, List<RemovalStore.Locked> manifests, String username) {
        if (manifests.isEmpty()) {
            return false;
        }
        List<Long> ids = manifests.stream().map(RemovalStore.Locked::id).toList();
        Removal removal = removal(
                place,
                kind,
                manifests.stream().map(RemovalStore.Locked::digest).toList(),
                RemovalStore.tags(handle, ids),
                username);
        check(handle, removal);
        RemovalStore.removeManifests(handle, removal, ids);
        done(handle, removal);
        return true;
    }

    private Removal removal(
            Place place, Removal.Kind kind, List<Digest> manifests, List<Removal.Target> tags, String username) {
        return new Removal(place, kind, manifests, tags, username, time.instant());
    }

    private void check(Handle handle, Removal removal) {
        hooks.removalRules().forEach(rule -> rule.check(handle, removal));
    }

    private void done(Handle handle, Removal removal) {
        ActivityStore.insert(handle, activity(removal));
        hooks.listeners().forEach(listener -> listener.removed(handle, removal));
    }

    private static Activity activity(Removal removal) {
        Place place = removal.place();
        long project = place.project().id();
        return switch (removal.kind()) {
            case TAG ->
                Activity.ofTag(
                        removal.at(),
                        removal.username(),
                        project,
                        "delete",
                        place.name(),
                        removal.tags().getFirst().tag());
            case ARTIFACT ->
                Activity.ofArtifact(
                        removal.at(),
                        removal.username(),
                        project,
                        "delete",
                        place.name(),
                        removal.manifests().getFirst().toString());
            case REPOSITORY, BLOB ->
                Activity.of(removal.at(), removal.username(), project, "delete", "repository", place.name());
        };
    }
}

package dev.breakwater.registry.artifact;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.activity.Activity;
import dev.breakwater.registry.activity.ActivityStore;
import dev.breakwater.registry.label.Label;
import dev.breakwater.registry.label.LabelStore;
import dev.breakwater.registry.manifest.Manifest;
import dev.breakwater.registry.manifest.Removals;
import dev.breakwater.registry.manifest.TagName;
import dev.breakwater.registry.manifest.TagStore;
import dev.breakwater.registry.repository.Place;
import dev.breakwater.tenancy.Audit;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/**
 * Adds tags and labels, and removes tags, labels, artifacts and repositories, each with its entry in the audit trail.
 * Whether the caller may is decided before; what rules forbid, they refuse.
 */
public final class ArtifactChanges {

    private final Removals removals;
    private final Audit audit;
    private final TimeSource time;

    /** Removes through {@code removals}. */
    public ArtifactChanges(Removals removals, Audit audit, TimeSource time) {
        this.removals = removals;
        this.audit = audit;
        this.time = time;
    }

    /**
     * Adds a tag to an artifact.
     *
     * @throws Failure.Invalid when it cannot be called that
     * @throws Failure.Conflict when the repository has such a tag
     */
    public void addTag(Handle handle, Call call, Place place, Manifest manifest, String name, String username) {
        if (!TagName.isWellFormed(name)) {
            throw new Failure.Invalid("invalid tag name: " + name);
        }
        Instant now = time.instant();
        if (!TagStore.insert(handle, place.repositoryId(), name, manifest.id(), now)) {
            throw new Failure.Conflict("tag " + name + " already exists");
        }
        ActivityStore.insert(
                handle, Activity.ofTag(now, username, place.project().id(), "create", place.name(), name));
        record(handle, call, place, "registry.tag.created", place.name() + ":" + name);
    }

    /** Removes a tag and nothing else; false when there is none. */
    public boolean removeTag(Handle handle, Call call, Place place, String name, String username) {
        if (!removals.tag(handle, place, name, username)) {
            return false;
        }
        record(handle, call, place, "registry.tag.deleted", place.name() + ":" + name);
        return true;
    }

    /** Removes an artifact with all tags on it; false when there is none. */
    public boolean removeArtifact(Handle handle, Call call, Place place, Manifest manifest, String username) {
        if (!removals.manifest(handle, place, manifest.digest(), username)) {
            return false;
        }
        record(handle, call, place, "registry.artifact.deleted", place.name() + "@" + manifest.digest());
        return true;
    }

    /** Removes all that is in a repository; false when there is nothing. */
    public boolean removeRepository(Handle handle, Call call, Place place, String username) {
        if (!removals.repository(handle, place, username)) {
            return false;
        }
        record(handle, call, place, "registry.repository.deleted", place.name());
        return true;
    }

    /** Puts a label on an artifact; false when it has it already. */
    public boolean attachLabel(Handle handle, Call call, Place place, Manifest manifest, Label label) {
        if (!LabelStore.attach(handle, manifest.id(), label.id(), time.instant())) {
            return false;
        }
        record(handle, call, place, "registry.label.attached", labelled(place, manifest, label.id()));
        return true;
    }

    /** Takes a label off an artifact; false when it has none of that number. */
    public boolean detachLabel(Handle handle, Call call, Place place, Manifest manifest, long label) {
        if (!LabelStore.detach(handle, manifest.id(), label)) {
            return false;
        }
        record(handle, call, place, "registry.label.detached", labelled(place, manifest, label));
        return true;
    }

    private static String labelled(Place place, Manifest manifest, long label) {
        return place.name() + "@" + manifest.digest() + " " + label;
    }

    private void record(Handle handle, Call call, Place place, String action, String target) {
        audit.record(handle, call, place.project().organizationId(), action, target);
    }
}

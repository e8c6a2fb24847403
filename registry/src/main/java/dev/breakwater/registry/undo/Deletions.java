package dev.breakwater.registry.undo;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.activity.Activity;
import dev.breakwater.registry.activity.ActivityStore;
import dev.breakwater.registry.project.Project;
import dev.breakwater.registry.repository.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * What was deleted from a project and can still be brought back: tags, artifacts and whole repositories. Until then
 * their content stays in the store.
 */
public final class Deletions {

    private final TimeSource time;
    private final Duration window;

    /** {@code window} is how long something can be brought back. */
    public Deletions(TimeSource time, Duration window) {
        this.time = time;
        this.window = window;
    }

    private Instant since() {
        return time.instant().minus(window);
    }

    /** Until when a deletion can be undone. */
    public Instant until(Deletion deletion) {
        return deletion.deletedAt().plus(window);
    }

    /** The deletions of a project, newest first. */
    public List<Deletion> list(Handle handle, Project project, long offset, int limit) {
        return DeletionStore.list(handle, project.id(), null, since(), offset, limit);
    }

    /** The last deletions from a repository, newest first. */
    public List<Deletion> ofRepository(Handle handle, Place place, int limit) {
        return DeletionStore.list(handle, place.project().id(), place.repositoryId(), since(), 0, limit);
    }

    /** How long something can be brought back. */
    public Duration window() {
        return window;
    }

    /** How many there are. */
    public long count(Handle handle, Project project) {
        return DeletionStore.count(handle, project.id(), since());
    }

    /**
     * Brings back all that was deleted at once, or nothing.
     *
     * @throws Failure.NotFound when there is no such deletion, or it is too late
     * @throws Failure.Conflict when tags were given to other artifacts meanwhile; they are named
     */
    public Deletion undo(Handle handle, Project project, long id, String username) {
        Failure.NotFound gone =
                new Failure.NotFound("deletion %d not found, or it cannot be undone any more".formatted(id));
        if (!DeletionStore.hold(handle, project.id(), since(), id) || DeletionStore.holdManifests(handle, id) > 0) {
            throw gone;
        }
        Deletion deletion =
                DeletionStore.find(handle, project.id(), since(), id).orElseThrow(() -> gone);
        List<String> taken = DeletionStore.taken(handle, id);
        if (!taken.isEmpty()) {
            throw new Failure.Conflict("these tags of %s belong to other artifacts now: %s"
                    .formatted(deletion.repository(), String.join(", ", taken)));
        }
        Instant now = time.instant();
        DeletionStore.restore(handle, id, now);
        ActivityStore.insert(
                handle, Activity.of(now, username, project.id(), "undelete", deletion.kind(), deletion.repository()));
        return deletion;
    }
}

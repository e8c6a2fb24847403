package dev.breakwater.registry;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.identity.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What was deleted from projects and can still be brought back, for people. Who may delete artifacts may bring them back;
 * that is audited.
 */
public interface DeletionLog {

    /**
     * Something that was deleted.
     *
     * @param id its number
     * @param kind {@code tag}, {@code artifact} or {@code repository}
     * @param repository its whole name, or that of the repository it was in
     * @param tags that went, not more than a few
     * @param moreTags how many went besides, as far as they were counted
     * @param artifactCount how many went, as far as they were counted
     * @param digest of the one artifact that went or that the tag pointed to; empty when there are several
     * @param deletedBy who did it
     * @param deletedAt when
     * @param until when it can be brought back
     */
    record Entry(
            long id,
            String kind,
            String repository,
            List<String> tags,
            int moreTags,
            int artifactCount,
            String digest,
            String deletedBy,
            Instant deletedAt,
            Instant until) {}

    /** How long something can be brought back. */
    Duration window();

    /**
     * The last deletions of a project that can be undone, newest first; none for who may not undo them.
     *
     * @param repository only those from the repository with this whole name; empty for all
     */
    List<Entry> latest(Principal caller, UUID organization, String project, Optional<String> repository, int limit);

    /**
     * Brings back all that was deleted at once, or nothing.
     *
     * @return what it was
     * @throws Failure.NotFound when there is no such deletion, or it is too late
     * @throws Failure.Conflict when tags were given to other artifacts meanwhile; they are named
     */
    Entry undo(Call call, UUID organization, String project, long id);
}

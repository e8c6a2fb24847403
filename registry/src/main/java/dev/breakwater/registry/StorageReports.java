package dev.breakwater.registry;

import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.identity.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Whether the store holds what it should, whether its bytes are sound, and what was purged from the log, for the
 * administrators of the installation. Every method refuses all others.
 */
public interface StorageReports {

    /**
     * A comparison of the store with the tables.
     *
     * @param startedAt when it began
     * @param endedAt when it ended; empty while it goes on, or when it was cut off
     * @param stored how many blobs the store has
     * @param strays how many of them nobody knew
     * @param removed how many of these were removed
     * @param missing how many blobs the store does not have though it should
     * @param healed how many of those that were missing are there again
     */
    record Comparison(
            Instant startedAt,
            Optional<Instant> endedAt,
            long stored,
            long strays,
            long removed,
            long missing,
            long healed) {}

    /**
     * A walk through all blobs that compared their bytes with their digests.
     *
     * @param startedAt when it began
     * @param endedAt when it ended; empty while it goes on, or when it was cut off
     * @param complete whether it came to the end
     * @param blobs how many were read
     * @param bytes how many were read
     * @param findings what was wrong, be it put right since or not
     */
    record Scrub(
            Instant startedAt,
            Optional<Instant> endedAt,
            boolean complete,
            long blobs,
            long bytes,
            List<Finding> findings) {

        /** An immutable copy. */
        public Scrub {
            findings = List.copyOf(findings);
        }

        /** How many blobs are not sound now. */
        public long unsound() {
            return findings.stream()
                    .filter(finding -> finding.healedAt().isEmpty())
                    .count();
        }
    }

    /**
     * A blob that is not as it should be.
     *
     * @param digest which
     * @param finding {@code damaged}, {@code unreadable} or {@code missing}
     * @param detail what the medium said; may be empty
     * @param foundAt when
     * @param healedAt when it was put right; empty while it is not
     * @param repositories through which it may be read, some of them
     */
    record Finding(
            String digest,
            String finding,
            String detail,
            Instant foundAt,
            Optional<Instant> healedAt,
            List<String> repositories) {

        /** An immutable copy. */
        public Finding {
            repositories = List.copyOf(repositories);
        }
    }

    /**
     * A purge of the log.
     *
     * @param id its number
     * @param scheduled whether it was due rather than asked for
     * @param dryRun whether it only counted
     * @param retentionHours how old entries must have been
     * @param status {@code pending}, {@code running}, {@code success}, {@code error} or {@code stopped}
     * @param purged how many entries it removed, or would have
     * @param createdAt when it was asked for
     */
    record Purge(
            long id,
            boolean scheduled,
            boolean dryRun,
            long retentionHours,
            String status,
            long purged,
            Instant createdAt) {}

    /** What the last comparison found, or has found so far. */
    Optional<Comparison> comparison(Principal caller);

    /** Begins a comparison, unless one is going on. */
    void compare(Call call);

    /** What the last walk found, or has found so far. */
    Optional<Scrub> scrub(Principal caller);

    /** Begins a walk, unless one is going on. */
    void beginScrub(Call call);

    /** The last purges of the log, newest first. */
    List<Purge> purges(Principal caller, int limit);
}

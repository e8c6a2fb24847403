package dev.breakwater.registry.scrub;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A walk through all blobs that compared their bytes with their digests.
 *
 * @param id its number
 * @param startedAt when it began
 * @param endedAt when it ended; null while it goes on, or when it was cut off
 * @param complete whether it came to the end
 * @param blobs how many were read
 * @param bytes how many were read
 * @param findings what was wrong
 */
public record ScrubReport(
        long id,
        Instant startedAt,
        @Nullable Instant endedAt,
        boolean complete,
        long blobs,
        long bytes,
        List<Finding> findings) {

    /** An immutable copy of the findings. */
    public ScrubReport {
        findings = List.copyOf(findings);
    }

    /**
     * A blob that is not as it should be.
     *
     * @param digest which
     * @param finding {@code damaged}, {@code unreadable} or {@code missing}
     * @param detail what the medium said; may be empty
     * @param foundAt when
     * @param healedAt when it was put right; null while it is not
     * @param repositories through which it may be read, some of them
     */
    public record Finding(
            String digest,
            String finding,
            String detail,
            Instant foundAt,
            @Nullable Instant healedAt,
            List<String> repositories) {

        /** An immutable copy of the repositories. */
        public Finding {
            repositories = List.copyOf(repositories);
        }
    }
}

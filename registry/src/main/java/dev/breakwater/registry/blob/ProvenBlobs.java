package dev.breakwater.registry.blob;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.breakwater.kernel.time.TimeSource;
import java.time.Duration;
import java.time.Instant;

/**
 * The blobs that were hashed lately and found whole. A blob that is pulled often is hashed once a day, and not with every
 * pull; one that was written to since is hashed again at once. It begins empty with every start.
 */
final class ProvenBlobs {

    private static final int MOST = 20_000;
    private static final Duration GOOD_FOR = Duration.ofDays(1);

    private final TimeSource time;
    private final Cache<Digest, Proof> proofs =
            Caffeine.newBuilder().maximumSize(MOST).build();

    ProvenBlobs(TimeSource time) {
        this.time = time;
    }

    /** What the medium said of the blob when it was hashed; it differs after a change. */
    private record Proof(Object state, Instant at) {}

    /** Whether the blob in this state was found whole within the last day. */
    boolean contains(Digest digest, Object state) {
        Proof proof = proofs.getIfPresent(digest);
        return proof != null
                && proof.state().equals(state)
                && time.instant().isBefore(proof.at().plus(GOOD_FOR));
    }

    void add(Digest digest, Object state) {
        proofs.put(digest, new Proof(state, time.instant()));
    }

    void remove(Digest digest) {
        proofs.invalidate(digest);
    }
}

package dev.breakwater.registry.blob;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The hashes of the uploads that nobody is appending to just now, so that an upload of several requests is read only
 * once. It forgets when there are too many; then the staged bytes are read again.
 */
final class RunningHashes {

    private static final int MOST = 4_096;

    private final Cache<UUID, RunningHash> kept =
            Caffeine.newBuilder().maximumSize(MOST).build();

    /** The hash of an upload of this size, which the caller owns from now on; null when it isn't known. */
    @Nullable
    RunningHash take(UUID upload, long size) {
        RunningHash hash = kept.asMap().remove(upload);
        return hash != null && hash.length() == size ? hash : null;
    }

    void keep(UUID upload, RunningHash hash) {
        kept.put(upload, hash);
    }
}

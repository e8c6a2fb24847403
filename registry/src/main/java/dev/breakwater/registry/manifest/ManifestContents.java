package dev.breakwater.registry.manifest;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.breakwater.kernel.db.Database;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of manifests by number, the most wanted of them in memory. A number always stands for the same bytes;
 * whether they may be read is decided before.
 */
public final class ManifestContents {

    private static final long MOST_BYTES = 32 << 20;
    private static final int OVERHEAD = 200;

    private final Database database;
    private final Cache<Long, byte[]> cached = Caffeine.newBuilder()
            .maximumWeight(MOST_BYTES)
            .weigher((Long id, byte[] content) -> content.length + OVERHEAD)
            .build();

    /** Reads from this database. */
    public ManifestContents(Database database) {
        this.database = database;
    }

    /** The bytes, which nobody may change; empty when the manifest is gone. */
    public Optional<byte[]> of(long id) {
        byte @Nullable [] known = cached.getIfPresent(id);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<byte[]> read = database.query(handle -> ManifestStore.content(handle, id));
        read.ifPresent(content -> cached.put(id, content));
        return read;
    }
}

package dev.breakwater.registry.content;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.registry.blob.BlobStore;
import dev.breakwater.registry.blob.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A blob store whose small blobs lie in their rows of the database, so that pushing one waits for no file to reach the
 * disk, and reading one opens none. Who writes a blob decides where it goes; here they are read alike. Everything else
 * is as in the store that holds the others.
 */
public final class SmallBlobs implements BlobStore {

    /** The most bytes of a small blob: the configuration of nearly every image, and the payload of a signature. */
    public static final int LARGEST = 16 << 10;

    private final Database database;
    private final BlobStore others;

    /** Reads small blobs from the database, the others from their store. */
    public SmallBlobs(Database database, BlobStore others) {
        this.database = database;
        this.others = others;
    }

    private Optional<byte[]> small(Digest digest) {
        return database.connect(connection -> ContentSql.content(connection, digest));
    }

    @Override
    public OptionalLong size(Digest digest) throws IOException {
        Optional<byte[]> small = small(digest);
        return small.isPresent() ? OptionalLong.of(small.get().length) : others.size(digest);
    }

    @Override
    public InputStream open(Digest digest, long offset, long length) throws IOException {
        Optional<byte[]> small = small(digest);
        if (small.isEmpty()) {
            return others.open(digest, offset, length);
        }
        int first = (int) Math.min(offset, small.get().length);
        return new ByteArrayInputStream(small.get(), first, (int) Math.min(length, LARGEST));
    }

    @Override
    public InputStream openUnchecked(Digest digest) throws IOException {
        Optional<byte[]> small = small(digest);
        return small.isPresent() ? new ByteArrayInputStream(small.get()) : others.openUnchecked(digest);
    }

    @Override
    public Upload begin(UUID id) throws IOException {
        return others.begin(id);
    }

    @Override
    public Upload resume(UUID id) throws IOException {
        return others.resume(id);
    }

    @Override
    public long uploaded(UUID id) throws IOException {
        return others.uploaded(id);
    }

    /** The bytes of a small blob go with its row. */
    @Override
    public void delete(Digest digest) throws IOException {
        others.delete(digest);
    }

    /** Those that lie in the store: the rows are their own list of the small ones. */
    @Override
    public void forEachBlob(Consumer<Digest> visitor) throws IOException {
        others.forEachBlob(visitor);
    }

    @Override
    public void forEachUploadIdleSince(Instant limit, Consumer<UUID> visitor) throws IOException {
        others.forEachUploadIdleSince(limit, visitor);
    }

    @Override
    public Room room() throws IOException {
        return others.room();
    }

    @Override
    public void check() throws IOException {
        others.check();
    }

    @Override
    public String kind() {
        return others.kind();
    }

    @Override
    public void close() throws IOException {
        others.close();
    }
}

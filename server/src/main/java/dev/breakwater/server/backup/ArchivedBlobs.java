package dev.breakwater.server.backup;

import dev.breakwater.registry.blob.BlobStore;
import dev.breakwater.registry.blob.BlobStore.NoSuchBlobException;
import dev.breakwater.registry.blob.BlobStore.Upload;
import dev.breakwater.registry.blob.Digest;
import dev.breakwater.server.backup.BackupContents.Entry;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * The blobs in an archive, of which one is in memory at no time. What was damaged before the backup goes into it as it
 * is, and stays out of the store to which it is restored: it must not keep everything else from coming back.
 */
final class ArchivedBlobs {

    private final BlobStore store;
    private final Progress progress;
    private final Sum sum = new Sum();
    private final List<Digest> added = new ArrayList<>();
    private long count;

    ArchivedBlobs(BlobStore store, Progress progress) {
        this.store = store;
        this.progress = progress;
    }

    /** Writes all blobs of the store, and none of its uploads. */
    void write(ArchiveWriter archive) throws IOException {
        try {
            store.forEachBlob(digest -> write(archive, digest));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        entry().ifPresent(entry -> {
            archive.add(entry);
            progress.line("  blobs: %,d, %,d bytes".formatted(entry.rows(), entry.bytes()));
        });
    }

    private void write(ArchiveWriter archive, Digest digest) {
        String name = BackupContents.BLOBS + digest.algorithm().label() + "/" + digest.hex();
        try (InputStream content = store.openUnchecked(digest)) {
            OptionalLong size = store.size(digest);
            if (size.isPresent()) {
                begin(name);
                archive.blob(name, size.getAsLong(), content, sum);
            }
        } catch (NoSuchBlobException e) {
            // The registry collected it after it was listed; then no row of the snapshot needs it.
            progress.underWay("blobs", sum.bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts the blob of an archive's entry into the store. */
    void read(String name, InputStream content) throws IOException {
        Digest digest = Digest.parse(
                        name.substring(BackupContents.BLOBS.length()).replace('/', ':'))
                .orElseThrow(() -> new IOException("an entry is no blob: " + name));
        begin(name);
        try (Upload upload = store.begin(UUID.randomUUID())) {
            boolean kept = false;
            try {
                upload.append(new Summing(content), Long.MAX_VALUE);
                if (upload.digest(digest.algorithm()).equals(digest)) {
                    boolean wasThere = store.size(digest).isPresent();
                    upload.commit(digest);
                    kept = true;
                    if (!wasThere) {
                        added.add(digest);
                    }
                } else {
                    progress.line("  The backup holds a damaged blob, which was left out: " + digest);
                }
            } finally {
                if (!kept) {
                    upload.discard();
                }
            }
        }
    }

    /** Takes out of the store what {@link #read} has added to it. */
    void undo() {
        for (Digest digest : added) {
            try {
                store.delete(digest);
            } catch (IOException e) {
                progress.line("  A blob could not be removed again, which the registry will do: " + digest);
            }
        }
    }

    private void begin(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        sum.add(bytes, bytes.length);
        count++;
        progress.underWay("blobs", sum.bytes());
    }

    /** What vouches for all of them; empty when there are none. */
    Optional<Entry> entry() {
        return count == 0 ? Optional.empty() : Optional.of(sum.entry(BackupContents.BLOBS, count));
    }

    private final class Summing extends FilterInputStream {

        Summing(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            if (read > 0) {
                sum.add(bytes, offset, read);
            }
            return read;
        }
    }
}

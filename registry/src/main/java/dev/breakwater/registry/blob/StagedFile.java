package dev.breakwater.registry.blob;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.breakwater.registry.blob.BlobStore.TooLongException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * A local file to which a stream is appended whole or as far as it came, hashed on the way. When the disk refuses a
 * byte, the file is cut back to what it was before.
 */
final class StagedFile implements AutoCloseable {

    private final Path path;
    private final FileChannel channel;
    private @Nullable RunningHash hash;
    private long size;

    private StagedFile(Path path, FileChannel channel, @Nullable RunningHash hash, long size) {
        this.path = path;
        this.channel = channel;
        this.hash = hash;
        this.size = size;
    }

    /** A new, empty file; {@code hash} covers what comes before it, and null if nobody computed that. */
    static StagedFile create(Path path, @Nullable RunningHash hash) throws IOException {
        return new StagedFile(path, FileChannel.open(path, CREATE_NEW, READ, WRITE), hash, 0);
    }

    /**
     * A file that is there, with what {@code hashes} remembers of it; null when another has it open so. The process must
     * not open it a second time meanwhile.
     */
    static @Nullable StagedFile openAlone(Path path, HashSource hashes) throws IOException {
        FileChannel channel = FileChannel.open(path, READ, WRITE);
        StagedFile file = null;
        try {
            if (isLocked(channel)) {
                // Whoever had the lock before may have ended the upload, and its file is somewhere else now.
                Files.getLastModifiedTime(path);
                long size = channel.size();
                file = new StagedFile(path, channel, hashes.ofLength(size), size);
            }
            return file;
        } finally {
            if (file == null) {
                channel.close();
            }
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** Knows the hash of so many bytes, or null. */
    interface HashSource {
        @Nullable
        RunningHash ofLength(long size);
    }

    Path path() {
        return path;
    }

    long size() {
        return size;
    }

    /** The hash as far as it could be computed on the way; null when the beginning is missing. */
    @Nullable
    RunningHash hash() {
        return hash;
    }

    /** See {@link BlobStore.Upload#append}. */
    long append(InputStream content, long most) throws IOException {
        return append(content, most, BlobStore.Watcher.NOBODY);
    }

    /** See {@link BlobStore.Upload#append}. */
    long append(InputStream content, long most, BlobStore.Watcher watcher) throws IOException {
        long before = size;
        RunningHash hashBefore = hash == null ? null : hash.copy();
        Inflow inflow = new Inflow(content);
        try {
            while (inflow.next()) {
                if (size - before + inflow.count() > most) {
                    throw new TooLongException(most);
                }
                write(inflow.bytes(), inflow.count());
                watcher.taken((target, position) -> channel.read(target, before + position), size - before);
            }
        } catch (IOException e) {
            cutBack(before, hashBefore, e);
            throw Disk.explain(e, path);
        }
        inflow.requireWhole();
        return size - before;
    }

    private void write(byte[] bytes, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, count);
        for (long position = size; buffer.hasRemaining(); ) {
            position += channel.write(buffer, position);
        }
        if (hash != null) {
            hash.add(bytes, count);
        }
        size += count;
    }

    private void cutBack(long before, @Nullable RunningHash hashBefore, IOException reason) {
        size = before;
        hash = hashBefore;
        try {
            channel.truncate(before);
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    /** The digest of this file; only to be asked when the file is all that there is. */
    Digest digest(Digest.Algorithm algorithm) throws IOException {
        if (algorithm != Digest.Algorithm.SHA256) {
            MessageDigest computation = algorithm.start();
            read((bytes, count) -> computation.update(bytes, 0, count));
            return algorithm.finish(computation);
        }
        if (hash == null) {
            RunningHash again = new RunningHash();
            read(again::add);
            hash = again;
        }
        return hash.digest();
    }

    /** All its bytes. */
    byte[] bytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) size);
        read((piece, count) -> bytes.write(piece, 0, count));
        return bytes.toByteArray();
    }

    private void read(PieceReader reader) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(size, Inflow.LARGEST));
        for (long position = 0; position < size; ) {
            buffer.clear();
            int count = channel.read(buffer, position);
            if (count < 0) {
                throw new IOException("The file of an upload became shorter while it was read");
            }
            reader.take(buffer.array(), count);
            position += count;
        }
    }

    /** Makes its bytes outlast a loss of power. */
    void force() throws IOException {
        channel.force(false);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

package dev.breakwater.registry.blob;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Where bytes lie: blobs under their digest, and uploads that have not ended yet. It knows nothing of repositories or
 * rights; which blobs there should be is kept in the database. Every method may be called by many threads, and by
 * several servers on one store. An {@link IOException} means that the medium failed; {@link NoRoomException} that it
 * is full, with nothing lost (registry.md 2.7).
 */
public interface BlobStore extends AutoCloseable {

    /** Begins an empty upload. It exists until it is {@link Upload#commit committed} or discarded. */
    Upload begin(UUID id) throws IOException;

    /**
     * An upload that was begun by any server, with what of it lies safely in the store. Its reading continues where
     * the last complete append ended.
     *
     * @throws NoSuchUploadException when it was never begun, or has ended
     * @throws UploadInUseException when it is open already, here or on another server, and the store cannot tell their
     *     bytes apart
     */
    Upload resume(UUID id) throws IOException;

    /**
     * How many bytes an upload has, also while somebody is appending to it.
     *
     * @throws NoSuchUploadException when it was never begun, or has ended
     */
    long uploaded(UUID id) throws IOException;

    /** An upload: it grows by appends, and ends as a blob or not at all. Used by one thread at a time. */
    interface Upload extends AutoCloseable {

        /** How many bytes it has. */
        long size();

        /**
         * Appends a stream to its end, never holding more than a buffer of it in memory. When the stream breaks off,
         * what arrived is kept where the medium allows, {@link #size} tells, and the stream's own exception is thrown.
         * When the medium fails, nothing of it is kept.
         *
         * @param most the most bytes to take
         * @return how many bytes were taken
         * @throws TooLongException when the stream is longer; then nothing of it is kept
         */
        default long append(InputStream content, long most) throws IOException {
            return append(content, most, Watcher.NOBODY);
        }

        /** Appends a stream likewise, and lets somebody watch. */
        long append(InputStream content, long most, Watcher watcher) throws IOException;

        /** The digest of all its bytes; computed on the way in where possible, else by reading them once more. */
        Digest digest(Digest.Algorithm algorithm) throws IOException;

        /** All its bytes, in memory: only to be asked of a small one. */
        byte[] bytes() throws IOException;

        /**
         * Makes it a blob, durably, and ends it. What is there under this digest gives way at once, because it may be
         * damaged; who reads it meanwhile reads it to its end. The caller has compared {@link #digest} before, and sees
         * to it that nobody deletes the blob at the same time.
         *
         * @throws NoSuchUploadException when somebody else has ended it meanwhile
         */
        void commit(Digest digest) throws IOException;

        /** Whether the store has the blob that it was made, after {@link #commit}. */
        boolean stored(Digest digest) throws IOException;

        /** Gives up what of it is in the store. */
        void discard() throws IOException;

        /** Releases what this server holds of it; the upload itself stays. */
        @Override
        void close() throws IOException;
    }

    /** Is told what an append takes, so that others can read it before it is a blob. */
    @FunctionalInterface
    interface Watcher {

        /** Does not look. */
        Watcher NOBODY = (bytes, size) -> {};

        /**
         * More was taken.
         *
         * @param bytes what this append has taken, which can be read until it ends
         * @param size how much that is
         */
        void taken(Taken bytes, long size);
    }

    /** What an append has taken. */
    @FunctionalInterface
    interface Taken {

        /** Reads some bytes from a position on, as {@link java.nio.channels.FileChannel#read(ByteBuffer, long)} does. */
        int read(ByteBuffer target, long position) throws IOException;
    }

    /** The size of a blob, empty when there is none with this digest. */
    OptionalLong size(Digest digest) throws IOException;

    /**
     * Opens a whole blob. Unless that was done lately, its bytes are hashed as they are read, and the stream of a
     * damaged one throws {@link DamagedBlobException} before its last bytes: whoever copies it to somebody must then cut
     * the connection.
     *
     * @throws NoSuchBlobException when there is none with this digest
     */
    default InputStream open(Digest digest) throws IOException {
        return open(digest, 0, Long.MAX_VALUE);
    }

    /**
     * Opens a blob, or a part of it. A part is not compared with the digest; a whole blob is, see
     * {@link #open(Digest)}.
     *
     * @param offset the first byte
     * @param length how many bytes; cut to what is there from the offset on
     * @throws NoSuchBlobException when there is none with this digest
     */
    InputStream open(Digest digest, long offset, long length) throws IOException;

    /**
     * Opens a whole blob for somebody who compares it with the digest himself.
     *
     * @throws NoSuchBlobException when there is none with this digest
     */
    InputStream openUnchecked(Digest digest) throws IOException;

    /** Removes a blob; does nothing when there is none. */
    void delete(Digest digest) throws IOException;

    /** Names every blob, in no order, while others come and go. */
    void forEachBlob(Consumer<Digest> visitor) throws IOException;

    /** Names every upload that was last touched before {@code limit}. */
    void forEachUploadIdleSince(Instant limit, Consumer<UUID> visitor) throws IOException;

    /** How much room there is. */
    Room room() throws IOException;

    /**
     * Room for blobs, in bytes. A store without a known limit gives {@link Long#MAX_VALUE} for both.
     *
     * @param total of the medium
     * @param free for more blobs
     */
    record Room(long total, long free) {}

    /** Asks the medium for a sign of life, and throws when it gives none within seconds. */
    void check() throws IOException;

    /** What people call this kind of store, such as {@code filesystem} or {@code s3}. */
    String kind();

    /** Ends background work of the store. */
    @Override
    void close() throws IOException;

    /** The medium is full. */
    final class NoRoomException extends IOException {
        private static final long serialVersionUID = 1;

        /** With the reason that the medium gave. */
        public NoRoomException(Throwable cause) {
            super("There is no room left for blobs", cause);
        }
    }

    /** There is no such upload. */
    final class NoSuchUploadException extends IOException {
        private static final long serialVersionUID = 1;

        /** Names the upload. */
        public NoSuchUploadException(UUID id) {
            super("There is no upload " + id);
        }
    }

    /** Somebody else is appending to the upload. */
    final class UploadInUseException extends IOException {
        private static final long serialVersionUID = 1;

        /** Names the upload. */
        public UploadInUseException(UUID id) {
            super("The upload " + id + " is in use");
        }
    }

    /** There is no such blob. */
    final class NoSuchBlobException extends IOException {
        private static final long serialVersionUID = 1;

        /** Names the blob. */
        public NoSuchBlobException(Digest digest) {
            super("There is no blob " + digest);
        }
    }

    /** The bytes of a blob are not those that its digest names. */
    final class DamagedBlobException extends IOException {
        private static final long serialVersionUID = 1;

        /** Names the blob. */
        public DamagedBlobException(Digest digest) {
            super("The blob " + digest + " is damaged");
        }
    }

    /** The content is longer than was allowed. */
    final class TooLongException extends IOException {
        private static final long serialVersionUID = 1;

        /** Names the limit in bytes. */
        public TooLongException(long most) {
            super("The content is longer than " + most + " bytes");
        }
    }
}

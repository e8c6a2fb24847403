package dev.breakwater.registry.upload;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.blob.BlobStore;
import dev.breakwater.registry.blob.BlobStore.NoRoomException;
import dev.breakwater.registry.blob.BlobStore.NoSuchUploadException;
import dev.breakwater.registry.blob.BlobStore.TooLongException;
import dev.breakwater.registry.blob.BlobStore.Upload;
import dev.breakwater.registry.blob.BlobStore.UploadInUseException;
import dev.breakwater.registry.blob.Digest;
import dev.breakwater.registry.content.ContentSql;
import dev.breakwater.registry.content.ErrorCode;
import dev.breakwater.registry.manifest.Hooks;
import dev.breakwater.registry.project.Project;
import dev.breakwater.registry.repository.Place;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings blobs into repositories: in sessions of several requests or at once, always as a stream that is hashed on its
 * way to the store (registry.md 2.2). A session belongs to the one who began it; for everybody else there is none. A
 * blob can be read when all of it is durable, and not before.
 */
public final class Uploads {

    private static final Logger log = LoggerFactory.getLogger(Uploads.class);

    private static final Duration KEPT_AGAIN_AFTER = Duration.ofMinutes(1);

    private final Database database;
    private final BlobStore blobs;
    private final Hooks hooks;
    private final TimeSource time;
    private final Duration idle;
    private final Turns turns = new Turns();

    /** Asks the rules of these hooks; {@code idle} is how long a session may rest. */
    public Uploads(Database database, BlobStore blobs, Hooks hooks, TimeSource time, Duration idle) {
        this.database = database;
        this.blobs = blobs;
        this.hooks = hooks;
        this.time = time;
        this.idle = idle;
    }

    /** A session as a caller names it. */
    public record Session(Place place, UUID id, String owner) {}

    /** Begins a session in a repository; the transaction is the caller's. */
    public UUID begin(Handle handle, Place place, String owner) {
        checkWriting(handle, place.project());
        UUID id = UUID.randomUUID();
        UploadStore.insert(handle, id, place.repositoryId(), owner, time.instant());
        onMedium(() -> {
            blobs.begin(id).close();
            return true;
        });
        return id;
    }

    /** How many bytes of a session have arrived. */
    public long size(Session session) {
        touch(session);
        return onMedium(() -> blobs.uploaded(session.id()));
    }

    /**
     * Appends the next piece, and returns how many bytes the session has.
     *
     * @throws Failure.WrongRange when the piece does not begin where the last one ended; the session stays as it was
     */
    public long append(Session session, Piece piece, InputStream content) {
        return turns.inTurn(session.id(), () -> {
            touchToWrite(session);
            return withUpload(session.id(), upload -> {
                append(upload, piece, content);
                return upload.size();
            });
        });
    }

    /**
     * Appends the last piece and makes a blob of the session.
     *
     * @throws Failure.Invalid when the content is not what the digest names; then the session is gone
     */
    public void finish(Session session, Piece piece, InputStream content, Digest digest) {
        turns.inTurn(session.id(), () -> {
            touchToWrite(session);
            return withUpload(session.id(), upload -> {
                append(upload, piece, content);
                if (!upload.digest(digest.algorithm()).equals(digest)) {
                    discard(session.id(), upload);
                    throw mismatch();
                }
                store(session.place(), upload, digest, session.id());
                return true;
            });
        });
    }

    /** Ends a session and frees what of it arrived. */
    public void cancel(Session session) {
        turns.inTurn(session.id(), () -> {
            touchToWrite(session);
            return withUpload(session.id(), upload -> {
                discard(session.id(), upload);
                return true;
            });
        });
    }

    /**
     * Brings a whole blob in one go.
     *
     * @param most the most bytes it may have
     * @throws Failure.Invalid when the content is not what the digest names, or is longer
     */
    public void bring(Place place, InputStream content, long most, Digest digest) {
        onMedium(() -> {
            try (Upload upload = blobs.begin(UUID.randomUUID())) {
                boolean done = false;
                try {
                    append(upload, new Piece(null, most), content);
                    if (!upload.digest(digest.algorithm()).equals(digest)) {
                        throw mismatch();
                    }
                    store(place, upload, digest, null);
                    done = true;
                } finally {
                    if (!done) {
                        upload.discard();
                    }
                }
            }
            return true;
        });
    }

    /**
     * Lets a blob of one repository be read through another; false when the first one does not have it. Whether the
     * caller may read it there is decided before; the transaction is the caller's.
     */
    public boolean mount(Handle handle, long from, Place to, Digest digest) throws SQLException {
        OptionalLong size = ContentSql.size(handle, from, digest);
        if (size.isEmpty()) {
            return false;
        }
        checkWriting(handle, to.project());
        ContentSql.Known known = ContentSql.lock(handle, digest, to.project().id());
        hooks.pushRules().forEach(rule -> rule.checkBlob(handle, to.project(), known.counted() ? 0 : size.getAsLong()));
        return ContentSql.link(handle, from, to, List.of(digest.toString()), time.instant()) == 1;
    }

    /**
     * Keeps a blob that a client was told is there: it will not bring the blob again, so the collector must not free it
     * before the manifest comes. At most one write a minute.
     */
    public void keep(Place place, Digest digest) {
        Instant now = time.instant();
        database.query(handle -> {
            ContentSql.refresh(handle, place.repositoryId(), digest, now.minus(KEPT_AGAIN_AFTER), now);
            return true;
        });
    }

    private static Failure mismatch() {
        return Failure.Invalid.coded(ErrorCode.DIGEST_INVALID, "The content does not match the digest.");
    }

    private void touch(Session session) {
        boolean known = database.query(handle -> UploadStore.touch(
                handle, session.id(), session.place().repositoryId(), session.owner(), time.instant()));
        if (!known) {
            throw unknown();
        }
    }

    private void touchToWrite(Session session) {
        touch(session);
        database.query(handle -> {
            checkWriting(handle, session.place().project());
            return true;
        });
    }

    private static Failure unknown() {
        return new Failure.NotFound(ErrorCode.BLOB_UPLOAD_UNKNOWN, "There is no such upload.");
    }

    private static void append(Upload upload, Piece piece, InputStream content) throws IOException {
        if (piece.first() != null && piece.first() != upload.size()) {
            throw new Failure.WrongRange("The next byte of this upload is number %d.".formatted(upload.size()));
        }
        try {
            long taken = upload.append(new CallerStream(content), piece.length());
            if (piece.first() != null && taken != piece.length()) {
                throw Piece.wrongLength();
            }
        } catch (TooLongException e) {
            throw Piece.wrongLength();
        }
    }

    /**
     * In one transaction, while nobody can free the same bytes: makes the upload a blob unless there is one, and lets it
     * be read through the repository.
     */
    private void store(Place place, Upload upload, Digest digest, @Nullable UUID session) throws IOException {
        Commit commit = new Commit(upload, digest);
        long size = upload.size();
        boolean wasThere = database.transact(handle -> {
            checkWriting(handle, place.project());
            ContentSql.Known known =
                    ContentSql.lock(handle, digest, place.project().id());
            hooks.pushRules().forEach(rule -> rule.checkBlob(handle, place.project(), known.counted() ? 0 : size));
            if (!known.live()) {
                onMedium(commit::run);
            }
            ContentSql.admit(handle, place, digest, size, session, time.instant());
            return known.live();
        });
        if (wasThere) {
            upload.discard();
        }
    }

    /** Happens once, although its transaction may be repeated. */
    private final class Commit {
        private final Upload upload;
        private final Digest digest;
        private boolean done;

        Commit(Upload upload, Digest digest) {
            this.upload = upload;
            this.digest = digest;
        }

        boolean run() throws IOException {
            if (done && blobs.size(digest).isEmpty()) {
                throw new IOException("The blob was freed between two attempts to note it");
            }
            if (!done) {
                upload.commit(digest);
                done = true;
            }
            return done;
        }
    }

    private void checkWriting(Handle handle, Project project) {
        hooks.pushRules().forEach(rule -> rule.checkWriting(handle, project));
    }

    private void discard(UUID id, Upload upload) throws IOException {
        database.query(handle -> UploadStore.delete(handle, id));
        upload.discard();
    }

    /** Frees the sessions that have rested too long, and bytes whose session is gone. */
    public void freeIdle() {
        Instant limit = time.instant().minus(idle);
        List<UUID> resting = database.query(handle -> UploadStore.idle(handle, limit));
        resting.forEach(this::free);
        onMedium(() -> {
            blobs.forEachUploadIdleSince(limit, id -> {
                if (!database.query(handle -> UploadStore.exists(handle, id))) {
                    free(id);
                }
            });
            return true;
        });
    }

    private void free(UUID id) {
        if (turns.isTaken(id)) {
            return;
        }
        try (Upload upload = blobs.resume(id)) {
            discard(id, upload);
        } catch (NoSuchUploadException e) {
            database.query(handle -> UploadStore.delete(handle, id));
        } catch (UploadInUseException e) {
            log.debug("The upload {} rests only in the table: a long request is using it", id);
        } catch (IOException e) {
            log.warn("The upload {} could not be freed and will be tried again", id, e);
        }
    }

    @FunctionalInterface
    private interface UploadWork<T> {
        T run(Upload upload) throws IOException;
    }

    private <T> T withUpload(UUID id, UploadWork<T> work) {
        return onMedium(() -> {
            try (Upload upload = blobs.resume(id)) {
                return work.run(upload);
            }
        });
    }

    @FunctionalInterface
    private interface MediumWork<T> {
        T run() throws IOException;
    }

    private static <T> T onMedium(MediumWork<T> work) {
        try {
            return work.run();
        } catch (NoSuchUploadException e) {
            throw unknown();
        } catch (UploadInUseException e) {
            throw new Failure.Unavailable(Duration.ofSeconds(1), "Another request is using this upload.");
        } catch (NoRoomException e) {
            log.error("The store of blobs is full", e);
            throw new Failure.NoRoom("There is no room left for blobs.");
        } catch (IOException e) {
            log.error("The store of blobs failed", e);
            throw new Failure.Internal("The store of blobs failed.");
        }
    }
}

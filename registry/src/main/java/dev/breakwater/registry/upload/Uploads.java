package dev.breakwater.registry.upload;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.db.SharedRoundTrips;
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
import dev.breakwater.registry.content.SmallBlobs;
import dev.breakwater.registry.manifest.Hooks;
import dev.breakwater.registry.repository.Place;
import dev.breakwater.registry.repository.PlaceStore;
import dev.breakwater.registry.repository.Target;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Supplier;
import javax.crypto.spec.SecretKeySpec;
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

    private static final int ADMISSIONS_AT_ONCE = 64;

    private final Database database;
    private final BlobStore blobs;
    private final Hooks hooks;
    private final TimeSource time;
    private final SessionIds ids;
    private final Turns turns = new Turns();
    private final SharedRoundTrips<ContentSql.Admission, Boolean> admissions;

    /**
     * Asks the rules of these hooks.
     *
     * @param secrets what all nodes share to know the sessions that one of them began
     */
    public Uploads(Database database, BlobStore blobs, Hooks hooks, TimeSource time, Supplier<SecretKeySpec> secrets) {
        this.database = database;
        this.blobs = blobs;
        this.hooks = hooks;
        this.time = time;
        this.ids = new SessionIds(secrets);
        this.admissions = new SharedRoundTrips<>(
                ADMISSIONS_AT_ONCE, given -> database.connect(connection -> ContentSql.admitAll(connection, given)));
    }

    /**
     * A session as a caller names it.
     *
     * @param repository its whole name
     * @param id as it was given out
     * @param owner who is calling
     */
    public record Session(String repository, UUID id, String owner) {}

    /** Whether anything may be written there at this moment. */
    public void checkWriting(Target target) {
        hooks.pushRules().forEach(rule -> rule.checkWriting(target.project(), target.terms()));
    }

    private void enter(Handle handle, Target target) {
        checkWriting(target);
        hooks.pushRules().forEach(rule -> rule.enter(handle, target.project(), target.terms()));
    }

    /** Begins a session in a repository, which need not exist yet. */
    public UUID begin(String repository, String owner) {
        UUID id = ids.issue(repository, owner);
        onMedium(() -> {
            blobs.begin(id).close();
            return true;
        });
        return id;
    }

    /** How many bytes of a session have arrived. */
    public long size(Session session) {
        requireOwn(session);
        return onMedium(() -> blobs.uploaded(session.id()));
    }

    /**
     * Appends the next piece, and returns how many bytes the session has.
     *
     * @throws Failure.WrongRange when the piece does not begin where the last one ended; the session stays as it was
     */
    public long append(Session session, Piece piece, InputStream content) {
        requireOwn(session);
        return turns.inTurn(
                session.id(),
                () -> withUpload(session.id(), upload -> {
                    append(upload, piece, content);
                    return upload.size();
                }));
    }

    /**
     * Appends the last piece and makes a blob of the session.
     *
     * @param target where it was begun
     * @throws Failure.Invalid when the content is not what the digest names; then the session is gone
     */
    public void finish(Session session, Target target, Piece piece, InputStream content, Digest digest) {
        requireOwn(session);
        turns.inTurn(
                session.id(),
                () -> withUpload(session.id(), upload -> {
                    append(upload, piece, content);
                    if (!upload.digest(digest.algorithm()).equals(digest)) {
                        upload.discard();
                        throw mismatch();
                    }
                    store(target, upload, digest);
                    return true;
                }));
    }

    /** Ends a session and frees what of it arrived. */
    public void cancel(Session session) {
        requireOwn(session);
        turns.inTurn(
                session.id(),
                () -> withUpload(session.id(), upload -> {
                    upload.discard();
                    return true;
                }));
    }

    /**
     * Brings a whole blob in one go.
     *
     * @param most the most bytes it may have
     * @throws Failure.Invalid when the content is not what the digest names, or is longer
     */
    public void bring(Target target, InputStream content, long most, Digest digest) {
        bring(target, content, most, digest, BlobStore.Watcher.NOBODY);
    }

    /** Brings a whole blob in one go while somebody watches. */
    public void bring(Target target, InputStream content, long most, Digest digest, BlobStore.Watcher watcher) {
        onMedium(() -> {
            try (Upload upload = blobs.begin(UUID.randomUUID())) {
                boolean done = false;
                try {
                    append(upload, new Piece(null, most), content, watcher);
                    if (!upload.digest(digest.algorithm()).equals(digest)) {
                        throw mismatch();
                    }
                    store(target, upload, digest);
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
    public boolean mount(Handle handle, long from, Target target, Digest digest) throws SQLException {
        OptionalLong size = ContentSql.size(handle, from, digest);
        if (size.isEmpty()) {
            return false;
        }
        enter(handle, target);
        Place to = target.placeOrCreate(handle, time.instant());
        ContentSql.Known known = ContentSql.lock(handle, digest, to.project().id());
        checkBlob(handle, target, known, size.getAsLong());
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

    private void requireOwn(Session session) {
        if (!ids.fits(session.id(), session.repository(), session.owner())) {
            throw unknown();
        }
    }

    private static Failure unknown() {
        return new Failure.NotFound(ErrorCode.BLOB_UPLOAD_UNKNOWN, "There is no such upload.");
    }

    /** Refuses a blob of some size as its {@link #bring} would in the end. */
    public void requireRoom(Target target, Digest digest, long size) {
        database.transact(handle -> {
            Target now = target.at(PlaceStore.terms(handle, target.project().id()));
            enter(handle, now);
            checkBlob(
                    handle,
                    now,
                    ContentSql.lock(handle, digest, target.project().id()),
                    size);
            return true;
        });
    }

    private static void append(Upload upload, Piece piece, InputStream content) throws IOException {
        append(upload, piece, content, BlobStore.Watcher.NOBODY);
    }

    private static void append(Upload upload, Piece piece, InputStream content, BlobStore.Watcher watcher)
            throws IOException {
        if (piece.first() != null && piece.first() != upload.size()) {
            throw new Failure.WrongRange("The next byte of this upload is number %d.".formatted(upload.size()));
        }
        try {
            long taken = upload.append(new CallerStream(content), piece.length(), watcher);
            if (piece.first() != null && taken != piece.length()) {
                throw Piece.wrongLength();
            }
        } catch (TooLongException e) {
            throw Piece.wrongLength();
        }
    }

    /**
     * Makes the upload a blob that may be read through the repository. A small one is written to its row, the bytes of
     * another are committed to the store before the row says that they are there.
     */
    private void store(Target target, Upload upload, Digest digest) throws IOException {
        if (upload.size() > SmallBlobs.LARGEST) {
            Commit commit = new Commit(upload, digest);
            boolean wasThere = admit(target, digest, upload.size(), null, commit);
            if (wasThere) {
                upload.discard();
            }
            return;
        }
        byte[] content = upload.bytes();
        if (target.terms().storageLimit().isPresent() || target.place().isEmpty()) {
            admit(target, digest, content.length, content, null);
        } else {
            admissions.ask(new ContentSql.Admission(target.place().get(), digest, content, time.instant()));
        }
        upload.discard();
    }

    /** In one transaction, while nobody can free the same bytes; tells whether the blob was there before. */
    private boolean admit(Target target, Digest digest, long size, byte @Nullable [] content, @Nullable Commit commit) {
        return database.transact(handle -> {
            // The bytes may have been on their way for hours.
            Target now = target.at(PlaceStore.terms(handle, target.project().id()));
            enter(handle, now);
            Place place = now.placeOrCreate(handle, time.instant());
            ContentSql.Known known =
                    ContentSql.lock(handle, digest, place.project().id());
            checkBlob(handle, now, known, size);
            if (commit != null && !known.live()) {
                onMedium(commit::run);
            }
            ContentSql.admit(handle, place, digest, size, content, time.instant());
            return known.live();
        });
    }

    private void checkBlob(Handle handle, Target target, ContentSql.Known known, long size) {
        long growth = known.counted() ? 0 : size;
        hooks.pushRules().forEach(rule -> rule.checkBlob(handle, target.project(), target.terms(), growth));
    }

    /** Happens once, although its transaction may be repeated. */
    private static final class Commit {
        private final Upload upload;
        private final Digest digest;
        private boolean done;

        Commit(Upload upload, Digest digest) {
            this.upload = upload;
            this.digest = digest;
        }

        boolean run() throws IOException {
            if (done && !upload.stored(digest)) {
                throw new IOException("The blob was freed between two attempts to note it");
            }
            if (!done) {
                upload.commit(digest);
                done = true;
            }
            return done;
        }
    }

    /** Frees the sessions that have rested since a limit. */
    public void freeIdle(Instant limit) {
        onMedium(() -> {
            blobs.forEachUploadIdleSince(limit, this::free);
            return true;
        });
    }

    private void free(UUID id) {
        if (turns.isTaken(id)) {
            return;
        }
        try (Upload upload = blobs.resume(id)) {
            upload.discard();
        } catch (NoSuchUploadException | UploadInUseException e) {
            log.debug("The upload {} is used or has ended meanwhile", id);
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

package dev.breakwater.registry.distribution;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.blob.BlobStore;
import dev.breakwater.registry.blob.Digest;
import dev.breakwater.registry.content.ContentSql;
import dev.breakwater.registry.content.ErrorCode;
import dev.breakwater.registry.manifest.ContentSource;
import dev.breakwater.registry.manifest.PullSql;
import dev.breakwater.registry.manifest.Removals;
import dev.breakwater.registry.repository.Place;
import dev.breakwater.registry.repository.PlaceStore;
import dev.breakwater.registry.upload.Uploads;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reading and removing blobs (registry.md 2.2). */
final class BlobHandlers {

    private static final Logger log = LoggerFactory.getLogger(BlobHandlers.class);
    private static final String BINARY = "application/octet-stream";

    private final Database database;
    private final BlobStore blobs;
    private final ContentSource source;
    private final Uploads uploads;
    private final Removals removals;
    private final Entrance entrance;
    private final TimeSource time;

    BlobHandlers(
            Database database,
            BlobStore blobs,
            Uploads uploads,
            ContentSource source,
            Removals removals,
            Entrance entrance,
            TimeSource time) {
        this.database = database;
        this.blobs = blobs;
        this.uploads = uploads;
        this.source = source;
        this.removals = removals;
        this.entrance = entrance;
        this.time = time;
    }

    /** {@code GET} and {@code HEAD} of a blob, or of a part of it. */
    Answer read(Call call) {
        Visit visit = entrance.open(call, Need.PULL);
        Digest digest = UploadHandlers.digest(call.pathParameter("digest"));
        Optional<PullSql.FoundBlob> found = find(visit, digest);
        return found.isPresent() ? answer(call, visit, found.get(), digest) : fromElsewhere(call, visit, digest);
    }

    private Answer answer(Call call, Visit visit, PullSql.FoundBlob found, Digest digest) {
        if (call.method().equals("HEAD")) {
            keep(visit, found.place(), digest);
        }
        call.answerHeader("Docker-Content-Digest", digest.toString());
        call.answerHeader("Accept-Ranges", "bytes");
        if (EntityTag.matches(call, digest)) {
            return Answer.empty(304).with("ETag", EntityTag.of(digest));
        }
        Optional<ByteRange> range = part(call, digest).flatMap(header -> ByteRange.parse(header, found.size()));
        long first = range.map(ByteRange::first).orElse(0L);
        long length = range.map(ByteRange::length).orElse(found.size());
        if (range.isPresent() && length == 0) {
            call.answerHeader("Content-Range", "bytes */" + found.size());
            throw new Failure.WrongRange("The blob has %d bytes.".formatted(found.size()));
        }
        Answer answer =
                described(call, content(call, found, digest, range.isPresent() ? 206 : 200, first, length), digest);
        return range.isEmpty()
                ? answer
                : answer.with("Content-Range", "bytes %d-%d/%d".formatted(first, first + length - 1, found.size()));
    }

    /** The part that is asked for: none when the caller has the beginning of other content and so wants the whole. */
    private static Optional<String> part(Call call, Digest digest) {
        return call.header("If-Range").map(EntityTag.of(digest)::equals).orElse(true)
                ? call.header("Range")
                : Optional.empty();
    }

    /** Who may not push asks out of curiosity, and is no reason to keep anything. */
    private void keep(Visit visit, Place place, Digest digest) {
        boolean pusher = visit.live()
                .filter(rights ->
                        database.query(handle -> rights.allows(handle, place.project(), Need.PUSH.permission())))
                .isPresent();
        if (pusher) {
            uploads.keep(place, digest);
        }
    }

    /** It is opened before the answer begins, so that a blob which the store has lost is answered with an error. */
    private Answer content(Call call, PullSql.FoundBlob found, Digest digest, int status, long first, long length) {
        if (call.method().equals("HEAD") || length == 0) {
            return Answer.sized(status, BINARY, length, out -> {});
        }
        byte @Nullable [] small = found.content();
        if (small != null) {
            return Answer.of(status, BINARY, Arrays.copyOfRange(small, (int) first, (int) (first + length)));
        }
        Instant began = time.instant();
        InputStream in = open(digest, first, length);
        return Answer.sized(status, BINARY, length, out -> {
            try (in) {
                in.transferTo(out);
            } catch (BlobStore.DamagedBlobException e) {
                log.error(
                        "The blob {} is damaged; its reader was cut off, and it counts as absent from now on", digest);
                database.transact(handle -> ContentSql.markDamaged(handle, digest, began, time.instant()));
                throw e;
            }
        });
    }

    private InputStream open(Digest digest, long first, long length) {
        try {
            return blobs.open(digest, first, length);
        } catch (IOException e) {
            log.error("The blob {} cannot be read", digest, e);
            throw new Failure.Internal("The blob cannot be read.");
        }
    }

    private Optional<PullSql.FoundBlob> find(Visit visit, Digest digest) {
        return database.query(handle -> {
            Optional<PullSql.FoundBlob> here = PullSql.blob(handle, visit.name(), digest);
            here.ifPresent(blob -> visit.check(handle, Optional.of(blob.place().project())));
            return here;
        });
    }

    /** Looks for a blob elsewhere. A whole one is handed on while it comes. */
    private Answer fromElsewhere(Call call, Visit visit, Digest digest) {
        PlaceStore.Found place = database.query(visit::find);
        String repository = visit.name().toString();
        ContentSource.Followed followed = part(call, digest).isPresent()
                ? new ContentSource.Followed(source.bringBlob(place.project(), repository, digest), Optional.empty())
                : source.followBlob(place.project(), repository, digest);
        if (followed.arriving().isPresent()) {
            ContentSource.Arriving blob = followed.arriving().get();
            return described(call, Answer.sized(200, BINARY, blob.length(), blob::copyTo), digest);
        }
        Optional<PullSql.FoundBlob> found = followed.found() ? find(visit, digest) : Optional.empty();
        return answer(call, visit, found.orElseThrow(() -> absent(place.place(), digest)), digest);
    }

    private static Answer described(Call call, Answer answer, Digest digest) {
        call.answerHeader("Docker-Content-Digest", digest.toString());
        call.answerHeader("Accept-Ranges", "bytes");
        return answer.with("ETag", EntityTag.of(digest)).with("Cache-Control", "max-age=31536000");
    }

    private Failure absent(Optional<Place> place, Digest digest) {
        boolean damaged = place.filter(
                        here -> database.query(handle -> ContentSql.isDamaged(handle, here.repositoryId(), digest)))
                .isPresent();
        return damaged
                ? new Failure.NotFound(
                        ErrorCode.BLOB_UNKNOWN, "the stored bytes of this blob are damaged; push it again")
                : unknown();
    }

    private static Failure unknown() {
        return new Failure.NotFound(ErrorCode.BLOB_UNKNOWN, "blob unknown to registry");
    }

    /** {@code DELETE} of a blob: it can no longer be read through this repository. */
    Answer delete(Call call) {
        Visit visit = entrance.open(call, Need.DELETE);
        Digest digest = UploadHandlers.digest(call.pathParameter("digest"));
        boolean removed = database.transact(handle -> {
            Optional<Place> place = visit.find(handle).place();
            return place.isPresent() && removals.blob(handle, place.get(), digest, visit.username());
        });
        if (!removed) {
            throw unknown();
        }
        return Answer.empty(202);
    }
}

package dev.breakwater.registry.distribution;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.registry.blob.Digest;
import dev.breakwater.registry.content.ContentSql;
import dev.breakwater.registry.content.ErrorCode;
import dev.breakwater.registry.project.Project;
import dev.breakwater.registry.project.ProjectStore;
import dev.breakwater.registry.repository.Place;
import dev.breakwater.registry.repository.PlaceStore;
import dev.breakwater.registry.repository.RepositoryName;
import dev.breakwater.registry.repository.RepositoryStore;
import dev.breakwater.registry.repository.Target;
import dev.breakwater.registry.upload.Piece;
import dev.breakwater.registry.upload.Uploads;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Uploads of blobs, in one request or in many, and mounts from other repositories (registry.md 2.2). */
final class UploadHandlers {

    private static final int HOLDERS_LOOKED_AT = 100;

    private final Database database;
    private final Uploads uploads;
    private final Entrance entrance;
    private final OpenUploads open;

    UploadHandlers(Database database, Uploads uploads, Entrance entrance, OpenUploads open) {
        this.database = database;
        this.uploads = uploads;
        this.entrance = entrance;
        this.open = open;
    }

    /** {@code POST …/blobs/uploads/}, empty, with the whole blob, or naming a blob of another repository. */
    Answer begin(Call call) {
        Optional<Digest> mounted = call.query("mount").flatMap(Digest::parse);
        Optional<RepositoryName> source = call.query("from").flatMap(RepositoryName::parse);
        String more = mounted.isPresent()
                ? source.map(from -> "repository:" + from + ":pull").orElse("")
                : "";
        long moment = open.moment();
        Visit visit = entrance.open(call, Need.PUSH, more);
        Target target = target(visit);
        Optional<String> digest = call.query("digest");
        if (digest.isPresent()) {
            return whole(call, visit, target, digest(digest.get()));
        }
        call.query("digest-algorithm").ifPresent(UploadHandlers::requireKnown);
        if (mounted.isPresent() && mount(call, visit, target, mounted.get())) {
            return created(visit.name(), mounted.get());
        }
        UUID upload = uploads.begin(visit.name().toString(), visit.owner());
        open.began(moment, upload, call, new OpenUploads.Writer(visit.name(), visit.owner(), target));
        return progress(202, visit.name(), upload, 0);
    }

    private OpenUploads.Writer writer(Call call) {
        return id(call).flatMap(upload -> open.writer(upload, call)).orElseGet(() -> {
            Visit visit = entrance.open(call, Need.PUSH);
            return new OpenUploads.Writer(visit.name(), visit.owner(), target(visit));
        });
    }

    private Target target(Visit visit) {
        Target target = visit.target();
        uploads.checkWriting(target);
        return target;
    }

    private static void requireKnown(String algorithm) {
        if (Digest.Algorithm.named(algorithm).isEmpty()) {
            throw Failure.Invalid.coded(ErrorCode.DIGEST_INVALID, "The digest algorithm is not supported.");
        }
    }

    private Answer whole(Call call, Visit visit, Target target, Digest digest) {
        uploads.bring(target, call.stream(), Long.MAX_VALUE, digest);
        return created(visit.name(), digest);
    }

    /** A blob that the caller may not read anywhere is not mounted, as if there were none. */
    private boolean mount(Call call, Visit visit, Target target, Digest digest) {
        Optional<String> source = call.query("from");
        return database.transact(handle -> {
            Optional<Long> from = source.isPresent()
                    ? named(handle, visit, RepositoryName.parse(source.get()))
                    : anywhere(handle, visit, digest);
            return from.isPresent() && uploads.mount(handle, from.get(), target, digest);
        });
    }

    private static Optional<Long> named(Handle handle, Visit visit, Optional<RepositoryName> source)
            throws SQLException {
        return source.isEmpty()
                ? Optional.empty()
                : PlaceStore.find(handle, source.get())
                        .filter(found -> visit.mayPull(handle, found.project()))
                        .flatMap(PlaceStore.Found::place)
                        .map(Place::repositoryId);
    }

    private static Optional<Long> anywhere(Handle handle, Visit visit, Digest digest) {
        for (ContentSql.Holder holder : ContentSql.holders(handle, digest, HOLDERS_LOOKED_AT)) {
            Optional<Project> project = ProjectStore.find(handle, holder.project());
            if (project.isPresent() && visit.mayPull(handle, project.get())) {
                return RepositoryStore.findId(handle, holder.project(), holder.repository());
            }
        }
        return Optional.empty();
    }

    /** {@code PATCH} of a session: the next piece. */
    Answer append(Call call) {
        OpenUploads.Writer writer = writer(call);
        Uploads.Session session = session(call, writer.name(), writer.owner());
        try {
            long size = uploads.append(session, piece(call), call.stream());
            return progress(202, writer.name(), session.id(), size);
        } catch (Failure.WrongRange wrong) {
            throw withState(call, writer, session, wrong);
        }
    }

    /** {@code PUT} of a session: the last piece, which may be empty, and the digest of the whole. */
    Answer finish(Call call) {
        OpenUploads.Writer writer = writer(call);
        Uploads.Session session = session(call, writer.name(), writer.owner());
        Digest digest = digest(call.query("digest").orElse(""));
        try {
            uploads.finish(session, writer.target(), piece(call), call.stream(), digest);
        } catch (Failure.WrongRange wrong) {
            throw withState(call, writer, session, wrong);
        }
        open.ended(session.id());
        return created(writer.name(), digest);
    }

    /** {@code GET} of a session: how far it is. */
    Answer status(Call call) {
        Visit visit = entrance.open(call, Need.PULL);
        database.query(visit::find);
        Uploads.Session session = session(call, visit.name(), visit.owner());
        return progress(204, visit.name(), session.id(), uploads.size(session));
    }

    /** {@code DELETE} of a session. Whoever may push may also give up. */
    Answer cancel(Call call) {
        OpenUploads.Writer writer = writer(call);
        Uploads.Session session = session(call, writer.name(), writer.owner());
        uploads.cancel(session);
        open.ended(session.id());
        return Answer.empty(204);
    }

    private static Uploads.Session session(Call call, RepositoryName name, String owner) {
        return new Uploads.Session(name.toString(), id(call).orElseThrow(UploadHandlers::unknown), owner);
    }

    private static Optional<UUID> id(Call call) {
        try {
            return Optional.of(UUID.fromString(call.pathParameter("upload")));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Failure unknown() {
        return new Failure.NotFound(ErrorCode.BLOB_UPLOAD_UNKNOWN, "There is no such upload.");
    }

    private static Piece piece(Call call) {
        return call.header("Content-Range")
                .map(range -> Piece.of(range, call.announcedLength()))
                .orElse(Piece.OPEN);
    }

    static Digest digest(String text) {
        return Digest.parse(text)
                .orElseThrow(() -> Failure.Invalid.coded(
                        ErrorCode.DIGEST_INVALID, "The digest is missing, malformed or of an unknown algorithm."));
    }

    /** Tells where to go on together with the refusal. */
    private Failure withState(Call call, OpenUploads.Writer writer, Uploads.Session session, Failure.WrongRange wrong) {
        progress(204, writer.name(), session.id(), uploads.size(session))
                .headers()
                .forEach(call::answerHeader);
        return wrong;
    }

    private static Answer progress(int status, RepositoryName name, UUID id, long size) {
        return Answer.empty(status)
                .with("Location", "/v2/" + name + "/blobs/uploads/" + id)
                .with("Range", "0-" + Math.max(0, size - 1))
                .with("Docker-Upload-UUID", id.toString());
    }

    private static Answer created(RepositoryName name, Digest digest) {
        return Answer.empty(201)
                .with("Location", "/v2/" + name + "/blobs/" + digest)
                .with("Docker-Content-Digest", digest.toString());
    }
}

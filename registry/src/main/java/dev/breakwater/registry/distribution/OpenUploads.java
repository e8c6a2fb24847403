package dev.breakwater.registry.distribution;

import dev.breakwater.kernel.http.Call;
import dev.breakwater.registry.repository.RepositoryName;
import dev.breakwater.registry.repository.Target;
import dev.breakwater.tenancy.Audit;
import dev.breakwater.tenancy.Recent;
import java.util.Optional;
import java.util.UUID;

/**
 * The uploads that were begun here a moment ago. Whoever was let in to begin one goes on with it for a second without
 * being asked again, when the same is shown: a push of small blobs asks the database half as often. Any change of rights
 * or rules on this node ends that at once. The manifest, without which a blob is nothing, is always asked about.
 */
final class OpenUploads {

    private final Recent<UUID, Opening> openings;

    /** Forgets all whenever something changes that is audited. */
    OpenUploads(Audit audit) {
        openings = new Recent<>(audit);
    }

    /**
     * Somebody who may write to a repository.
     *
     * @param name of the repository
     * @param owner by what the sessions of this caller are told from those of others
     * @param target where to
     */
    record Writer(RepositoryName name, String owner, Target target) {}

    private record Opening(String shown, Writer writer) {}

    /** The moment before somebody is asked whether he may begin an upload, for {@link #began}. */
    long moment() {
        return openings.moment();
    }

    /** Remembers who began an upload, having been asked at a moment. */
    void began(long moment, UUID upload, Call call, Writer writer) {
        openings.put(moment, upload, new Opening(shown(call), writer));
    }

    /** Who began it, if that was a moment ago and this request comes from the same one. */
    Optional<Writer> writer(UUID upload, Call call) {
        return openings.get(upload)
                .filter(opening -> opening.shown().equals(shown(call)))
                .map(Opening::writer)
                .filter(writer -> writer.name().toString().equals(call.pathParameter("name")));
    }

    /** Forgets one that has ended. */
    void ended(UUID upload) {
        openings.forget(upload);
    }

    private static String shown(Call call) {
        return call.header("Authorization").orElse("");
    }
}

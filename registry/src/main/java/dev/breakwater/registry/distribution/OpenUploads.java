package dev.breakwater.registry.distribution;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.registry.repository.RepositoryName;
import dev.breakwater.registry.repository.Target;
import dev.breakwater.tenancy.Audit;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * The uploads that were begun here a moment ago. Whoever was let in to begin one goes on with it for a second without
 * being asked again, when the same is shown: a push of small blobs asks the database half as often. Any change of rights
 * or rules on this node ends that at once. The manifest, without which a blob is nothing, is always asked about.
 */
final class OpenUploads {

    private static final Duration TRUSTED = Duration.ofSeconds(1);
    private static final int MOST = 10_000;

    private final Cache<UUID, Opening> openings =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(TRUSTED).build();

    /** Forgets all whenever something changes that is audited. */
    OpenUploads(Audit audit) {
        audit.afterEach(openings::invalidateAll);
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

    /** Remembers who began an upload. */
    void began(UUID upload, Call call, Writer writer) {
        openings.put(upload, new Opening(shown(call), writer));
    }

    /** Who began it, if that was a moment ago and this request comes from the same one. */
    Optional<Writer> writer(UUID upload, Call call) {
        return Optional.ofNullable(openings.getIfPresent(upload))
                .filter(opening -> opening.shown().equals(shown(call)))
                .map(Opening::writer)
                .filter(writer -> writer.name().toString().equals(call.pathParameter("name")));
    }

    /** Forgets one that has ended. */
    void ended(UUID upload) {
        openings.invalidate(upload);
    }

    private static String shown(Call call) {
        return call.header("Authorization").orElse("");
    }
}

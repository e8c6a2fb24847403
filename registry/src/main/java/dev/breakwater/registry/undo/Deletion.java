package dev.breakwater.registry.undo;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that was deleted and can still be brought back.
 *
 * @param id its number
 * @param kind {@code tag}, {@code artifact} or {@code repository}
 * @param repositoryId from which repository
 * @param repository its whole name
 * @param deletedBy who deleted it
 * @param deletedAt when
 * @param undoneAt when it was brought back; null when it was not
 * @param tags the tags that went, with the digests they pointed to
 * @param digests the manifests that went
 */
public record Deletion(
        long id,
        String kind,
        long repositoryId,
        String repository,
        String deletedBy,
        Instant deletedAt,
        @Nullable Instant undoneAt,
        List<DeletedTag> tags,
        List<String> digests) {

    /** Immutable copies of the lists. */
    public Deletion {
        tags = List.copyOf(tags);
        digests = List.copyOf(digests);
    }

    /** A tag with the digest of the manifest that it pointed to. */
    public record DeletedTag(String name, String digest) {}
}

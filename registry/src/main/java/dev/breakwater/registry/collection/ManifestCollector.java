package dev.breakwater.registry.collection;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.registry.blob.Digest;
import dev.breakwater.registry.collection.BlobSql.Named;
import dev.breakwater.registry.collection.ManifestSql.Going;
import dev.breakwater.registry.usage.UsageStore;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** Removes manifests that nothing needs, and after each step the blobs that only they named. */
final class ManifestCollector {

    private static final int LOOKED_AT = 200;
    private static final int REMOVED = 50;

    private final Database database;
    private final BlobCollector blobs;

    ManifestCollector(Database database, BlobCollector blobs) {
        this.database = database;
        this.blobs = blobs;
    }

    /** Removes those that were deleted for good and, if so wanted, those to which no tag leads. */
    void remove(Limits limits, boolean untagged, Progress progress) {
        int removed;
        do {
            removed = remove(
                    progress,
                    limits,
                    untagged,
                    handle -> ManifestSql.expired(handle, limits, ManifestSql.holdExpired(handle, limits, REMOVED)));
        } while (removed > 0 && progress.goesOn());
        if (untagged) {
            removeOrphanedTags(limits, progress);
        }
        boolean more = untagged;
        while (more && progress.goesOn()) {
            more = removeLeftAlone(limits, progress);
        }
    }

    /** What belonged to manifests that earlier collections removed has no tag after this. */
    private void removeOrphanedTags(Limits limits, Progress progress) {
        int removed;
        do {
            removed = Walk.rested(
                    () -> database.transact(handle -> ManifestSql.removeOrphanedTags(handle, limits, LOOKED_AT)));
        } while (removed == LOOKED_AT && progress.goesOn());
        Walk.rested(() -> database.transact(handle -> {
            ManifestSql.forgetGone(handle);
            return true;
        }));
    }

    /** One walk through all manifests; whether something went, so that another may find what belonged to it. */
    private boolean removeLeftAlone(Limits limits, Progress progress) {
        boolean more = false;
        long after = 0;
        while (progress.goesOn()) {
            long from = after;
            Optional<Long> last = database.query(handle -> ManifestSql.nextManifest(handle, from, LOOKED_AT));
            if (last.isEmpty()) {
                break;
            }
            more |= removeLeftAlone(limits, from, last.get(), progress);
            after = last.get();
        }
        return more;
    }

    private boolean removeLeftAlone(Limits limits, long after, long last, Progress progress) {
        int all = 0;
        int removed;
        do {
            removed = remove(
                    progress,
                    limits,
                    true,
                    handle -> ManifestSql.leftAlone(
                            handle, limits, ManifestSql.holdLeftAlone(handle, limits, after, last, REMOVED)));
            all += removed;
        } while (removed == REMOVED && progress.goesOn());
        return all > 0;
    }

    @FunctionalInterface
    private interface Choice {
        List<Going> of(Handle handle);
    }

    private record Removed(int manifests, long bytes, List<Digest> blobs) {}

    private int remove(Progress progress, Limits limits, boolean untagged, Choice choice) {
        Removed removed = Walk.rested(() -> database.transact(handle -> {
            List<Going> going = choice.of(handle);
            return going.isEmpty() ? new Removed(0, 0, List.of()) : remove(handle, limits, untagged, going);
        }));
        if (removed.manifests() > 0) {
            progress.freed(new Freed(removed.manifests(), 0, removed.bytes()));
        }
        blobs.remove(limits, removed.blobs(), progress);
        return removed.manifests();
    }

    private static Removed remove(Handle handle, Limits limits, boolean untagged, List<Going> going) {
        List<Long> ids = going.stream().map(Going::id).toList();
        List<Named> named = BlobSql.blobsOf(handle, ids);
        long bytes = ManifestSql.removeManifests(handle, ids);
        if (untagged) {
            ManifestSql.removeBelongingTags(handle, limits, going);
        }
        ManifestSql.noteGone(handle, going);
        List<Digest> unlinked = parsed(BlobSql.unlink(handle, limits, named).stream()
                .map(Named::digest)
                .distinct()
                .toList());
        Map<Long, TreeSet<String>> used = new TreeMap<>();
        named.forEach(blob ->
                used.computeIfAbsent(blob.project(), any -> new TreeSet<>()).add(blob.digest()));
        going.forEach(manifest ->
                used.computeIfAbsent(manifest.project(), any -> new TreeSet<>()).add(manifest.digest()));
        used.forEach((project, contents) -> UsageStore.release(handle, project, parsed(contents)));
        return new Removed(ids.size(), bytes, unlinked);
    }

    private static List<Digest> parsed(Collection<String> digests) {
        return digests.stream()
                .map(digest -> Digest.parse(digest).orElseThrow())
                .toList();
    }
}

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

    private static final int LOOKED_AT = 50;

    private final Database database;
    private final BlobCollector blobs;

    ManifestCollector(Database database, BlobCollector blobs) {
        this.database = database;
        this.blobs = blobs;
    }

    /** Removes those that were deleted for good and, if so wanted, those to which no tag leads. */
    void remove(Limits limits, boolean untagged, Progress progress) {
        Run run = new Run(limits, untagged, progress);
        run.removeExpired();
        if (untagged) {
            run.removeOrphanedTags();
            run.removeLeftAlone();
        }
    }

    /** Those that are to go, at most so many. */
    @FunctionalInterface
    private interface Choice {
        List<Going> of(Handle handle, int most);
    }

    /** What a step removed, and whether it was as much as it might, so that there may be more. */
    private record Removed(int manifests, long bytes, List<Digest> blobs, boolean full) {}

    /** One collection. */
    private final class Run {

        private final Limits limits;
        private final boolean untagged;
        private final Progress progress;
        private final Portion portion = new Portion();

        Run(Limits limits, boolean untagged, Progress progress) {
            this.limits = limits;
            this.untagged = untagged;
            this.progress = progress;
        }

        void removeExpired() {
            Removed removed;
            do {
                removed = remove((handle, most) ->
                        ManifestSql.expired(handle, limits, ManifestSql.holdExpired(handle, limits, most)));
            } while (removed.manifests() > 0 && progress.goesOn());
        }

        /** What belonged to manifests that earlier collections removed has no tag after this. */
        void removeOrphanedTags() {
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

        /** Walks through all manifests, and again when something went: another may have belonged to it. */
        void removeLeftAlone() {
            boolean more = true;
            while (more && progress.goesOn()) {
                more = walk();
            }
        }

        private boolean walk() {
            boolean some = false;
            long after = 0;
            while (progress.goesOn()) {
                long from = after;
                Optional<Long> last = database.query(handle -> ManifestSql.nextManifest(handle, from, LOOKED_AT));
                if (last.isEmpty()) {
                    break;
                }
                some |= removeLeftAlone(from, last.get());
                after = last.get();
            }
            return some;
        }

        private boolean removeLeftAlone(long after, long last) {
            boolean some = false;
            Removed removed;
            do {
                removed = remove((handle, most) -> ManifestSql.leftAlone(
                        handle, limits, ManifestSql.holdLeftAlone(handle, limits, after, last, most)));
                some |= removed.manifests() > 0;
            } while (removed.full() && progress.goesOn());
            return some;
        }

        private Removed remove(Choice choice) {
            Removed removed = portion.rested(most -> database.transact(handle -> {
                List<Going> going = choice.of(handle, most);
                return going.isEmpty()
                        ? new Removed(0, 0, List.of(), false)
                        : remove(handle, going, going.size() == most);
            }));
            if (removed.manifests() > 0) {
                progress.freed(new Freed(removed.manifests(), 0, removed.bytes()));
            }
            blobs.remove(limits, removed.blobs(), progress);
            return removed;
        }

        private Removed remove(Handle handle, List<Going> going, boolean full) {
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
            going.forEach(manifest -> used.computeIfAbsent(manifest.project(), any -> new TreeSet<>())
                    .add(manifest.digest()));
            used.forEach((project, contents) -> UsageStore.release(handle, project, parsed(contents)));
            return new Removed(ids.size(), bytes, unlinked, full);
        }
    }

    private static List<Digest> parsed(Collection<String> digests) {
        return digests.stream()
                .map(digest -> Digest.parse(digest).orElseThrow())
                .toList();
    }
}

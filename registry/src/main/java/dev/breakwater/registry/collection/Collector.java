package dev.breakwater.registry.collection;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.blob.BlobStore;
import java.time.Duration;
import java.time.Instant;

/**
 * Frees what nothing refers to, while pushes and pulls go on (registry.md 2.2, decision D17): manifests, then which
 * blobs may be read where, then the blobs. It works in small transactions that wait for nobody, and rests after each.
 * Any number of collectors may be at work, and one that dies leaves nothing that the next does not find.
 */
public final class Collector {

    private static final int DELETIONS = 200;

    private final Database database;
    private final TimeSource time;
    private final Duration grace;
    private final Duration undoWindow;
    private final BlobCollector blobs;
    private final ManifestCollector manifests;
    private final Foresight foresight;

    /**
     * Prepares the collector.
     *
     * @param grace how old content must be before it goes
     * @param undoWindow how long what was deleted can be brought back
     */
    public Collector(Database database, BlobStore blobs, TimeSource time, Duration grace, Duration undoWindow) {
        this.database = database;
        this.time = time;
        this.grace = grace;
        this.undoWindow = undoWindow;
        this.blobs = new BlobCollector(database, blobs, time);
        manifests = new ManifestCollector(database, this.blobs);
        foresight = new Foresight(database);
    }

    private Limits limits() {
        Instant now = time.instant();
        Instant young = now.minus(grace);
        Instant deleted = now.minus(undoWindow);
        return new Limits(young, deleted.isBefore(young) ? deleted : young);
    }

    /** Frees what deletions have left, and what a collector that died has left. */
    void collectDeleted(Progress progress) {
        Limits limits = limits();
        manifests.remove(limits, false, progress);
        blobs.freeLeft(progress);
        removeDeletions(limits, progress);
    }

    /**
     * Looks at everything and frees what nothing refers to.
     *
     * @param untagged whether manifests go that no tag leads to
     * @param workers how many windows of blobs are looked at at the same time
     */
    void collectAll(boolean untagged, int workers, Progress progress) {
        Limits limits = limits();
        manifests.remove(limits, untagged, progress);
        progress.log("manifests: done");
        blobs.removeLinks(limits, progress);
        progress.log("links of blobs to repositories: done");
        blobs.releaseUse(progress);
        blobs.removeAll(limits, workers, progress);
        progress.log("blobs: done");
        removeDeletions(limits, progress);
        removeEmptyRepositories(limits, progress);
    }

    /** Tells what {@link #collectAll} would free now. */
    void foresee(long run, boolean untagged, Progress progress) {
        foresight.foresee(run, limits(), untagged, progress);
    }

    private void removeDeletions(Limits limits, Progress progress) {
        int removed;
        do {
            removed = Walk.rested(
                    () -> database.transact(handle -> ManifestSql.removeDeletions(handle, limits, DELETIONS)));
        } while (removed == DELETIONS && progress.goesOn());
    }

    private void removeEmptyRepositories(Limits limits, Progress progress) {
        Walk.repositories(
                database,
                progress,
                repositories -> database.transact(handle -> {
                    ManifestSql.removeEmpty(handle, limits, repositories);
                    return true;
                }));
    }
}

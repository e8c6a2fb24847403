package dev.breakwater.registry.collection;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.blob.BlobStore;
import dev.breakwater.registry.blob.Digest;
import dev.breakwater.registry.collection.CollectionSql.Blobs;
import dev.breakwater.registry.collection.CollectionSql.Freeable;
import dev.breakwater.registry.collection.CollectionSql.Going;
import dev.breakwater.registry.collection.CollectionSql.Links;
import dev.breakwater.registry.collection.CollectionSql.Named;
import dev.breakwater.registry.usage.UsageStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Frees what nothing refers to, while pushes and pulls go on (registry.md 2.2, decision D17): manifests, then which
 * blobs may be read where, then the blobs. It works in small transactions that wait for nobody, and rests after each three
 * times as long as it took. The bytes of a blob are freed in two steps, each while nobody can push the same digest: it is
 * doomed, which makes it absent for everybody, and then it goes. Any number of collectors may be at work, and one that
 * dies leaves nothing that the next does not find.
 */
public final class Collector {

    private static final int WINDOW = 200;
    private static final int MANIFESTS = 50;
    private static final int BYTES_AT_ONCE = 20;
    private static final int REST = 3;
    private static final long LONGEST_REST = Duration.ofMillis(150).toNanos();

    private final Database database;
    private final BlobStore blobs;
    private final TimeSource time;
    private final Duration grace;
    private final Duration undoWindow;

    /**
     * Prepares the collector.
     *
     * @param grace how old content must be before it goes
     * @param undoWindow how long what was deleted can be brought back
     */
    public Collector(Database database, BlobStore blobs, TimeSource time, Duration grace, Duration undoWindow) {
        this.database = database;
        this.blobs = blobs;
        this.time = time;
        this.grace = grace;
        this.undoWindow = undoWindow;
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
        removeManifests(limits, false, progress);
        for (List<Digest> left = List.of(); progress.goesOn(); ) {
            List<Digest> before = left;
            left = rested(() -> database.query(handle -> CollectionSql.left(handle, WINDOW)));
            if (left.isEmpty() || left.equals(before)) {
                break;
            }
            free(left, progress);
        }
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
        removeManifests(limits, untagged, progress);
        progress.log("manifests: done");
        removeLinks(limits, progress);
        progress.log("links of blobs to repositories: done");
        releaseUse(progress);
        inParallel(
                workers,
                () -> "",
                (handle, after) -> CollectionSql.nextBlobs(handle, limits, after, WINDOW)
                        .map(window -> new Step<>(window.digest(), () -> doomAndFree(limits, window, progress))),
                progress);
        progress.log("blobs: done");
        removeDeletions(limits, progress);
        removeEmptyRepositories(limits, progress);
    }

    /** Tells what {@link #collectAll} would free now. */
    void foresee(long run, boolean untagged, Progress progress) {
        Limits limits = limits();
        database.transact(handle -> {
            CollectionSql.forgetPlan(handle, run);
            return true;
        });
        eachRepositories(
                progress,
                repositories -> repositories.forEach(repository -> progress.freed(
                        database.transact(handle -> CollectionSql.plan(handle, limits, run, repository, untagged)))));
        String after = "";
        while (progress.goesOn()) {
            String from = after;
            Optional<CollectionSql.Foreseen> window =
                    rested(() -> database.query(handle -> CollectionSql.foresee(handle, limits, run, from, WINDOW)));
            if (window.isEmpty()) {
                break;
            }
            progress.freed(window.get().freed());
            after = window.get().digest();
        }
        database.transact(handle -> {
            CollectionSql.forgetPlan(handle, run);
            return true;
        });
    }

    private void removeManifests(Limits limits, boolean untagged, Progress progress) {
        int removed;
        do {
            removed = removeManifests(
                    progress,
                    limits,
                    untagged,
                    handle -> CollectionSql.expired(
                            handle, limits, CollectionSql.holdExpired(handle, limits, MANIFESTS)));
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
            removed =
                    rested(() -> database.transact(handle -> CollectionSql.removeOrphanedTags(handle, limits, WINDOW)));
        } while (removed == WINDOW && progress.goesOn());
        rested(() -> database.transact(handle -> {
            CollectionSql.forgetGone(handle);
            return true;
        }));
    }

    /** One walk through all manifests; whether something went, so that another may find what belonged to it. */
    private boolean removeLeftAlone(Limits limits, Progress progress) {
        boolean more = false;
        long after = 0;
        while (progress.goesOn()) {
            long from = after;
            Optional<Long> last = database.query(handle -> CollectionSql.nextManifest(handle, from, WINDOW));
            if (last.isEmpty()) {
                break;
            }
            long to = last.get();
            int removed;
            do {
                removed = removeManifests(
                        progress,
                        limits,
                        true,
                        handle -> CollectionSql.leftAlone(
                                handle, limits, CollectionSql.holdLeftAlone(handle, limits, from, to, MANIFESTS)));
                more |= removed > 0;
            } while (removed == MANIFESTS && progress.goesOn());
            after = to;
        }
        return more;
    }

    @FunctionalInterface
    private interface Choice {
        List<Going> of(Handle handle);
    }

    private record Removed(int manifests, long bytes, List<Digest> blobs) {}

    private int removeManifests(Progress progress, Limits limits, boolean untagged, Choice choice) {
        Removed removed = rested(() -> database.transact(handle -> {
            List<Going> going = choice.of(handle);
            return going.isEmpty() ? new Removed(0, 0, List.of()) : remove(handle, limits, untagged, going);
        }));
        if (removed.manifests() > 0) {
            progress.freed(new Freed(removed.manifests(), 0, removed.bytes()));
        }
        doomAndFree(limits, removed.blobs(), progress);
        return removed.manifests();
    }

    private static Removed remove(Handle handle, Limits limits, boolean untagged, List<Going> going) {
        List<Long> ids = going.stream().map(Going::id).toList();
        List<Named> named = CollectionSql.blobsOf(handle, ids);
        long bytes = CollectionSql.removeManifests(handle, ids);
        if (untagged) {
            CollectionSql.removeBelongingTags(handle, limits, going);
        }
        CollectionSql.noteGone(handle, going);
        List<Digest> unlinked = digests(CollectionSql.unlink(handle, limits, named));
        Map<Long, TreeSet<String>> used = new TreeMap<>();
        named.forEach(blob ->
                used.computeIfAbsent(blob.project(), any -> new TreeSet<>()).add(blob.digest()));
        going.forEach(manifest ->
                used.computeIfAbsent(manifest.project(), any -> new TreeSet<>()).add(manifest.digest()));
        used.forEach((project, contents) -> UsageStore.release(handle, project, parsed(contents)));
        return new Removed(ids.size(), bytes, unlinked);
    }

    private static List<Digest> digests(List<Named> named) {
        return parsed(named.stream().map(Named::digest).distinct().toList());
    }

    private static List<Digest> parsed(Collection<String> digests) {
        return digests.stream()
                .map(digest -> Digest.parse(digest).orElseThrow())
                .toList();
    }

    private void removeLinks(Limits limits, Progress progress) {
        long repository = 0;
        String digest = "";
        while (progress.goesOn()) {
            long fromRepository = repository;
            String fromDigest = digest;
            Optional<Links> window = rested(() -> database.query(
                    handle -> CollectionSql.nextLinks(handle, limits, fromRepository, fromDigest, WINDOW)));
            if (window.isEmpty()) {
                return;
            }
            if (!window.get().unnamed().isEmpty()) {
                rested(() -> database.transact(handle ->
                        CollectionSql.unlink(handle, limits, window.get().unnamed())));
            }
            repository = window.get().repository();
            digest = window.get().digest();
        }
    }

    /** Pushes that were going on when their project lost something may have kept it counted. */
    private void releaseUse(Progress progress) {
        long project = 0;
        String digest = "";
        while (progress.goesOn()) {
            long fromProject = project;
            String fromDigest = digest;
            Optional<Links> window = rested(
                    () -> database.query(handle -> CollectionSql.nextCounted(handle, fromProject, fromDigest, WINDOW)));
            if (window.isEmpty()) {
                return;
            }
            Map<Long, TreeSet<String>> unnamed = new TreeMap<>();
            window.get()
                    .unnamed()
                    .forEach(content -> unnamed.computeIfAbsent(content.project(), any -> new TreeSet<>())
                            .add(content.digest()));
            unnamed.forEach((owner, contents) -> rested(() -> database.transact(handle -> {
                UsageStore.release(handle, owner, parsed(contents));
                return true;
            })));
            project = window.get().repository();
            digest = window.get().digest();
        }
    }

    private void doomAndFree(Limits limits, Blobs window, Progress progress) {
        doomAndFree(limits, window.unreferenced(), progress);
    }

    private void doomAndFree(Limits limits, List<Digest> candidates, Progress progress) {
        if (candidates.isEmpty()) {
            return;
        }
        Condemned condemned = rested(() -> database.transact(handle -> {
            List<String> held = CollectionSql.holdDigests(handle, candidates);
            List<Freeable> removed = CollectionSql.removeSmall(handle, limits, held);
            return new Condemned(
                    removed,
                    removed.size() == held.size()
                            ? List.of()
                            : CollectionSql.doom(handle, limits, held, time.instant()));
        }));
        freed(condemned.removed(), progress);
        free(condemned.doomed(), progress);
    }

    /** Small blobs that are gone with their rows, and others that are to be freed. */
    private record Condemned(List<Freeable> removed, List<Digest> doomed) {}

    private static void freed(List<Freeable> blobs, Progress progress) {
        if (!blobs.isEmpty()) {
            progress.freed(new Freed(
                    0, blobs.size(), blobs.stream().mapToLong(Freeable::size).sum()));
        }
    }

    private void free(List<Digest> doomed, Progress progress) {
        for (int from = 0; from < doomed.size() && progress.goesOn(); from += BYTES_AT_ONCE) {
            List<Digest> some = doomed.subList(from, Math.min(from + BYTES_AT_ONCE, doomed.size()));
            freed(rested(() -> database.transact(handle -> free(handle, some))), progress);
        }
    }

    /** The bytes go while the digests are held, and before that is noted: a crash in between leaves them doomed. */
    private List<Freeable> free(Handle handle, List<Digest> digests) {
        List<Freeable> doomed = CollectionSql.doomed(handle, CollectionSql.holdDigests(handle, digests));
        try {
            for (Freeable blob : doomed) {
                blobs.delete(blob.digest());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        CollectionSql.forget(handle, doomed);
        return doomed;
    }

    private void removeDeletions(Limits limits, Progress progress) {
        int removed;
        do {
            removed = rested(() -> database.transact(handle -> CollectionSql.removeDeletions(handle, limits, WINDOW)));
        } while (removed == WINDOW && progress.goesOn());
    }

    private void removeEmptyRepositories(Limits limits, Progress progress) {
        eachRepositories(
                progress,
                repositories -> database.transact(handle -> {
                    CollectionSql.removeEmpty(handle, limits, repositories);
                    return true;
                }));
    }

    @FunctionalInterface
    private interface RepositoryWork {
        void on(List<Long> repositories);
    }

    private void eachRepositories(Progress progress, RepositoryWork work) {
        long after = 0;
        while (progress.goesOn()) {
            long from = after;
            List<Long> repositories = database.query(handle -> CollectionSql.repositories(handle, from, MANIFESTS));
            if (repositories.isEmpty()) {
                return;
            }
            rested(() -> {
                work.on(repositories);
                return true;
            });
            after = repositories.getLast();
        }
    }

    /** A window that was found: where the next begins, and what is to be done in this one. */
    private record Step<K>(K last, Runnable work) {}

    /** Several threads that take windows one after the other until there are no more. */
    private final class Windows<K> {
        private final BiFunction<Handle, K, Optional<Step<K>>> next;
        private K after;
        private boolean ended;

        Windows(K start, BiFunction<Handle, K, Optional<Step<K>>> next) {
            after = start;
            this.next = next;
        }

        synchronized Optional<Runnable> take() {
            if (ended) {
                return Optional.empty();
            }
            K from = after;
            Optional<Step<K>> step = rested(() -> database.query(handle -> next.apply(handle, from)));
            step.ifPresentOrElse(found -> after = found.last(), () -> ended = true);
            return step.map(Step::work);
        }
    }

    private <K> void inParallel(
            int workers, Supply<K> start, BiFunction<Handle, K, Optional<Step<K>>> next, Progress progress) {
        Windows<K> windows = new Windows<>(start.get(), next);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int worker = 0; worker < workers; worker++) {
                all.add(threads.submit(() -> Stream.generate(windows::take)
                        .takeWhile(step -> step.isPresent() && progress.goesOn())
                        .forEach(step -> step.orElseThrow().run())));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @FunctionalInterface
    private interface Supply<T> {
        T get();
    }

    /** Does something, and then leaves disk and database to others for three times as long as it took. */
    private static <T> T rested(Supply<T> work) {
        long start = System.nanoTime();
        T result = work.get();
        LockSupport.parkNanos(Math.min(REST * (System.nanoTime() - start), LONGEST_REST));
        return result;
    }
}

package dev.breakwater.registry.collection;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.blob.BlobStore;
import dev.breakwater.registry.blob.Digest;
import dev.breakwater.registry.collection.BlobSql.Blobs;
import dev.breakwater.registry.collection.BlobSql.Freeable;
import dev.breakwater.registry.collection.BlobSql.Named;
import dev.breakwater.registry.collection.BlobSql.Window;
import dev.breakwater.registry.usage.UsageStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Removes blobs that nothing names, each while nobody can push the same digest: a small one goes with its row; another is
 * doomed first, which makes it absent for everybody, and freed in a second step.
 */
final class BlobCollector {

    private static final int WINDOW = 50;
    private static final int BYTES_AT_ONCE = 20;

    private final Database database;
    private final BlobStore blobs;
    private final TimeSource time;

    BlobCollector(Database database, BlobStore blobs, TimeSource time) {
        this.database = database;
        this.blobs = blobs;
        this.time = time;
    }

    /** Ends that blobs may be read where no manifest names them any more. */
    void removeLinks(Limits limits, Progress progress) {
        long repository = 0;
        String digest = "";
        while (progress.goesOn()) {
            long fromRepository = repository;
            String fromDigest = digest;
            Optional<Window> window = Walk.rested(() ->
                    database.query(handle -> BlobSql.nextLinks(handle, limits, fromRepository, fromDigest, WINDOW)));
            if (window.isEmpty()) {
                return;
            }
            List<Named> unnamed = window.get().unnamed();
            if (!unnamed.isEmpty()) {
                Walk.rested(() -> database.transact(handle -> BlobSql.unlink(handle, limits, unnamed)));
            }
            repository = window.get().last().repository();
            digest = window.get().last().digest();
        }
    }

    /** Pushes that were going on when their project lost something may have kept it counted. */
    void releaseUse(Progress progress) {
        long project = 0;
        String digest = "";
        while (progress.goesOn()) {
            long fromProject = project;
            String fromDigest = digest;
            Optional<Window> window = Walk.rested(
                    () -> database.query(handle -> BlobSql.nextCounted(handle, fromProject, fromDigest, WINDOW)));
            if (window.isEmpty()) {
                return;
            }
            byProject(window.get().unnamed())
                    .forEach((owner, contents) -> Walk.rested(() -> database.transact(handle -> {
                        UsageStore.release(handle, owner, contents);
                        return true;
                    })));
            project = window.get().last().project();
            digest = window.get().last().digest();
        }
    }

    private static Map<Long, List<Digest>> byProject(List<Named> contents) {
        return contents.stream()
                .collect(Collectors.groupingBy(
                        Named::project,
                        TreeMap::new,
                        Collectors.mapping(
                                content -> Digest.parse(content.digest()).orElseThrow(), Collectors.toList())));
    }

    /** Removes those of some blobs that nothing names any more. */
    void remove(Limits limits, List<Digest> candidates, Progress progress) {
        if (candidates.isEmpty()) {
            return;
        }
        Condemned condemned = Walk.rested(() -> database.transact(handle -> {
            List<String> held = BlobSql.holdDigests(handle, candidates);
            List<Freeable> removed = BlobSql.removeSmall(handle, limits, held);
            return new Condemned(
                    removed,
                    removed.size() == held.size() ? List.of() : BlobSql.doom(handle, limits, held, time.instant()));
        }));
        tell(condemned.removed(), progress);
        free(condemned.doomed(), progress);
    }

    /** Small blobs that are gone with their rows, and others that are to be freed. */
    private record Condemned(List<Freeable> removed, List<Digest> doomed) {}

    private static void tell(List<Freeable> freed, Progress progress) {
        if (!freed.isEmpty()) {
            progress.freed(new Freed(
                    0, freed.size(), freed.stream().mapToLong(Freeable::size).sum()));
        }
    }

    private void free(List<Digest> doomed, Progress progress) {
        for (int from = 0; from < doomed.size() && progress.goesOn(); from += BYTES_AT_ONCE) {
            List<Digest> some = doomed.subList(from, Math.min(from + BYTES_AT_ONCE, doomed.size()));
            tell(Walk.rested(() -> database.transact(handle -> free(handle, some))), progress);
        }
    }

    /** The bytes go while the digests are held, and before that is noted: a crash in between leaves them doomed. */
    private List<Freeable> free(Handle handle, List<Digest> digests) {
        List<Freeable> doomed = BlobSql.doomed(handle, BlobSql.holdDigests(handle, digests));
        try {
            for (Freeable blob : doomed) {
                blobs.delete(blob.digest());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        BlobSql.forget(handle, doomed);
        return doomed;
    }

    /** Frees what was doomed and not freed, as after a crash. */
    void freeLeft(Progress progress) {
        for (List<Digest> left = List.of(); progress.goesOn(); ) {
            List<Digest> before = left;
            left = Walk.rested(() -> database.query(handle -> BlobSql.left(handle, WINDOW)));
            if (left.isEmpty() || left.equals(before)) {
                return;
            }
            free(left, progress);
        }
    }

    /** Looks at all blobs, and removes those that nothing names; {@code workers} windows at the same time. */
    void removeAll(Limits limits, int workers, Progress progress) {
        Windows windows = new Windows(limits);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int worker = 0; worker < workers; worker++) {
                all.add(threads.submit(() -> Stream.generate(windows::next)
                        .takeWhile(window -> window.isPresent() && progress.goesOn())
                        .forEach(window -> remove(limits, window.orElseThrow().unreferenced(), progress))));
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

    /** The windows of blobs that several threads take, one after the other. */
    private final class Windows {

        private final Limits limits;
        private String after = "";
        private boolean ended;

        Windows(Limits limits) {
            this.limits = limits;
        }

        synchronized Optional<Blobs> next() {
            if (ended) {
                return Optional.empty();
            }
            Optional<Blobs> window =
                    Walk.rested(() -> database.query(handle -> BlobSql.nextBlobs(handle, limits, after, WINDOW)));
            window.ifPresentOrElse(found -> after = found.digest(), () -> ended = true);
            return window;
        }
    }
}

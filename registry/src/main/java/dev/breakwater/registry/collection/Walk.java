package dev.breakwater.registry.collection;

import dev.breakwater.kernel.db.Database;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/** How collections go through what there is: step by step, and with rests. */
final class Walk {

    private static final int REPOSITORIES = 50;
    private static final int REST = 3;
    private static final long LONGEST_REST = Duration.ofMillis(150).toNanos();

    private Walk() {}

    /** Takes a step, and then leaves disk and database to others for three times as long as it took. */
    static <T> T rested(Supplier<T> step) {
        return rested(step, took -> {});
    }

    /** The same; before the rest it tells how many nanoseconds the step took. */
    static <T> T rested(Supplier<T> step, LongConsumer duration) {
        long start = System.nanoTime();
        T result = step.get();
        long took = System.nanoTime() - start;
        duration.accept(took);
        LockSupport.parkNanos(Math.min(REST * took, LONGEST_REST));
        return result;
    }

    /** Goes through all repositories, some of them at each step. */
    static void repositories(Database database, Progress progress, Consumer<List<Long>> step) {
        long after = 0;
        while (progress.goesOn()) {
            long from = after;
            List<Long> some = database.query(handle -> ManifestSql.repositories(handle, from, REPOSITORIES));
            if (some.isEmpty()) {
                return;
            }
            rested(() -> {
                step.accept(some);
                return true;
            });
            after = some.getLast();
        }
    }
}

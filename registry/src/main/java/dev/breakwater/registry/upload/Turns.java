package dev.breakwater.registry.upload;

import dev.breakwater.kernel.failure.Failure;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Lets the requests for one upload of this node come one after the other. */
final class Turns {

    /** A request that was cut off may still be waited for by the transport while the client already tries again. */
    private static final long PATIENCE_SECONDS = 20;

    private final Map<UUID, Line> lines = new ConcurrentHashMap<>();

    private static final class Line {
        final Semaphore turn = new Semaphore(1, true);
        int members;
    }

    /**
     * Does something when the turn has come.
     *
     * @throws Failure.Unavailable when it does not come
     */
    <T> T inTurn(UUID upload, Supplier<T> work) {
        Line line = join(upload);
        try {
            await(line);
            try {
                return work.get();
            } finally {
                line.turn.release();
            }
        } finally {
            leave(upload);
        }
    }

    private static void await(Line line) {
        try {
            if (line.turn.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new Failure.Unavailable(Duration.ofSeconds(1), "Another request is using this upload.");
    }

    /** Whether a request of this node is using the upload. */
    boolean isTaken(UUID upload) {
        return lines.containsKey(upload);
    }

    private Line join(UUID upload) {
        return lines.compute(upload, (id, known) -> {
            Line line = known == null ? new Line() : known;
            line.members++;
            return line;
        });
    }

    private void leave(UUID upload) {
        lines.computeIfPresent(upload, (id, line) -> --line.members == 0 ? null : line);
    }
}

package dev.breakwater.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one PostgreSQL process running: starts it, waits for its end, and starts it again unless it was told to stop.
 *
 * <p>All of that happens on one platform thread, because the signal that ends PostgreSQL together with us is bound to the
 * thread which started it, not to the process.
 */
final class Postmaster {

    private static final Logger log = LoggerFactory.getLogger(Postmaster.class);

    private static final Duration POLL = Duration.ofMillis(10);
    private static final Duration START_LIMIT = Duration.ofMinutes(10);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final Duration FAST_STOP_LIMIT = Duration.ofSeconds(30);
    private static final Duration IMMEDIATE_STOP_LIMIT = Duration.ofSeconds(10);

    private final PostgresFolder folder;
    private final ProcessBuilder command;
    private final CountDownLatch firstStart = new CountDownLatch(1);
    private final CountDownLatch stopRequested = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable Process process;
    private volatile @Nullable RuntimeException firstFailure;
    private volatile boolean ready;

    Postmaster(PostgresFolder folder, List<String> command) {
        this.folder = folder;
        this.command = new ProcessBuilder(command)
                .directory(folder.root().toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.startLog().toFile());
        this.thread = Thread.ofPlatform().name("postgresql").daemon().unstarted(this::keepRunning);
    }

    /** Returns when the server accepts connections; throws with the end of its log when it ends instead. */
    void start() throws InterruptedException {
        thread.start();
        firstStart.await();
        if (firstFailure != null) {
            throw firstFailure;
        }
    }

    boolean ready() {
        return ready;
    }

    long pid() {
        Process current = process;
        return current == null ? -1 : current.pid();
    }

    /** Ends the server's connections and the server, and waits for that. */
    void stop() throws InterruptedException {
        stopRequested.countDown();
        Process current = process;
        if (current != null) {
            stop(current.toHandle());
        }
        thread.join(POLL.plus(IMMEDIATE_STOP_LIMIT));
    }

    /** Ends the server without saving what it holds in memory only; its next start would have to recover. */
    void abandon() throws InterruptedException {
        stopRequested.countDown();
        Process current = process;
        if (current != null) {
            stopAtOnce(current.toHandle());
        }
        thread.join(POLL.plus(IMMEDIATE_STOP_LIMIT));
    }

    static void stop(ProcessHandle server) throws InterruptedException {
        Signal.INT.send(server);
        if (ended(server, FAST_STOP_LIMIT)) {
            return;
        }
        log.warn("PostgreSQL did not stop within {} s; stopping it at once", FAST_STOP_LIMIT.toSeconds());
        stopAtOnce(server);
    }

    private static void stopAtOnce(ProcessHandle server) throws InterruptedException {
        Signal.QUIT.send(server);
        if (!ended(server, IMMEDIATE_STOP_LIMIT)) {
            server.destroyForcibly();
        }
    }

    private static boolean ended(ProcessHandle server, Duration limit) throws InterruptedException {
        try {
            server.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private void keepRunning() {
        try {
            Duration pause = FIRST_PAUSE;
            while (true) {
                if (runOnce()) {
                    pause = FIRST_PAUSE;
                }
                if (stopRequested.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
                log.warn("starting PostgreSQL again");
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            fail(new PostgresException("PostgreSQL can't be started: " + e.getMessage(), e));
            log.error("PostgreSQL can't be started", e);
        }
    }

    /** Starts the server and stays until it ends; true when it had been ready in between. */
    private boolean runOnce() throws IOException, InterruptedException {
        Process started = command.start();
        process = started;
        if (stopping()) {
            // The request came before there was a process to stop.
            stop(started.toHandle());
        }
        boolean wasReady = awaitReady(started);
        if (wasReady) {
            ready = true;
            firstStart.countDown();
        }
        int status = started.waitFor();
        ready = false;
        if (firstStart.getCount() > 0) {
            stopRequested.countDown();
            fail(new PostgresException("PostgreSQL ended while it was starting:\n" + logTail()));
        } else if (!stopping()) {
            log.error("PostgreSQL (process {}) ended by itself with status {}\n{}", started.pid(), status, logTail());
        }
        return wasReady;
    }

    private boolean stopping() {
        return stopRequested.getCount() == 0;
    }

    private boolean awaitReady(Process started) throws InterruptedException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            if (folder.postmaster()
                    .filter(file -> file.ready() && file.pid() == started.pid())
                    .isPresent()) {
                return true;
            }
            if (started.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        log.error("PostgreSQL is not ready after {} minutes", START_LIMIT.toMinutes());
        started.destroyForcibly();
        return false;
    }

    private void fail(RuntimeException failure) {
        firstFailure = failure;
        firstStart.countDown();
    }

    private String logTail() {
        try (Stream<String> lines = Files.lines(folder.startLog())) {
            List<String> all = lines.toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - 20), all.size())) + "\n(more in "
                    + folder.logs() + ")";
        } catch (IOException e) {
            return "see " + folder.logs();
        }
    }
}

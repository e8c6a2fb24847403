package dev.breakwater.console.live;

import dev.breakwater.console.page.Visit;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.tenancy.BrowserSessions;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Tells open pages that what they show has changed, by server-sent events; the page then fetches that part anew. What a
 * page shows is looked at once a second, so it follows changes of every node. A stream ends with its session, and with
 * the server.
 */
public final class LiveStreams implements AutoCloseable {

    private static final int MOST = 500;
    private static final int MOST_PER_USER = 20;
    private static final int SIGN_OF_LIFE_EVERY = 15;
    private static final byte[] CHANGED = bytes("event: changed\ndata:\n\n");
    private static final byte[] SIGN_OF_LIFE = bytes(":\n\n");
    /** A browser whose connection breaks comes back after so many milliseconds. */
    private static final byte[] BEGINNING = bytes("retry: 2000\n\n");

    private final BrowserSessions sessions;
    private final Set<CountDownLatch> open = ConcurrentHashMap.newKeySet();
    private final Map<UUID, Integer> perUser = new ConcurrentHashMap<>();

    /** Streams end with these sessions. */
    public LiveStreams(BrowserSessions sessions) {
        this.sessions = sessions;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * A stream that follows something.
     *
     * @param state what is shown; when it is no longer equal to what it was, the page hears of it
     * @throws Failure.TooManyRequests when this visitor, or all of them, have too many open
     */
    public Answer follow(Visit visit, Supplier<?> state) {
        UUID user = visit.signedIn().user().id();
        if (open.size() >= MOST || perUser.getOrDefault(user, 0) >= MOST_PER_USER) {
            throw new Failure.TooManyRequests(
                    Duration.ofSeconds(30), "Too many pages follow what happens. Close some of them.");
        }
        return Answer.stream(200, "text/event-stream; charset=utf-8", out -> stream(out, visit, user, state))
                .with("Cache-Control", "no-store")
                .with("X-Accel-Buffering", "no");
    }

    private void stream(OutputStream out, Visit visit, UUID user, Supplier<?> state) throws IOException {
        CountDownLatch end = new CountDownLatch(1);
        open.add(end);
        perUser.merge(user, 1, Integer::sum);
        try {
            Object before = state.get();
            write(out, BEGINNING);
            for (int second = 1; !end.await(1, TimeUnit.SECONDS); second++) {
                if (second % SIGN_OF_LIFE_EVERY == 0) {
                    if (!sessions.lives(visit.call())) {
                        return;
                    }
                    write(out, SIGN_OF_LIFE);
                }
                Object now = state.get();
                if (!now.equals(before)) {
                    before = now;
                    write(out, CHANGED);
                }
            }
        } catch (Failure gone) {
            // What is shown is there no longer, or not for this visitor: loading the page again says why.
            write(out, CHANGED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("The server ends.");
        } finally {
            perUser.computeIfPresent(user, (same, count) -> count == 1 ? null : count - 1);
            open.remove(end);
        }
    }

    private static void write(OutputStream out, byte[] event) throws IOException {
        out.write(event);
        out.flush();
    }

    /** Ends all streams. */
    @Override
    public void close() {
        open.forEach(CountDownLatch::countDown);
    }
}

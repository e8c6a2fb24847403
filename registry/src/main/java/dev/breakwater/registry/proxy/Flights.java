package dev.breakwater.registry.proxy;

import dev.breakwater.kernel.failure.Failure;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Lets those who want the same thing at the same time have it fetched once. */
final class Flights {

    private final Map<String, CompletableFuture<Boolean>> underWay = new ConcurrentHashMap<>();

    /** Fetches something. */
    @FunctionalInterface
    interface Fetch {
        /** Whether there was something. */
        boolean run();
    }

    /** Fetches it, or waits for whoever does so already and has the same outcome. */
    boolean join(String what, Fetch fetch) {
        CompletableFuture<Boolean> mine = new CompletableFuture<>();
        @Nullable CompletableFuture<Boolean> first = underWay.putIfAbsent(what, mine);
        if (first != null) {
            return await(first);
        }
        // Whoever asks again because of the outcome must not find this one, so it is removed before that is told.
        try {
            boolean found = fetch.run();
            underWay.remove(what, mine);
            mine.complete(found);
            return found;
        } catch (RuntimeException | Error e) {
            underWay.remove(what, mine);
            mine.completeExceptionally(e);
            throw e;
        }
    }

    private static boolean await(CompletableFuture<Boolean> first) {
        try {
            return first.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Failure failure) {
                throw failure;
            }
            throw new IllegalStateException("What was fetched for others as well failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure.Unavailable(Duration.ofSeconds(1), "Service temporarily unavailable.");
        }
    }
}

package dev.breakwater.registry.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.kernel.failure.Failure;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FlightsTest {

    private final Flights flights = new Flights();
    private final AtomicInteger fetches = new AtomicInteger();

    @Test
    void who_comes_while_it_is_fetched_gets_what_the_first_gets() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        CompletableFuture<Boolean> first = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(() -> first.complete(flights.join("blob", () -> {
                    begun.countDown();
                    fetches.incrementAndGet();
                    await(go);
                    return true;
                })));
        begun.await();
        CompletableFuture<Boolean> second = new CompletableFuture<>();
        Thread waiting = Thread.ofVirtual()
                .start(() -> second.complete(flights.join("blob", () -> {
                    fetches.incrementAndGet();
                    return false;
                })));
        while (waiting.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        go.countDown();

        assertThat(first.get()).isTrue();
        assertThat(second.get()).isTrue();
        assertThat(fetches).hasValue(1);
    }

    @Test
    void what_failed_is_tried_again() {
        assertThatThrownBy(() -> flights.join("blob", () -> {
                    throw new Failure.NotFound("gone");
                }))
                .isInstanceOf(Failure.NotFound.class);

        assertThat(flights.join("blob", () -> true)).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

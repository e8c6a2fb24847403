package dev.breakwater.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class LoadGeneratorTest {

    private final Set<Long> arrived = ConcurrentHashMap.newKeySet();

    /** Requests whose body carries their number. */
    private static final class Numbered implements Requests {
        private long last = 9;

        @Override
        public ByteBuffer next() {
            last++;
            String body = "{\"x\":\"" + "x".repeat((int) (last % 7)) + "\",\"n\":" + last + "}";
            return ByteBuffer.wrap(
                    ("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        public long number() {
            return last;
        }
    }

    @Test
    void everyRequestIsAnsweredOnceAndArrivesWithItsNumber() throws Exception {
        AtomicInteger answers = new AtomicInteger();
        try (Receiver receiver = new Receiver((number, at) -> arrived.add(number));
                LoadGenerator generator = new LoadGenerator(receiver.address(), 8)) {
            Outcome outcome = generator.run(new Load(
                    Pace.closed(),
                    new Numbered(),
                    (number, status, at, body) -> answers.addAndGet(body.get().equals("ok") && number >= 10 ? 1 : 0),
                    Duration.ofSeconds(10),
                    1_000));

            assertThat(outcome.succeeded()).isEqualTo(1_000);
            assertThat(outcome.failures()).isZero();
            assertThat(outcome.latencies().getTotalCount()).isEqualTo(1_000);
            assertThat(answers).hasValue(1_000);
            assertThat(arrived).hasSize(1_000).contains(10L, 1_009L);
        }
    }

    @Test
    void anOpenLoopCountsTheTimeThatRequestsHadToWaitForAFreeConnection() throws Exception {
        try (Receiver receiver = new Receiver((number, at) -> arrived.add(number));
                LoadGenerator generator = new LoadGenerator(receiver.address(), 1)) {
            receiver.hold();
            Thread release = Thread.ofPlatform().start(() -> {
                while (receiver.received() == 0) {
                    LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
                }
                LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
                receiver.release();
            });

            Outcome outcome = generator.run(
                    Load.lasting(Duration.ofMillis(400), Pace.open(500), new Numbered(), Answers.ignored()));
            release.join();

            assertThat(outcome.answers()).isEqualTo(200);
            // One connection only: a generator that waited with it would have seen a single slow answer.
            assertThat(outcome.latencies()
                            .getCountBetweenValues(
                                    Duration.ofMillis(20).toNanos(),
                                    Duration.ofSeconds(10).toNanos()))
                    .isGreaterThan(20);
        }
    }

    @Test
    void refusedRequestsAndBrokenConnectionsAreFailures() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            Thread breakThenRefuse = Thread.ofPlatform().start(() -> {
                try {
                    try (Socket first = server.accept()) {
                        first.getInputStream().read();
                    }
                    try (Socket second = server.accept()) {
                        second.getInputStream().read();
                        second.getOutputStream()
                                .write("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n"
                                        .getBytes(StandardCharsets.US_ASCII));
                        second.getInputStream().readAllBytes();
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            try (LoadGenerator generator = new LoadGenerator(server.getLocalSocketAddress(), 1)) {
                Outcome outcome = generator.run(
                        new Load(Pace.closed(), new Numbered(), Answers.ignored(), Duration.ofSeconds(10), 2));

                assertThat(outcome.succeeded()).isZero();
                assertThat(outcome.failures()).isEqualTo(2);
                assertThat(outcome.failuresInWords()).isEqualTo("1 × 503, 1 × no answer");
            }
            breakThenRefuse.join();
        }
    }
}

package dev.breakwater.bench.registry;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.Histogram;

/** Some clients that each do the same thing over and over on a connection of their own. */
final class Crew {

    private static final long MAX_LATENCY = Duration.ofMinutes(2).toNanos();

    private Crew() {}

    /** What one client does once. */
    @FunctionalInterface
    interface Step {
        /** Does it, and gives how many bytes of content were transferred. */
        long run(Connection connection, int client, long number) throws IOException;
    }

    /**
     * What a crew has done.
     *
     * @param steps how often
     * @param bytes of content
     * @param seconds in which time
     * @param latencies of each step in nanoseconds
     * @param server processor time of the server meanwhile
     */
    record Done(long steps, long bytes, double seconds, Histogram latencies, Duration server) {

        double rate() {
            return steps / seconds;
        }

        double megabytesPerSecond() {
            return bytes / seconds / 1e6;
        }

        double millisAt(double percentile) {
            return latencies.getValueAtPercentile(percentile) / 1e6;
        }

        double serverMicrosPerStep() {
            return steps == 0 ? 0 : server.toNanos() / 1e3 / steps;
        }

        double serverMillisPerMegabyte() {
            return bytes == 0 ? 0 : server.toNanos() / 1e6 / (bytes / 1e6);
        }
    }

    /** Lets {@code clients} of them work on {@code side} for as long as {@code duration}; steps under way are ended. */
    static Done work(Side side, String repository, int clients, Duration duration, Step step) throws IOException {
        List<Connection> connections = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
            for (int i = 0; i < clients; i++) {
                connections.add(side.connect(repository));
            }
            Duration before = side.processorTime();
            long start = System.nanoTime();
            long end = start + duration.toNanos();
            List<Future<Done>> parts = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                int client = i;
                parts.add(threads.submit(() -> repeat(connections.get(client), client, end, step)));
            }
            Histogram latencies = new Histogram(MAX_LATENCY, 3);
            long steps = 0;
            long bytes = 0;
            for (Future<Done> part : parts) {
                Done done = part.get();
                steps += done.steps();
                bytes += done.bytes();
                latencies.add(done.latencies());
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            return new Done(
                    steps, bytes, seconds, latencies, side.processorTime().minus(before));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failed ? failed : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            for (Connection connection : connections) {
                connection.close();
            }
        }
    }

    private static Done repeat(Connection connection, int client, long end, Step step) throws IOException {
        Histogram latencies = new Histogram(MAX_LATENCY, 3);
        long steps = 0;
        long bytes = 0;
        long now = System.nanoTime();
        do {
            bytes += step.run(connection, client, steps++);
            long after = System.nanoTime();
            latencies.recordValue(Math.min(MAX_LATENCY, after - now));
            now = after;
        } while (now < end);
        return new Done(steps, bytes, 0, latencies, Duration.ZERO);
    }
}

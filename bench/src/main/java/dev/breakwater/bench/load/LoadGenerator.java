package dev.breakwater.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.SocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * Sends requests over a fixed number of kept-alive connections, one at a time on each, and measures. It shares the
 * machine with the server that it loads, so it is made to cost little: one thread, one selector, requests prepared as
 * bytes, answers only looked at as far as their framing and status. Closed loop or open loop is the {@link Pace}'s
 * choice. Plain HTTP only. Not safe for use by several threads.
 */
public final class LoadGenerator implements AutoCloseable {

    /** How long the last answers of a run are waited for. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final long MAX_LATENCY = Duration.ofMinutes(2).toNanos();
    private static final int DIGITS = 3;

    private final SocketAddress address;
    private final Selector selector;
    private final Framing framing = new Framing();
    private final ArrayDeque<Connection> idle = new ArrayDeque<>();
    private final List<Connection> connections = new ArrayList<>();
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    private Run run = new Run(Answers.ignored(), 0);

    /** A connection and the request that is under way on it. */
    private static final class Connection {
        final Wire wire;
        boolean busy;
        long number;
        long due;

        Connection(Wire wire) {
            this.wire = wire;
        }
    }

    /** What is counted during one run. */
    private static final class Run {
        final Histogram latencies = new Histogram(MAX_LATENCY, DIGITS);
        final int[] statuses = new int[600];
        final Answers answers;
        final long end;
        long succeeded;
        long broken;
        long lastAnswer;

        Run(Answers answers, long end) {
            this.answers = answers;
            this.end = end;
        }

        Map<Integer, Long> statusCounts() {
            Map<Integer, Long> counts = new HashMap<>();
            for (int status = 0; status < statuses.length; status++) {
                if (statuses[status] > 0) {
                    counts.put(status, (long) statuses[status]);
                }
            }
            return counts;
        }
    }

    /** Opens {@code connections} connections to {@code address}. */
    public LoadGenerator(SocketAddress address, int connections) throws IOException {
        this.address = address;
        selector = Selector.open();
        for (int i = 0; i < connections; i++) {
            connect();
        }
    }

    private void connect() throws IOException {
        Connection connection = new Connection(Wire.to(address, selector));
        connection.wire.ownedBy(connection);
        connections.add(connection);
        idle.add(connection);
    }

    /** Runs one load on the calling thread, until the last answer is there. */
    public Outcome run(Load load) throws IOException {
        long cpu = threads.getCurrentThreadCpuTime();
        long start = System.nanoTime();
        long end = start + load.duration().toNanos();
        long giveUp = end + PATIENCE.toNanos();
        run = new Run(load.answers(), end);
        long started = 0;
        boolean more = true;
        while (true) {
            long now = System.nanoTime();
            while (more && !idle.isEmpty()) {
                long due = load.pace().due(started, start, now);
                more = started < load.atMost() && (due == Pace.NOT_YET ? now : due) < end;
                if (!more || due > now) {
                    break;
                }
                begin(idle.pop(), load.requests(), due);
                started++;
            }
            if (!more && idle.size() == connections.size()) {
                break;
            }
            if (now > giveUp) {
                abandon();
                break;
            }
            selector.select(this::ready, 1);
        }
        long stop = started >= load.atMost() ? run.lastAnswer : end;
        return new Outcome(
                run.succeeded,
                (stop - start) / 1e9,
                run.latencies,
                run.statusCounts(),
                run.broken,
                threads.getCurrentThreadCpuTime() - cpu);
    }

    private void begin(Connection connection, Requests requests, long due) throws IOException {
        connection.busy = true;
        connection.due = due;
        try {
            connection.wire.send(requests.next());
            connection.number = requests.number();
        } catch (IOException e) {
            replace(connection);
        }
    }

    private void ready(SelectionKey key) {
        if (!(key.attachment() instanceof Connection connection)) {
            return;
        }
        try {
            if (key.isWritable()) {
                connection.wire.sendRest();
            }
            if (key.isReadable()) {
                connection.wire.receive();
                takeAnswer(connection);
            }
        } catch (IOException e) {
            replaceOrFail(connection);
        }
    }

    private void takeAnswer(Connection connection) {
        byte[] bytes = connection.wire.bytes();
        if (!framing.read(bytes, 0, connection.wire.filled())) {
            return;
        }
        long now = System.nanoTime();
        int status = Framing.status(bytes, 0);
        run.statuses[status]++;
        run.lastAnswer = now;
        if (status / 100 == 2 && now <= run.end) {
            run.succeeded++;
        }
        if (status / 100 == 2) {
            run.latencies.recordValue(Math.min(MAX_LATENCY, now - connection.due));
        }
        run.answers.answered(connection.number, status, now, () -> framing.body(bytes));
        connection.wire.drop(framing.end());
        connection.busy = false;
        idle.add(connection);
    }

    private void abandon() throws IOException {
        for (Connection connection : List.copyOf(connections)) {
            if (connection.busy) {
                replace(connection);
            }
        }
    }

    private void replaceOrFail(Connection connection) {
        try {
            replace(connection);
        } catch (IOException e) {
            throw new UncheckedIOException("The server does not accept connections any more.", e);
        }
    }

    private void replace(Connection connection) throws IOException {
        connection.wire.close();
        connections.remove(connection);
        idle.remove(connection);
        if (connection.busy) {
            run.broken++;
        }
        connect();
    }

    @Override
    public void close() throws IOException {
        connections.forEach(connection -> connection.wire.close());
        selector.close();
    }
}

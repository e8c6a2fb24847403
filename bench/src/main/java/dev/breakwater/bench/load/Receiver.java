package dev.breakwater.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A webhook receiver on loopback that answers every request 200 and says when which one arrived. One thread, made to
 * cost little. While it is told to hold, it takes requests but keeps its answers back, as a receiver does that hangs.
 */
public final class Receiver implements AutoCloseable {

    private static final byte[] OK = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok"
            .getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NUMBER = "\"n\":".getBytes(StandardCharsets.US_ASCII);
    private static final int TICK_MILLIS = 100;

    /** A held answer goes out after this long at the latest, before the sender calls it a failure. */
    private static final long LONGEST_HOLD = Duration.ofSeconds(8).toNanos();

    private final Selector selector;
    private final ServerSocketChannel server;
    private final Arrivals arrivals;
    private final Framing framing = new Framing();
    private final ByteBuffer answer = ByteBuffer.allocateDirect(OK.length).put(OK);
    private final ArrayDeque<Held> held = new ArrayDeque<>();
    private final AtomicLong received = new AtomicLong();
    private final Thread thread;

    private volatile boolean holding;
    private volatile boolean closed;
    private int lastOffset;

    /** Is told of every arrival, on the receiver's thread: it must be quick. */
    @FunctionalInterface
    public interface Arrivals {

        /**
         * A request has arrived.
         *
         * @param number the value of the first member {@code n} in its body; -1 when there is none
         * @param at when it was complete, in terms of {@link System#nanoTime()}
         */
        void arrived(long number, long at);
    }

    private record Held(Wire wire, long since) {}

    /** Starts on a free port of the loopback address. */
    public Receiver(Arrivals arrivals) throws IOException {
        this.arrivals = arrivals;
        selector = Selector.open();
        server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_024);
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
        thread = Thread.ofPlatform().daemon().name("receiver").start(this::work);
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        try {
            return (InetSocketAddress) server.getLocalAddress();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address of one endpoint; all of them behave the same. */
    public URI endpoint(String path) {
        return URI.create("http://127.0.0.1:" + address().getPort() + path);
    }

    /** How many requests have arrived so far. */
    public long received() {
        return received.get();
    }

    /** CPU time that the receiver's thread has taken so far, in nanoseconds. */
    public long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.threadId());
    }

    /** Keeps answers back from now on. */
    public void hold() {
        holding = true;
    }

    /** Answers everything that was kept back, and what comes from now on. */
    public void release() {
        holding = false;
        selector.wakeup();
    }

    private void work() {
        try {
            while (!closed) {
                selector.select(this::ready, TICK_MILLIS);
                answerHeld();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void answerHeld() {
        long now = System.nanoTime();
        while (!held.isEmpty() && (!holding || now - held.peek().since() > LONGEST_HOLD)) {
            answer(held.remove().wire());
        }
    }

    private void ready(SelectionKey key) {
        if (key.isAcceptable()) {
            accept();
        } else if (key.attachment() instanceof Wire wire) {
            try {
                if (key.isWritable()) {
                    wire.sendRest();
                }
                if (key.isReadable()) {
                    wire.receive();
                    takeRequests(wire);
                }
            } catch (IOException e) {
                wire.close();
            }
        }
    }

    private void accept() {
        try {
            SocketChannel channel = server.accept();
            if (channel != null) {
                Wire wire = new Wire(channel, selector);
                wire.ownedBy(wire);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void takeRequests(Wire wire) {
        while (framing.read(wire.bytes(), 0, wire.filled())) {
            long now = System.nanoTime();
            received.lazySet(received.get() + 1);
            arrivals.arrived(number(wire.bytes(), framing.bodyStart(), framing.end()), now);
            wire.drop(framing.end());
            if (holding) {
                held.add(new Held(wire, now));
            } else {
                answer(wire);
            }
        }
    }

    private void answer(Wire wire) {
        try {
            wire.send(answer.clear());
        } catch (IOException e) {
            wire.close();
        }
    }

    /** All bodies of a run look alike, so the number is first looked for where the last one was. */
    private long number(byte[] bytes, int from, int to) {
        int start = from + lastOffset;
        if (!numberFollows(bytes, start, to)) {
            start = from;
            while (start < to && !numberFollows(bytes, start, to)) {
                start++;
            }
            if (start >= to) {
                return -1;
            }
            lastOffset = start - from;
        }
        long value = 0;
        for (int i = start + NUMBER.length; i < to && bytes[i] >= '0' && bytes[i] <= '9'; i++) {
            value = value * 10 + (bytes[i] - '0');
        }
        return value;
    }

    private static boolean numberFollows(byte[] bytes, int at, int to) {
        if (at + NUMBER.length > to) {
            return false;
        }
        for (int i = 0; i < NUMBER.length; i++) {
            if (bytes[at + i] != NUMBER[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}

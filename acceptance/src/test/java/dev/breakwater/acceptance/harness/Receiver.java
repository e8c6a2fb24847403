package dev.breakwater.acceptance.harness;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A webhook receiver on loopback. It keeps every request byte for byte in the order of arrival, and answers what its
 * script says: 200 unless told otherwise.
 */
public final class Receiver implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final ServerSocket listener;
    private final String scheme;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final List<Delivery> received = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Delivery> unread = new LinkedBlockingQueue<>();
    private volatile Script script = delivery -> Response.of(200);

    private Receiver(ServerSocket listener, String scheme) {
        this.listener = listener;
        this.scheme = scheme;
    }

    /** A request as it arrived. */
    public record Delivery(String method, String path, List<Header> headers, byte[] body, long arrivedNanos) {

        /** The value of a header that must be there once. */
        public String header(String name) {
            List<String> values = headers.stream()
                    .filter(header -> header.name().equalsIgnoreCase(name))
                    .map(Header::value)
                    .toList();
            if (values.size() != 1) {
                throw new AssertionError(values.size() + " headers " + name + " in " + headers);
            }
            return values.getFirst();
        }

        public boolean hasHeader(String name) {
            return headers.stream().anyMatch(header -> header.name().equalsIgnoreCase(name));
        }

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        public JsonNode json() {
            return JSON.readTree(body);
        }

        /** The id of the event that is delivered. */
        public String eventId() {
            return json().get("data").get("id").asString();
        }

        /** The id of the delivery. */
        public String id() {
            return json().get("id").asString();
        }
    }

    /** One header, spelled as it arrived. */
    public record Header(String name, String value) {}

    /** What the receiver answers. */
    public record Response(int status, Map<String, String> headers, byte[] body) {

        public static Response of(int status) {
            return of(status, "");
        }

        public static Response of(int status, String body) {
            return new Response(status, Map.of(), body.getBytes(StandardCharsets.UTF_8));
        }

        public Response with(String name, String value) {
            Map<String, String> more = new java.util.LinkedHashMap<>(headers);
            more.put(name, value);
            return new Response(status, more, body);
        }
    }

    /** Decides on each answer; it may take its time, every connection has a thread of its own. */
    @FunctionalInterface
    public interface Script {
        Response answer(Delivery delivery) throws InterruptedException;
    }

    /** A receiver of plain HTTP on a free port. */
    public static Receiver start() {
        return start(ServerSocketFactory.getDefault(), "http", 0);
    }

    /** A receiver of plain HTTP on a given port, for one that was away and comes back. */
    public static Receiver startAt(int port) {
        return start(ServerSocketFactory.getDefault(), "http", port);
    }

    /** A receiver of HTTPS, with the certificates of the factory. */
    public static Receiver startTls(ServerSocketFactory factory) {
        return start(factory, "https", 0);
    }

    /** A receiver of plain HTTP on another address of the loopback network. */
    public static Receiver startOn(InetAddress address, int port) {
        return start(ServerSocketFactory.getDefault(), "http", address, port);
    }

    private static Receiver start(ServerSocketFactory factory, String scheme, int port) {
        return start(factory, scheme, InetAddress.getLoopbackAddress(), port);
    }

    private static Receiver start(ServerSocketFactory factory, String scheme, InetAddress address, int port) {
        try {
            ServerSocket listener = factory.createServerSocket(port, 1_024, address);
            Receiver receiver = new Receiver(listener, scheme);
            Thread.ofVirtual().name("receiver").start(receiver::accept);
            return receiver;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Where it listens. */
    public String url() {
        return scheme + "://127.0.0.1:" + port() + "/hook";
    }

    /** Answers everything from now on with one status. */
    public Receiver answering(int status) {
        return answering(delivery -> Response.of(status));
    }

    /** Answers with these, one after the other; the last one stays. */
    public Receiver answering(Response first, Response... more) {
        AtomicInteger next = new AtomicInteger(-1);
        return answering(delivery -> {
            int index = Math.min(next.incrementAndGet(), more.length);
            return index == 0 ? first : more[index - 1];
        });
    }

    public Receiver answering(Script newScript) {
        script = newScript;
        return this;
    }

    /** Holds every request from now on until the latch is released; then it answers with the status. */
    public CountDownLatch holding(int status) {
        CountDownLatch released = new CountDownLatch(1);
        answering(delivery -> {
            released.await();
            return Response.of(status);
        });
        return released;
    }

    /** The next request that has not been taken yet, waiting for it when necessary. */
    public Delivery next() {
        try {
            Delivery delivery = unread.poll(Await.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            if (delivery == null) {
                throw new AssertionError("No delivery arrived within " + Await.LIMIT.toSeconds() + " s");
            }
            return delivery;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting for a delivery", e);
        }
    }

    /** Everything that has arrived so far. */
    public List<Delivery> received() {
        return List.copyOf(received);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket connection = listener.accept();
                connections.add(connection);
                Thread.ofVirtual().name("receiver-connection").start(() -> serve(connection));
            } catch (IOException e) {
                // Closed: the loop ends.
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream(), 16_384);
            OutputStream out = connection.getOutputStream();
            Optional<Delivery> delivery = read(in);
            while (delivery.isPresent()) {
                received.add(delivery.get());
                unread.add(delivery.get());
                write(out, script.answer(delivery.get()));
                delivery = read(in);
            }
        } catch (IOException e) {
            // The sender has hung up, or this receiver was closed.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            connections.remove(connection);
        }
    }

    private static Optional<Delivery> read(InputStream in) throws IOException {
        String requestLine = line(in);
        if (requestLine.isEmpty()) {
            return Optional.empty();
        }
        String[] parts = requestLine.split(" ", 3);
        List<Header> headers = new ArrayList<>();
        int length = 0;
        boolean chunked = false;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            Header header = new Header(
                    line.substring(0, colon), line.substring(colon + 1).strip());
            headers.add(header);
            switch (header.name().toLowerCase(Locale.ROOT)) {
                case "content-length" -> length = Integer.parseInt(header.value());
                case "transfer-encoding" -> chunked = header.value().equalsIgnoreCase("chunked");
                default -> {}
            }
        }
        byte[] body = chunked ? chunks(in) : in.readNBytes(length);
        return Optional.of(new Delivery(parts[0], parts[1], headers, body, System.nanoTime()));
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
            body.write(in.readNBytes(size));
            line(in);
        }
        line(in);
        return body.toByteArray();
    }

    private static int chunkSize(InputStream in) throws IOException {
        return Integer.parseInt(line(in).strip(), 16);
    }

    /** A line without its end; empty at the end of the stream as well. */
    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    private static void write(OutputStream out, Response response) throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + response.status() + " Answer\r\n");
        response.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        if (response.status() != 204 && response.status() != 304) {
            head.append("Content-Length: ").append(response.body().length).append("\r\n");
        }
        head.append("\r\n");
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        all.writeBytes(response.body());
        out.write(all.toByteArray());
        out.flush();
    }

    /** Stops listening and breaks every connection. */
    @Override
    public void close() {
        try {
            listener.close();
            for (Socket connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

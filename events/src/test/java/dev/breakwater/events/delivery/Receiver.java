package dev.breakwater.events.delivery;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ServerSocketFactory;

/** A receiver that reads requests from real connections and does with them what a test says, down to the bytes. */
final class Receiver implements AutoCloseable {

    private final ServerSocket server;
    private final Script script;
    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    /**
     * What arrived.
     *
     * @param line method, target and version
     * @param headers by name as sent, in order
     * @param body as sent
     * @param connection counts the connections from 1
     */
    record Request(String line, Map<String, String> headers, byte[] body, int connection) {}

    /** Answers one request. */
    @FunctionalInterface
    interface Script {
        void answer(Request request, Socket socket) throws Exception;
    }

    Receiver(Script script) throws IOException {
        this(ServerSocketFactory.getDefault(), script);
    }

    Receiver(ServerSocketFactory sockets, Script script) throws IOException {
        this.script = script;
        server = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /** Answers every request with these bytes. */
    static Script always(String response) {
        return (request, socket) -> write(socket, response);
    }

    static void write(Socket socket, String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return server.getLocalPort();
    }

    String url() {
        return "http://127.0.0.1:" + port() + "/hook?a=b";
    }

    /** The next request, which must arrive within seconds. */
    Request next() throws InterruptedException {
        Request request = requests.poll(10, TimeUnit.SECONDS);
        if (request == null) {
            throw new AssertionError("No request arrived.");
        }
        return request;
    }

    boolean isIdle() {
        return requests.isEmpty();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                sockets.add(socket);
                int number = sockets.size();
                Thread.ofVirtual().start(() -> serve(socket, number));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(Socket socket, int number) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (true) {
                Request request = read(in, number);
                requests.add(request);
                script.answer(request, socket);
            }
        } catch (Exception e) {
            // The sender has gone, or the test is over.
        }
    }

    private static Request read(InputStream in, int connection) throws IOException {
        String line = line(in);
        Map<String, String> headers = new LinkedHashMap<>();
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            headers.put(header.substring(0, colon), header.substring(colon + 1).strip());
        }
        int length = headers.entrySet().stream()
                .filter(header -> header.getKey().toLowerCase(Locale.ROOT).equals("content-length"))
                .mapToInt(header -> Integer.parseInt(header.getValue()))
                .findFirst()
                .orElse(0);
        return new Request(line, headers, in.readNBytes(length), connection);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException();
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.ISO_8859_1).strip();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}

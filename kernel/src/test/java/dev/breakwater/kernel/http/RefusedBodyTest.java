package dev.breakwater.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.time.ManualTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A caller that writes its whole body before it reads must see why the body was refused. */
class RefusedBodyTest {

    private static final int TOO_LARGE = 16 * 1024 * 1024;
    private static final byte[] PIECE = new byte[64 * 1024];

    private final Listener listener = new Listener(
                    new Listener.Settings("127.0.0.1", 0, null),
                    List.of(Surface.named("test", new EnvelopeDialect())
                            .prefix("/")
                            .route("POST", "/", call -> Answer.of(200, "text/plain", call.body()))
                            .build()),
                    new Ids(new ManualTime(Instant.EPOCH)),
                    new SimpleMeterRegistry())
            .start();

    @AfterEach
    void stop() {
        listener.close();
    }

    @Test
    void a_body_that_is_announced_too_large() throws Exception {
        String answer = post("/", "Content-Length: " + TOO_LARGE, "", "", "");

        assertThat(answer).startsWith("HTTP/1.1 413").containsIgnoringCase("connection: close");
    }

    @Test
    void a_body_that_becomes_too_large() throws Exception {
        String size = Integer.toHexString(PIECE.length);
        String answer = post("/", "Transfer-Encoding: chunked", size + "\r\n", "\r\n", "0\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 413").containsIgnoringCase("connection: close");
    }

    @Test
    void a_body_that_no_route_takes_on_a_connection_that_ends() throws Exception {
        String answer = post("/other", "Connection: close\r\nContent-Length: " + TOO_LARGE, "", "", "");

        assertThat(answer).startsWith("HTTP/1.1 404").containsIgnoringCase("connection: close");
    }

    private String post(String path, String length, String before, String after, String end) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(ascii("POST " + path + " HTTP/1.1\r\nHost: x\r\n" + length + "\r\n\r\n"));
            for (int sent = 0; sent < TOO_LARGE; sent += PIECE.length) {
                out.write(ascii(before));
                out.write(PIECE);
                out.write(ascii(after));
            }
            out.write(ascii(end));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

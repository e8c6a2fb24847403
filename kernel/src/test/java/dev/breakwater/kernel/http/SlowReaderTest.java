package dev.breakwater.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.time.ManualTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A reader that takes less at once than the server would give must still get everything. */
class SlowReaderTest {

    private static final int SIZE = 8 * 1024 * 1024;
    private static final int SMALL_WINDOW = 4 * 1024;

    private final byte[] content = content();

    private static byte[] content() {
        byte[] content = new byte[SIZE];
        new Random(1).nextBytes(content);
        return content;
    }

    @Test
    void a_body_that_does_not_fit_the_window_of_the_reader_arrives_whole() throws Exception {
        Surface surface = Surface.named("test", new EnvelopeDialect())
                .prefix("/")
                .route("GET", "/bytes", call -> Answer.of(200, "application/octet-stream", content))
                .route(
                        "GET",
                        "/sized",
                        call -> Answer.sized(200, "application/octet-stream", SIZE, out -> {
                            for (int at = 0; at < SIZE; at += SIZE / 64) {
                                out.write(content, at, SIZE / 64);
                            }
                        }))
                .build();
        ManualTime time = new ManualTime(Instant.EPOCH);
        try (Listener listener = new Listener(
                        new Listener.Settings("127.0.0.1", 0, null),
                        List.of(surface),
                        new Ids(time),
                        new SimpleMeterRegistry())
                .start()) {
            assertThat(Arrays.mismatch(read(listener.port(), "/sized"), content))
                    .isEqualTo(-1);
            assertThat(Arrays.mismatch(read(listener.port(), "/bytes"), content))
                    .isEqualTo(-1);
        }
    }

    private static byte[] read(int port, String path) throws Exception {
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(SMALL_WINDOW);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            int ends = 0;
            while (ends < 4) {
                ends = in.read() == "\r\n\r\n".charAt(ends) ? ends + 1 : 0;
            }
            return in.readNBytes(SIZE);
        }
    }
}

package dev.breakwater.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FramingTest {

    private final Framing framing = new Framing();

    @Test
    void aBodyEndsAfterItsLength() {
        byte[] bytes = bytes("HTTP/1.1 201 Created\r\ncontent-LENGTH: 5\r\nX: y\r\n\r\nhelloHTTP/1.1 200");

        assertThat(framing.read(bytes, 0, bytes.length)).isTrue();
        assertThat(Framing.status(bytes, 0)).isEqualTo(201);
        assertThat(framing.body(bytes)).isEqualTo("hello");
        assertThat(framing.end()).isEqualTo(bytes.length - "HTTP/1.1 200".length());
    }

    @Test
    void chunksAreJoined() {
        byte[] bytes = bytes(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nA\r\n, wide wor\r\n2\r\nld\r\n0\r\n\r\n");

        assertThat(framing.read(bytes, 0, bytes.length)).isTrue();
        assertThat(framing.body(bytes)).isEqualTo("hello, wide world");
        assertThat(framing.end()).isEqualTo(bytes.length);
    }

    @Test
    void nothingIsTakenForWholeBeforeItsLastByte() {
        for (String message : new String[] {
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
            "HTTP/1.1 204 No Content\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nTrailer: x\r\n\r\n"
        }) {
            byte[] bytes = bytes(message);
            for (int to = 0; to < bytes.length; to++) {
                assertThat(framing.read(bytes, 0, to))
                        .as("%s bytes of %s", to, message)
                        .isFalse();
            }
            assertThat(framing.read(bytes, 0, bytes.length)).isTrue();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}

package dev.breakwater.bench.load;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Finds where one HTTP/1.1 message ends and its body lies, in the bytes that have arrived so far. It understands
 * {@code Content-Length} and chunks, which is all that a server of JSON sends, and keeps nothing but positions.
 */
final class Framing {

    private static final byte[] CONTENT_LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TRANSFER_ENCODING = "transfer-encoding:".getBytes(StandardCharsets.US_ASCII);

    private int bodyStart;
    private int end;
    private boolean chunked;

    /**
     * Reads the message that starts at {@code from}.
     *
     * @return whether it is complete in the bytes before {@code to}
     */
    boolean read(byte[] bytes, int from, int to) {
        int length = 0;
        chunked = false;
        int line = from;
        while (true) {
            int next = afterLine(bytes, line, to);
            if (next < 0) {
                return false;
            }
            if (next - line == 2) {
                bodyStart = next;
                break;
            }
            if (startsWith(bytes, line, next, CONTENT_LENGTH)) {
                length = number(bytes, line + CONTENT_LENGTH.length, next - 2);
            } else if (startsWith(bytes, line, next, TRANSFER_ENCODING)) {
                chunked = true;
            }
            line = next;
        }
        end = chunked ? afterChunks(bytes, bodyStart, to) : bodyStart + length;
        return end >= 0 && end <= to;
    }

    /** The first byte of the body of the message that was read last; the chunk sizes are still in it. */
    int bodyStart() {
        return bodyStart;
    }

    /** The first byte after the message that was read last. */
    int end() {
        return end;
    }

    /** The status code of an answer that starts at {@code from}. */
    static int status(byte[] bytes, int from) {
        return (bytes[from + 9] - '0') * 100 + (bytes[from + 10] - '0') * 10 + (bytes[from + 11] - '0');
    }

    /** The body of the message that was read last, chunks joined. */
    String body(byte[] bytes) {
        if (!chunked) {
            return new String(bytes, bodyStart, end - bodyStart, StandardCharsets.UTF_8);
        }
        ByteArrayOutputStream joined = new ByteArrayOutputStream(end - bodyStart);
        int chunk = bodyStart;
        while (true) {
            int start = afterLine(bytes, chunk, end);
            int size = hexadecimal(bytes, chunk, start);
            if (size == 0) {
                return joined.toString(StandardCharsets.UTF_8);
            }
            joined.write(bytes, start, size);
            chunk = start + size + 2;
        }
    }

    private static int afterChunks(byte[] bytes, int from, int to) {
        int chunk = from;
        while (true) {
            int start = afterLine(bytes, chunk, to);
            if (start < 0) {
                return -1;
            }
            int size = hexadecimal(bytes, chunk, start);
            if (size == 0) {
                return afterTrailers(bytes, start, to);
            }
            chunk = start + size + 2;
            if (chunk > to) {
                return -1;
            }
        }
    }

    private static int afterTrailers(byte[] bytes, int from, int to) {
        int line = from;
        while (true) {
            int next = afterLine(bytes, line, to);
            if (next < 0 || next - line == 2) {
                return next;
            }
            line = next;
        }
    }

    private static int afterLine(byte[] bytes, int from, int to) {
        for (int i = from; i + 1 < to; i++) {
            if (bytes[i] == '\r' && bytes[i + 1] == '\n') {
                return i + 2;
            }
        }
        return -1;
    }

    private static boolean startsWith(byte[] bytes, int from, int to, byte[] name) {
        if (to - from < name.length) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            // 0x20 turns an upper-case letter into its lower-case one and leaves '-' and ':' as they are.
            if ((bytes[from + i] | 0x20) != name[i]) {
                return false;
            }
        }
        return true;
    }

    private static int number(byte[] bytes, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            if (bytes[i] >= '0' && bytes[i] <= '9') {
                value = value * 10 + (bytes[i] - '0');
            }
        }
        return value;
    }

    private static int hexadecimal(byte[] bytes, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = Character.digit(bytes[i], 16);
            if (digit < 0) {
                break;
            }
            value = (value << 4) | digit;
        }
        return value;
    }
}

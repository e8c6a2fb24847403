package dev.breakwater.kernel.http;

import dev.breakwater.kernel.failure.Failure;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Takes paths and queries apart. A segment is decoded after the split, so an encoded slash never splits. */
final class HttpPath {

    private HttpPath() {}

    /** The decoded segments of a path: {@code /v1/events/a%20b} is {@code v1}, {@code events}, {@code a b}. */
    static List<String> split(String path) {
        List<String> segments = new ArrayList<>(4);
        int start = path.startsWith("/") ? 1 : 0;
        while (start <= path.length()) {
            int end = path.indexOf('/', start);
            end = end < 0 ? path.length() : end;
            segments.add(decode(path.substring(start, end), false));
            start = end + 1;
        }
        return segments;
    }

    /**
     * Decodes percent escapes as UTF-8; in a query a plus is a space.
     *
     * @throws Failure.Invalid for a broken escape or bytes that are not UTF-8
     */
    static String decode(String text, boolean query) {
        if (text.indexOf('%') < 0 && (!query || text.indexOf('+') < 0)) {
            return text;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
                int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    throw broken();
                }
                bytes.write(high << 4 | low);
                i += 2;
            } else if (c == '+' && query) {
                bytes.write(' ');
            } else {
                bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw broken();
        }
    }

    private static Failure.Invalid broken() {
        return new Failure.Invalid("The URL holds a broken percent escape.");
    }

    /** The decoded values of one query parameter, in the order sent. */
    static List<String> parameters(String rawQuery, String name) {
        List<String> values = new ArrayList<>(1);
        int start = 0;
        while (start < rawQuery.length()) {
            int end = rawQuery.indexOf('&', start);
            end = end < 0 ? rawQuery.length() : end;
            int equals = rawQuery.indexOf('=', start);
            boolean bare = equals < 0 || equals > end;
            String key = rawQuery.substring(start, bare ? end : equals);
            if (decode(key, true).equals(name)) {
                values.add(bare ? "" : decode(rawQuery.substring(equals + 1, end), true));
            }
            start = end + 1;
        }
        return values;
    }
}

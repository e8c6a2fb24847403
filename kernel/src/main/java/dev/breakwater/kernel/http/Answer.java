package dev.breakwater.kernel.http;

import dev.breakwater.kernel.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The answer to a call.
 *
 * @param status the HTTP status
 * @param headers by name, in the order of sending
 * @param body what follows
 */
public record Answer(int status, Map<String, String> headers, Body body) {

    private static final String JSON = "application/json; charset=utf-8";

    /** The body of an answer. */
    public sealed interface Body {}

    /** A body that lies in memory. */
    public record Bytes(byte[] content) implements Body {}

    /** A body that is written while it is made, for as long as the writer likes. */
    public record Stream(Writer writer) implements Body {}

    /** A body of known length that is written while it is read from elsewhere; nothing is written for HEAD. */
    public record Sized(long length, Writer writer) implements Body {}

    /** Writes a streamed body. */
    @FunctionalInterface
    public interface Writer {
        /** Writes until done; an {@link IOException} means that the caller has gone. */
        void write(OutputStream out) throws IOException;
    }

    private static final Bytes NOTHING = new Bytes(new byte[0]);

    /** An answer without a body. */
    public static Answer empty(int status) {
        return new Answer(status, Map.of(), NOTHING);
    }

    /** JSON that has already been written. */
    public static Answer json(int status, byte[] content) {
        return of(status, JSON, content);
    }

    /** A record as JSON with {@code snake_case} names. */
    public static Answer json(int status, Object value) {
        return json(status, Json.write(value));
    }

    /** Bytes of any type. */
    public static Answer of(int status, String contentType, byte[] content) {
        return new Answer(status, Map.of("Content-Type", contentType), new Bytes(content));
    }

    /** A body written while it is made. */
    public static Answer stream(int status, String contentType, Writer writer) {
        return new Answer(status, Map.of("Content-Type", contentType), new Stream(writer));
    }

    /** A body of known length, in bytes, that is not held in memory. */
    public static Answer sized(int status, String contentType, long length, Writer writer) {
        return new Answer(status, Map.of("Content-Type", contentType), new Sized(length, writer));
    }

    /** The same answer with one more header. */
    public Answer with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Answer(status, more, body);
    }
}

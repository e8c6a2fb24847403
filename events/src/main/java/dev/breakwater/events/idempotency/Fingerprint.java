package dev.breakwater.events.idempotency;

import dev.breakwater.kernel.json.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/**
 * What two bodies have in common when they are the same JSON value: white space and the order of members do not
 * matter, the text of numbers does (events.md 6, I9).
 */
public final class Fingerprint {

    private Fingerprint() {}

    /** The SHA-256 of the canonical form of a body; of nothing for an empty body. */
    public static byte[] of(byte[] body) {
        MessageDigest digest = sha256();
        if (body.length == 0) {
            return digest.digest();
        }
        Json.requireText(body);
        try (JsonParser parser = Json.factory().createParser(ObjectReadContext.empty(), body)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream(body.length);
            write(parser, parser.nextToken(), out);
            Json.requireEnd(parser);
            return digest.digest(out.toByteArray());
        } catch (JacksonException e) {
            throw Json.invalid(e);
        }
    }

    /** Recursion is bounded by the parser's own limit on depth. */
    private static void write(JsonParser parser, @Nullable JsonToken token, ByteArrayOutputStream out) {
        switch (token) {
            case START_OBJECT -> {
                Map<String, byte[]> members = new TreeMap<>();
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    String name = parser.currentName();
                    ByteArrayOutputStream value = new ByteArrayOutputStream();
                    write(parser, parser.nextToken(), value);
                    members.put(name, value.toByteArray());
                }
                out.write('{');
                members.forEach((name, value) -> {
                    text(name, out);
                    out.writeBytes(value);
                });
                out.write('}');
            }
            case START_ARRAY -> {
                out.write('[');
                for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                    write(parser, next, out);
                }
                out.write(']');
            }
            case VALUE_STRING -> text(parser.getString(), out);
            case null -> throw Json.missing("body");
            default -> {
                out.writeBytes(parser.getString().getBytes(StandardCharsets.UTF_8));
                out.write(' ');
            }
        }
    }

    /** Length before content, so that no two sequences of texts look alike. */
    private static void text(String text, ByteArrayOutputStream out) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write('"');
        out.writeBytes(Integer.toString(bytes.length).getBytes(StandardCharsets.US_ASCII));
        out.write('"');
        out.writeBytes(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}

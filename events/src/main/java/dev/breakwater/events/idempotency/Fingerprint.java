package dev.breakwater.events.idempotency;

import dev.breakwater.kernel.json.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
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
            Canonical out = new Canonical(body.length + body.length / 2);
            write(parser, parser.nextToken(), out);
            Json.requireEnd(parser);
            out.digestInto(digest);
            return digest.digest();
        } catch (JacksonException e) {
            throw Json.invalid(e);
        }
    }

    /** A member of an object and where it lies in what has been written. */
    private record Member(String name, int start, int end) {}

    /** What has been written so far. Members are put into order where they lie, without a copy of each value. */
    private static final class Canonical extends ByteArrayOutputStream {

        Canonical(int size) {
            super(size);
        }

        void sort(List<Member> members) {
            if (inOrder(members)) {
                return;
            }
            int start = members.getFirst().start();
            byte[] asSent = Arrays.copyOfRange(buf, start, count);
            count = start;
            members.sort(Comparator.comparing(Member::name));
            members.forEach(member -> write(asSent, member.start() - start, member.end() - member.start()));
        }

        private static boolean inOrder(List<Member> members) {
            for (int i = 1; i < members.size(); i++) {
                if (members.get(i - 1).name().compareTo(members.get(i).name()) > 0) {
                    return false;
                }
            }
            return true;
        }

        void digestInto(MessageDigest digest) {
            digest.update(buf, 0, count);
        }
    }

    /** Recursion is bounded by the parser's own limit on depth. */
    private static void write(JsonParser parser, @Nullable JsonToken token, Canonical out) {
        switch (token) {
            case START_OBJECT -> {
                out.write('{');
                List<Member> members = new ArrayList<>();
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    String name = parser.currentName();
                    int start = out.size();
                    text(name, out);
                    write(parser, parser.nextToken(), out);
                    members.add(new Member(name, start, out.size()));
                }
                out.sort(members);
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

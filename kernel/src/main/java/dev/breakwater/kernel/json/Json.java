package dev.breakwater.kernel.json;

import dev.breakwater.kernel.failure.Failure;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The one JSON reader and writer. Reading is strict: duplicate members are refused, depth and number length are
 * bounded before anything is built. Records map with {@code snake_case} names.
 */
public final class Json {

    /** The deepest nesting that any request may have. */
    public static final int MAX_DEPTH = 100;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(1_000)
                    .maxNameLength(10_000)
                    .build())
            .build();

    private static final JsonMapper MAPPER = JsonMapper.builder(FACTORY)
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Json() {}

    /** The mapper of records, with {@code snake_case} names. */
    public static JsonMapper mapper() {
        return MAPPER;
    }

    /** The strict streaming reader. */
    public static JsonFactory factory() {
        return FACTORY;
    }

    /** Writes a record as JSON. */
    public static byte[] write(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    /**
     * Refuses bytes that are not UTF-8 text. Jackson alone lets some overlong forms through, and takes a zero byte
     * as a sign of UTF-16.
     */
    public static void requireText(byte[] bytes) {
        boolean ascii = true;
        for (byte b : bytes) {
            if (b == 0) {
                throw new Failure.Invalid("The request body is not valid JSON: it holds a zero byte.");
            }
            ascii &= b > 0;
        }
        if (!ascii && !decodes(bytes)) {
            throw new Failure.Invalid("The request body is not valid JSON: it is not valid UTF-8.");
        }
    }

    /** A small body as a tree, for the resources that are read field by field. */
    public static ObjectNode object(byte[] body) {
        requireText(body);
        try {
            if (MAPPER.readTree(body) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            throw invalid(e);
        }
        throw new Failure.Invalid("The request body must be a JSON object.");
    }

    /** Steps onto the opening brace of a body that must be one object. */
    public static void requireObject(JsonParser parser) {
        @Nullable JsonToken first = parser.nextToken();
        if (first != JsonToken.START_OBJECT) {
            throw new Failure.Invalid(
                    first == null ? "The request body is empty." : "The request body must be a JSON object.");
        }
    }

    /** Makes sure that nothing follows the one object of a body. */
    public static void requireEnd(JsonParser parser) {
        if (parser.nextToken() != null) {
            throw new Failure.Invalid("The request body must be one JSON object and nothing after it.");
        }
    }

    /** The string that the parser stands on; anything else is the caller's mistake. */
    public static String requireString(JsonParser parser, String field) {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw invalidValue(field, "it must be a string");
        }
        return parser.getString();
    }

    /** The value of a required field. */
    public static <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw missing(field);
        }
        return value;
    }

    /** The failure for a required field that is absent. */
    public static Failure.Invalid missing(String field) {
        return new Failure.Invalid(field, "Missing required field: %s.".formatted(field));
    }

    /** The failure for a field whose value cannot be taken; the reason goes on a sentence and has no full stop. */
    public static Failure.Invalid invalidValue(String field, String reason) {
        return new Failure.Invalid(field, "Invalid value for %s: %s.".formatted(field, reason));
    }

    /** The failure for a body that the parser refused: where, and why as far as that does not quote the body. */
    public static Failure.Invalid invalid(JacksonException refusal) {
        @Nullable TokenStreamLocation place = refusal.getLocation();
        String where = place == null || place.getLineNr() < 1
                ? ""
                : " at line %d, column %d".formatted(place.getLineNr(), place.getColumnNr());
        String why = switch (refusal) {
            case StreamConstraintsException tooDeep -> "it exceeds a limit on depth or length";
            case UnexpectedEndOfInputException cut -> "it ends too early";
            default ->
                String.valueOf(refusal.getOriginalMessage()).startsWith("Duplicate")
                        ? "a member name appears twice"
                        : "its syntax is broken";
        };
        return new Failure.Invalid("The request body is not valid JSON: %s%s.".formatted(why, where));
    }

    /** Copies a sound JSON value without the white space between its tokens; all other bytes stay as they are. */
    public static byte[] minify(byte[] json, int start, int end) {
        byte[] out = new byte[end - start];
        int length = 0;
        boolean inString = false;
        for (int i = start; i < end; i++) {
            byte b = json[i];
            if (inString) {
                out[length++] = b;
                if (b == '\\') {
                    out[length++] = json[++i];
                } else if (b == '"') {
                    inString = false;
                }
            } else if (b > ' ') {
                out[length++] = b;
                inString = b == '"';
            }
        }
        return length == out.length ? out : Arrays.copyOf(out, length);
    }

    private static boolean decodes(byte[] bytes) {
        try {
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** Appends {@code text} as a JSON string, quotes included. */
    public static void quote(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20 || (Character.isSurrogate(c) && !paired(text, i))) {
                        out.append("\\u%04x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private static boolean paired(String text, int i) {
        char c = text.charAt(i);
        return Character.isHighSurrogate(c)
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }
}

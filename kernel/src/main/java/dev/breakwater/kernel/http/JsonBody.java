package dev.breakwater.kernel.http;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON body of a call, read field by field; a refusal names the field (events.md 3, 7.2). */
public final class JsonBody {

    private final ObjectNode object;

    private JsonBody(ObjectNode object) {
        this.object = object;
    }

    /**
     * The bytes of a body that must be there and be declared as JSON.
     *
     * @throws Failure.UnsupportedMediaType when they are declared as anything else, or in another charset
     */
    public static byte[] required(Call call) {
        requireJson(call);
        return call.body();
    }

    /** The fields of a body that must be there. */
    public static JsonBody of(Call call) {
        return new JsonBody(Json.object(required(call)));
    }

    /** The fields of a body that may be absent: then there are none. */
    public static JsonBody optional(Call call) {
        return call.body().length == 0 ? new JsonBody(Json.mapper().createObjectNode()) : of(call);
    }

    private static void requireJson(Call call) {
        String declared = call.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        String[] parts = declared.split(";", -1);
        boolean json = parts[0].strip().equals("application/json");
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].replace("\"", "").strip();
            json &= !parameter.startsWith("charset=") || parameter.equals("charset=utf-8");
        }
        if (!json) {
            throw new Failure.UnsupportedMediaType("Content-Type must be application/json.");
        }
    }

    /** Whether the field was sent, be it as null. */
    public boolean has(String field) {
        return object.has(field);
    }

    /** A string that must be there. */
    public String string(String field) {
        return optionalString(field).orElseThrow(() -> Json.missing(field));
    }

    /** A string that may be absent. */
    public Optional<String> optionalString(String field) {
        return value(field).map(node -> {
            if (!node.isString()) {
                throw Json.invalidValue(field, "it must be a string");
            }
            return node.stringValue();
        });
    }

    /** A list of strings that may be absent. */
    public Optional<List<String>> optionalStrings(String field) {
        return value(field).map(node -> {
            List<String> strings = new ArrayList<>();
            boolean sound = node.isArray();
            for (JsonNode each : node) {
                sound &= each.isString();
                strings.add(each.asString(""));
            }
            if (!sound) {
                throw Json.invalidValue(field, "it must be an array of strings");
            }
            return strings;
        });
    }

    /** A whole number within bounds that may be absent. */
    public Optional<Integer> optionalInteger(String field, int least, int most) {
        return value(field).map(node -> {
            if (!node.isIntegralNumber()
                    || !node.canConvertToInt()
                    || node.intValue() < least
                    || node.intValue() > most) {
                throw Json.invalidValue(field, "it must be a whole number from %d to %d".formatted(least, most));
            }
            return node.intValue();
        });
    }

    /** A truth value that may be absent. */
    public Optional<Boolean> optionalBoolean(String field) {
        return value(field).map(node -> {
            if (!node.isBoolean()) {
                throw Json.invalidValue(field, "it must be true or false");
            }
            return node.booleanValue();
        });
    }

    /** Whether the field is exactly this string. */
    public boolean isText(String field, String text) {
        return value(field)
                .filter(node -> node.isString() && node.stringValue().equals(text))
                .isPresent();
    }

    /** An object that may be absent. */
    public Optional<JsonBody> optionalObject(String field) {
        return value(field).map(node -> {
            if (!(node instanceof ObjectNode inner)) {
                throw Json.invalidValue(field, "it must be an object");
            }
            return new JsonBody(inner);
        });
    }

    private Optional<JsonNode> value(String field) {
        @Nullable JsonNode node = object.get(field);
        return Optional.ofNullable(node).filter(each -> !each.isNull());
    }
}

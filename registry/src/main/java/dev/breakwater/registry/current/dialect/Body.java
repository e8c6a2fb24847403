package dev.breakwater.registry.current.dialect;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON object of a call, read member by member. Unknown members are ignored, null counts as absent, and a value of
 * the wrong type is 422 (registry.md 3.1).
 */
public final class Body {

    private final ObjectNode object;

    private Body(ObjectNode object) {
        this.object = object;
    }

    /**
     * The object that a call must bring.
     *
     * @throws Failure.Invalid when it brings none
     */
    public static Body of(Call call) {
        byte[] bytes = call.body();
        try {
            Json.requireText(bytes);
            if (Json.mapper().readTree(bytes) instanceof ObjectNode object) {
                return new Body(object);
            }
        } catch (JacksonException e) {
            throw Json.invalid(e);
        }
        throw new Failure.Invalid("the request body must be a JSON object");
    }

    /** All members as they were sent. */
    public ObjectNode object() {
        return object;
    }

    private Optional<JsonNode> member(String name) {
        return Optional.ofNullable(object.get(name)).filter(value -> !value.isNull());
    }

    /** A text, if it was sent. */
    public Optional<String> text(String name) {
        return member(name).map(value -> text(name, value));
    }

    /** A text, empty when it was not sent, of at most so many characters. */
    public String text(String name, int longest) {
        String text = text(name).orElse("");
        if (text.length() > longest) {
            throw new Failure.Invalid(name + " is longer than " + longest + " characters");
        }
        return text;
    }

    /** A number, if it was sent. */
    public Optional<Long> number(String name) {
        return member(name).map(value -> {
            if (!value.isIntegralNumber() || !value.canConvertToLong()) {
                throw wrong(name, "int64");
            }
            return value.longValue();
        });
    }

    /** A truth value, if it was sent. */
    public Optional<Boolean> truth(String name) {
        return member(name).map(value -> {
            if (!value.isBoolean()) {
                throw wrong(name, "boolean");
            }
            return value.booleanValue();
        });
    }

    /** An object, if it was sent. */
    public Optional<Body> object(String name) {
        return member(name).map(value -> {
            if (value instanceof ObjectNode inner) {
                return new Body(inner);
            }
            throw wrong(name, "object");
        });
    }

    /** A list of objects, if it was sent. */
    public Optional<List<Body>> objects(String name) {
        return member(name).map(value -> {
            if (!value.isArray()) {
                throw wrong(name, "array");
            }
            return value.valueStream()
                    .map(item -> {
                        if (item instanceof ObjectNode inner) {
                            return new Body(inner);
                        }
                        throw wrong(name, "array of objects");
                    })
                    .toList();
        });
    }

    /** All members as texts by name. */
    public Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            @Nullable JsonNode value = member.getValue();
            if (value != null && !value.isNull()) {
                texts.put(member.getKey(), text(member.getKey(), value));
            }
        }
        return texts;
    }

    private static String text(String name, JsonNode value) {
        if (!value.isString()) {
            throw wrong(name, "string");
        }
        String text = value.stringValue();
        if (text.indexOf('\0') >= 0) {
            throw new Failure.Unprocessable(name + " in body must not contain a zero character");
        }
        return text;
    }

    private static Failure.Unprocessable wrong(String name, String type) {
        return new Failure.Unprocessable(name + " in body must be of type " + type);
    }
}

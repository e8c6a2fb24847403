package dev.breakwater.registry.classic.dialect;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON body of a call, whatever type it was declared as. Names match without regard to case, members that nobody
 * asks for are ignored, and a null counts as absent (registry.md 1.1). What has a wrong type makes the body unreadable.
 */
public final class ClassicBody {

    private final ObjectNode object;

    private ClassicBody(ObjectNode object) {
        this.object = object;
    }

    /** Reads the body; refuses what is not one JSON object. */
    public static ClassicBody of(Call call) {
        try {
            return new ClassicBody(Json.object(call.body()));
        } catch (Failure.Invalid notJson) {
            throw Refusal.unreadable();
        }
    }

    /** A string, empty when absent. */
    public String string(String name) {
        return optionalString(name).orElse("");
    }

    /** A string that may be absent. */
    public Optional<String> optionalString(String name) {
        return member(name).map(ClassicBody::requireString);
    }

    /** Whether it is on; off when absent. */
    public boolean isOn(String name) {
        return member(name)
                .map(node -> {
                    if (!node.isBoolean()) {
                        throw Refusal.unreadable();
                    }
                    return node.booleanValue();
                })
                .orElse(false);
    }

    /** A whole number, 0 when absent. */
    public long number(String name) {
        return optionalNumber(name).orElse(0L);
    }

    /** A whole number that may be absent; true and false count as 1 and 0. */
    public Optional<Long> optionalNumber(String name) {
        return member(name).map(ClassicBody::requireNumber);
    }

    /** Some whole numbers; none when absent. */
    public List<Long> numbers(String name) {
        List<Long> numbers = new ArrayList<>();
        member(name).ifPresent(node -> {
            if (!node.isArray()) {
                throw Refusal.unreadable();
            }
            node.forEach(each -> numbers.add(requireNumber(each)));
        });
        return numbers;
    }

    /** Strings by name, in the order sent; none when absent. */
    public Map<String, String> strings(String name) {
        return member(name)
                .map(node -> {
                    if (!(node instanceof ObjectNode inner)) {
                        throw Refusal.unreadable();
                    }
                    return new ClassicBody(inner).allStrings();
                })
                .orElse(Map.of());
    }

    /** All members, which must be strings. */
    public Map<String, String> allStrings() {
        Map<String, String> strings = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> each : object.properties()) {
            strings.put(requireStorable(each.getKey()), requireString(each.getValue()));
        }
        return strings;
    }

    /** The members themselves, for bodies whose rules depend on what they hold. */
    public ObjectNode tree() {
        return object;
    }

    private Optional<JsonNode> member(String name) {
        return Optional.ofNullable(object.get(name))
                .or(() -> object.properties().stream()
                        .filter(each -> each.getKey().equalsIgnoreCase(name))
                        .map(Map.Entry::getValue)
                        .findFirst())
                .filter(node -> !node.isNull());
    }

    private static long requireNumber(JsonNode node) {
        if (node.isBoolean()) {
            return node.booleanValue() ? 1 : 0;
        }
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            throw Refusal.unreadable();
        }
        return node.longValue();
    }

    private static String requireString(JsonNode node) {
        if (!node.isString()) {
            throw Refusal.unreadable();
        }
        return requireStorable(node.stringValue());
    }

    /** PostgreSQL holds neither a zero character nor half a surrogate pair. */
    private static String requireStorable(String text) {
        if (text.indexOf('\0') >= 0 || text.codePoints().anyMatch(c -> c >= 0xd800 && c <= 0xdfff)) {
            throw Refusal.unreadable();
        }
        return text;
    }
}

package dev.breakwater.registry.current.dialect;

import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.json.Json;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An object on its way out: its members are written in alphabetical order, times with milliseconds, and texts without a
 * character, numbers without a value and times that never came are left out (registry.md 3.1).
 */
public final class Shape {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'");
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Map<String, JsonNode> members = new TreeMap<>();

    /** A text, left out when it is empty. */
    public Shape text(String name, @Nullable String value) {
        return value == null || value.isEmpty() ? this : node(name, NODES.stringNode(value));
    }

    /** A number that is always written. */
    public Shape number(String name, long value) {
        return node(name, NODES.numberNode(value));
    }

    /** A number, left out when there is none. */
    public Shape number(String name, @Nullable Long value) {
        return value == null ? this : number(name, value.longValue());
    }

    /** A truth value that is always written. */
    public Shape truth(String name, boolean value) {
        return node(name, NODES.booleanNode(value));
    }

    /** A time, left out when it never came. */
    public Shape time(String name, @Nullable Instant value) {
        return value == null ? this : node(name, NODES.stringNode(time(value)));
    }

    /** A time that is written as the zero one when it never came. */
    public Shape timeOrZero(String name, @Nullable Instant value) {
        return node(name, NODES.stringNode(value == null ? "0001-01-01T00:00:00.000Z" : time(value)));
    }

    /** Any value. */
    public Shape node(String name, JsonNode value) {
        members.put(name, value);
        return this;
    }

    /** Texts by name, in alphabetical order. */
    public Shape texts(String name, Map<String, String> values) {
        ObjectNode object = NODES.objectNode();
        new TreeMap<>(values).forEach(object::put);
        return node(name, object);
    }

    /** A list; an empty one is written as such. */
    public Shape list(String name, List<? extends JsonNode> items) {
        return node(name, list(items));
    }

    /** The finished object. */
    public ObjectNode build() {
        ObjectNode object = NODES.objectNode();
        members.forEach(object::set);
        return object;
    }

    /** A list of finished values. */
    public static ArrayNode list(List<? extends JsonNode> items) {
        return NODES.arrayNode().addAll(items);
    }

    /** Each of some items in the shape that it gets on its way out. */
    public static <T> List<JsonNode> each(List<T> items, Function<T, ? extends JsonNode> shape) {
        return items.stream().<JsonNode>map(shape).toList();
    }

    /** The answer that is this object. */
    public Answer answer() {
        return answer(build());
    }

    /** An answer with a finished value. */
    public static Answer answer(JsonNode value) {
        return Answer.json(200, Json.mapper().writeValueAsBytes(value));
    }

    /** The answer after something was made. */
    public static Answer created(String location) {
        return Answer.empty(201).with("Location", location);
    }

    /** The answer after something was done that leaves nothing to tell. */
    public static Answer done() {
        return Answer.empty(200);
    }

    /** A time as the API writes it, with milliseconds. */
    public static String time(Instant instant) {
        return TIME.format(OffsetDateTime.ofInstant(instant, ZoneOffset.UTC));
    }
}

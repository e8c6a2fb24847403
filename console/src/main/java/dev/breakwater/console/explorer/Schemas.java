package dev.breakwater.console.explorer;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads the schemas of one document: follows references, names types, lists members, and makes examples. */
final class Schemas {

    private static final int MOST_REFERENCES = 20;
    private static final int DEEPEST_EXAMPLE = 8;
    private static final int DEEPEST_FIELD = 4;
    private static final int MOST_FIELDS = 120;
    private static final List<String> CHOICES = List.of("oneOf", "anyOf");

    private final JsonNode root;

    Schemas(JsonNode root) {
        this.root = root;
    }

    /** The node itself, or what its reference leads to. */
    JsonNode resolve(JsonNode node) {
        JsonNode found = node;
        for (int i = 0; i < MOST_REFERENCES && found.has("$ref"); i++) {
            found = root.at(found.path("$ref").asString("").substring(1));
        }
        return found;
    }

    /** What it says about itself, which may stand beside a reference. */
    String description(JsonNode node) {
        String own = node.path("description").asString("");
        return own.isEmpty() ? resolve(node).path("description").asString("") : own;
    }

    /** What values may look like, in a few words. */
    String type(JsonNode schema) {
        JsonNode node = resolve(schema);
        if (node.has("const")) {
            return "always " + text(node.path("const"));
        }
        if (node.has("enum")) {
            return node.path("enum").valueStream().map(Schemas::text).collect(Collectors.joining(", ", "one of ", ""));
        }
        JsonNode choice = choice(node);
        if (!choice.isEmpty() && !node.has("properties")) {
            Set<String> types = new LinkedHashSet<>();
            choice.forEach(each -> types.add(type(each)));
            return String.join(" or ", types);
        }
        if (node.has("allOf")) {
            return "object";
        }
        return String.join(
                " or ", types(node).stream().map(each -> named(each, node)).toList());
    }

    private String named(String type, JsonNode node) {
        return switch (type) {
            case "array" -> "list of " + type(node.path("items"));
            case "string" ->
                switch (node.path("format").asString("")) {
                    case "date-time" -> "time";
                    case "date" -> "date";
                    case "uri" -> "URL";
                    case "email" -> "email address";
                    case "password" -> "password";
                    default ->
                        "text"
                                + (node.has("maxLength")
                                        ? " of at most "
                                                + node.path("maxLength").asInt()
                                        : "");
                };
            case "integer", "number" -> {
                String kind = type.equals("integer") ? "integer" : "number";
                if (node.has("minimum") && node.has("maximum")) {
                    yield kind + " from " + text(node.path("minimum")) + " to " + text(node.path("maximum"));
                }
                yield kind;
            }
            case "boolean" -> "true or false";
            default -> type;
        };
    }

    /** The types that a schema allows; any when it does not say. */
    static List<String> types(JsonNode node) {
        JsonNode type = node.path("type");
        if (type.isArray()) {
            return type.valueStream().map(each -> each.asString("")).toList();
        }
        if (type.isString()) {
            return List.of(type.asString());
        }
        return List.of(node.has("properties") ? "object" : "any");
    }

    private static JsonNode choice(JsonNode node) {
        for (String choice : CHOICES) {
            if (node.path(choice).isArray()) {
                return node.path(choice);
            }
        }
        return JsonNodeFactory.instance.arrayNode();
    }

    /** The schema by which a value is made: the first of several, and all of those that hold together. */
    private JsonNode effective(JsonNode schema) {
        JsonNode node = resolve(schema);
        JsonNode choice = choice(node);
        if (!choice.isEmpty() && !node.has("properties")) {
            return choice.valueStream()
                    .map(this::resolve)
                    .filter(each -> !each.path("type").asString("").equals("null"))
                    .findFirst()
                    .orElse(choice.get(0));
        }
        if (!node.has("allOf")) {
            return node;
        }
        ObjectNode merged = JsonNodeFactory.instance.objectNode();
        ObjectNode properties = merged.putObject("properties");
        ArrayNode required = merged.putArray("required");
        List<JsonNode> parts = new ArrayList<>(
                node.path("allOf").valueStream().map(this::resolve).toList());
        parts.add(node);
        for (JsonNode part : parts) {
            part.path("properties").properties().forEach(each -> properties.set(each.getKey(), each.getValue()));
            part.path("required").forEach(required::add);
        }
        return merged;
    }

    /** The members of a value, those within others behind them. */
    List<Field> fields(JsonNode schema) {
        List<Field> fields = new ArrayList<>();
        collect(schema, "", 0, fields);
        return fields;
    }

    private void collect(JsonNode schema, String prefix, int depth, List<Field> fields) {
        JsonNode node = effective(schema);
        if (types(node).contains("array")) {
            if (depth < DEEPEST_FIELD) {
                String list = prefix.isEmpty() ? "[]." : prefix.substring(0, prefix.length() - 1) + "[].";
                collect(node.path("items"), list, depth + 1, fields);
            }
            return;
        }
        for (var property : node.path("properties").properties()) {
            if (fields.size() >= MOST_FIELDS) {
                return;
            }
            String name = prefix + property.getKey();
            fields.add(new Field(
                    name,
                    type(property.getValue()),
                    requires(node, property.getKey()),
                    description(property.getValue())));
            if (depth < DEEPEST_FIELD) {
                collect(property.getValue(), name + ".", depth + 1, fields);
            }
        }
    }

    static boolean requires(JsonNode node, String name) {
        return node.path("required")
                .valueStream()
                .anyMatch(each -> each.asString("").equals(name));
    }

    /**
     * A value that fits.
     *
     * @param whole with everything that may be there; else with what has to be there, or with all of it where nothing
     *     has to
     */
    JsonNode example(JsonNode schema, boolean whole) {
        return example(schema, whole, 0);
    }

    private JsonNode example(JsonNode schema, boolean whole, int depth) {
        JsonNode node = effective(schema);
        if (!node.path("examples").isEmpty()) {
            return node.path("examples").get(0);
        }
        for (String member : List.of("example", "default", "const")) {
            if (node.has(member)) {
                return node.path(member);
            }
        }
        if (!node.path("enum").isEmpty()) {
            return node.path("enum").get(0);
        }
        JsonNodeFactory make = JsonNodeFactory.instance;
        return switch (types(node).getFirst()) {
            case "object", "any" -> object(node, whole, depth);
            case "array" -> {
                ArrayNode list = make.arrayNode();
                if (depth < DEEPEST_EXAMPLE) {
                    list.add(example(node.path("items"), whole, depth + 1));
                }
                yield list;
            }
            case "integer", "number" -> make.numberNode(node.path("minimum").asInt(1));
            case "boolean" -> make.booleanNode(true);
            case "null" -> make.nullNode();
            default -> make.stringNode(string(node));
        };
    }

    private JsonNode object(JsonNode node, boolean whole, int depth) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        boolean all = whole || node.path("required").isEmpty();
        if (depth < DEEPEST_EXAMPLE) {
            for (var property : node.path("properties").properties()) {
                boolean wanted = all || requires(node, property.getKey());
                if (wanted && !resolve(property.getValue()).path("readOnly").asBoolean(false)) {
                    object.set(property.getKey(), example(property.getValue(), whole, depth + 1));
                }
            }
        }
        return object;
    }

    private static String string(JsonNode node) {
        String text = switch (node.path("format").asString("")) {
            case "date-time" -> "2026-05-25T12:00:00Z";
            case "date" -> "2026-05-25";
            case "uri" -> "https://example.com/";
            case "email" -> "somebody@example.com";
            case "uuid" -> "018f3a2e-4b9c-7000-8000-000000000000";
            default -> "text";
        };
        int shortest = Math.min(node.path("minLength").asInt(0), 1_000);
        return text.length() < shortest ? "text".repeat(shortest / 4 + 1).substring(0, shortest) : text;
    }

    /** A plain value as text. */
    static String text(JsonNode value) {
        return value.isValueNode() && !value.isNull() ? value.asString() : value.toString();
    }
}

package dev.breakwater.console.explorer;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts an OpenAPI 3.1 document into the words of Swagger 2.0. What these cannot say is told as well as they can: a value
 * of several types has none, a constant is a choice of one, and sessions, which are cookies, are left out.
 */
final class Swagger {

    private static final JsonMapper JSON = new JsonMapper();
    private static final JsonNodeFactory MAKE = JsonNodeFactory.instance;
    private static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch");
    private static final List<String> KEPT_OF_OPERATION = List.of("tags", "summary", "description", "operationId");
    private static final List<String> KEPT_OF_SCHEMA = List.of(
            "description",
            "format",
            "default",
            "minimum",
            "maximum",
            "minLength",
            "maxLength",
            "pattern",
            "minItems",
            "maxItems",
            "uniqueItems",
            "enum",
            "required",
            "readOnly");
    private static final List<String> KEPT_OF_VALUE = List.of(
            "format",
            "default",
            "minimum",
            "maximum",
            "minLength",
            "maxLength",
            "pattern",
            "minItems",
            "maxItems",
            "enum");
    private static final String FORM = "application/x-www-form-urlencoded";

    private final JsonNode root;
    private final Schemas schemas;

    Swagger(JsonNode root) {
        this.root = root;
        schemas = new Schemas(root);
    }

    /** The whole document. */
    byte[] yaml() {
        Object plain = JSON.convertValue(document(), Map.class);
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setWidth(120)
                .build();
        return new Dump(settings).dumpToString(plain).getBytes(StandardCharsets.UTF_8);
    }

    ObjectNode document() {
        ObjectNode document = MAKE.objectNode();
        document.put("swagger", "2.0");
        JsonNode about = root.path("info");
        ObjectNode info = document.putObject("info");
        info.set("title", about.path("title"));
        info.set("version", about.path("version"));
        info.put(
                "description",
                about.path("summary").asString("") + "\n\n"
                        + about.path("description").asString(""));
        info.putObject("license").set("name", about.at("/license/name"));
        document.put("basePath", "/");
        document.putArray("consumes").add("application/json");
        document.putArray("produces").add("application/json");
        document.putObject("securityDefinitions").putObject("basic").put("type", "basic");
        document.set("security", security(root.path("security")));
        document.set("tags", root.path("tags"));
        ObjectNode paths = document.putObject("paths");
        root.path("paths").properties().forEach(path -> paths.set(path.getKey(), item(path.getValue())));
        ObjectNode parameters = document.putObject("parameters");
        each("parameters", (name, value) -> parameters.set(name, parameter(value)));
        ObjectNode responses = document.putObject("responses");
        each("responses", (name, value) -> responses.set(name, response(value)));
        ObjectNode definitions = document.putObject("definitions");
        each("schemas", (name, value) -> definitions.set(name, schema(value)));
        return document;
    }

    private void each(String kind, java.util.function.BiConsumer<String, JsonNode> action) {
        root.path("components").path(kind).properties().forEach(each -> action.accept(each.getKey(), each.getValue()));
    }

    private ArrayNode security(JsonNode alternatives) {
        ArrayNode kept = MAKE.arrayNode();
        for (JsonNode each : alternatives) {
            if (each.isEmpty() || each.has("basic")) {
                kept.add(each);
            }
        }
        return kept;
    }

    private ObjectNode item(JsonNode path) {
        ObjectNode item = MAKE.objectNode();
        if (path.has("parameters")) {
            item.set("parameters", parameters(path.path("parameters")));
        }
        METHODS.stream().filter(path::has).forEach(method -> item.set(method, operation(path.path(method))));
        return item;
    }

    private ObjectNode operation(JsonNode node) {
        ObjectNode operation = MAKE.objectNode();
        KEPT_OF_OPERATION.stream().filter(node::has).forEach(each -> operation.set(each, node.path(each)));
        ArrayNode parameters = parameters(node.path("parameters"));
        JsonNode body = schemas.resolve(node.path("requestBody"));
        body.path("content").properties().stream()
                .findFirst()
                .ifPresent(media -> body(operation, parameters, body, media.getKey(), media.getValue()));
        Set<String> produced = new LinkedHashSet<>();
        ObjectNode responses = MAKE.objectNode();
        node.path("responses").properties().forEach(each -> {
            produced.addAll(schemas.resolve(each.getValue()).path("content").propertyNames());
            responses.set(each.getKey(), response(each.getValue()));
        });
        if (!produced.isEmpty()) {
            ArrayNode produces = operation.putArray("produces");
            produced.forEach(produces::add);
        }
        if (!parameters.isEmpty()) {
            operation.set("parameters", parameters);
        }
        operation.set("responses", responses);
        if (node.has("security")) {
            operation.set("security", security(node.path("security")));
        }
        return operation;
    }

    private void body(ObjectNode operation, ArrayNode parameters, JsonNode body, String type, JsonNode media) {
        operation.putArray("consumes").add(type);
        if (type.equals(FORM)) {
            schemas.resolve(media.path("schema"))
                    .path("properties")
                    .properties()
                    .forEach(each -> {
                        ObjectNode field = MAKE.objectNode();
                        field.put("name", each.getKey());
                        field.put("in", "formData");
                        parameters.add(field.setAll(value(each.getValue())));
                    });
            return;
        }
        ObjectNode parameter = parameters.addObject();
        parameter.put("name", "body");
        parameter.put("in", "body");
        if (body.has("description")) {
            parameter.set("description", body.path("description"));
        }
        parameter.put("required", body.path("required").asBoolean(false));
        parameter.set("schema", schema(media.path("schema")));
    }

    private ArrayNode parameters(JsonNode list) {
        ArrayNode parameters = MAKE.arrayNode();
        list.forEach(each -> parameters.add(each.has("$ref") ? reference(each) : parameter(each)));
        return parameters;
    }

    private ObjectNode parameter(JsonNode node) {
        ObjectNode parameter = MAKE.objectNode();
        for (String member : List.of("name", "in", "required", "description", "x-several-segments")) {
            if (node.has(member)) {
                parameter.set(member, node.path(member));
            }
        }
        return parameter.setAll(value(node.path("schema")));
    }

    /** The schema of a parameter or header, which may not refer to others and has exactly one type. */
    private ObjectNode value(JsonNode schema) {
        JsonNode node = schemas.resolve(schema);
        ObjectNode value = MAKE.objectNode();
        String type = node.has("type")
                ? Schemas.types(node).getFirst()
                : node.path("const").isBoolean() ? "boolean" : "string";
        value.put("type", type);
        KEPT_OF_VALUE.stream().filter(node::has).forEach(each -> value.set(each, node.path(each)));
        if (node.has("const")) {
            value.putArray("enum").add(node.path("const"));
        }
        if (type.equals("array")) {
            value.set("items", value(node.path("items")));
            value.put("collectionFormat", "multi");
        }
        return value;
    }

    private ObjectNode response(JsonNode node) {
        if (node.has("$ref")) {
            return reference(node);
        }
        ObjectNode response = MAKE.objectNode();
        response.set("description", node.path("description"));
        node.path("content").properties().stream()
                .findFirst()
                .map(Map.Entry::getValue)
                .filter(media -> media.has("schema"))
                .ifPresent(media -> response.set("schema", schema(media.path("schema"))));
        if (node.has("headers")) {
            ObjectNode headers = response.putObject("headers");
            node.path("headers").properties().forEach(each -> {
                ObjectNode header = MAKE.objectNode();
                header.put("description", schemas.description(each.getValue()));
                JsonNode schema = schemas.resolve(each.getValue()).path("schema");
                ObjectNode value = value(schema);
                if (value.remove("collectionFormat") != null) {
                    value.put("collectionFormat", "csv");
                }
                headers.set(each.getKey(), header.setAll(value));
            });
        }
        return response;
    }

    private JsonNode schema(JsonNode node) {
        if (node.has("$ref")) {
            return reference(node);
        }
        ObjectNode schema = MAKE.objectNode();
        for (String choice : List.of("oneOf", "anyOf")) {
            if (node.has(choice) && !node.has("properties")) {
                return one(node.path(choice));
            }
        }
        List<String> types = Schemas.types(node).stream()
                .filter(type -> !type.equals("null") && !type.equals("any"))
                .toList();
        if (types.size() == 1) {
            schema.put("type", types.getFirst());
        }
        if (node.path("type").isArray()) {
            schema.put("x-nullable", Schemas.types(node).contains("null"));
        }
        KEPT_OF_SCHEMA.stream().filter(node::has).forEach(each -> schema.set(each, node.path(each)));
        if (node.has("const")) {
            schema.putArray("enum").add(node.path("const"));
        }
        if (node.has("properties")) {
            ObjectNode properties = schema.putObject("properties");
            node.path("properties")
                    .properties()
                    .forEach(each -> properties.set(each.getKey(), schema(each.getValue())));
        }
        if (node.has("items")) {
            schema.set("items", schema(node.path("items")));
        } else if (types.contains("array")) {
            schema.putObject("items");
        }
        JsonNode additional = node.path("additionalProperties");
        if (additional.isObject()) {
            schema.set("additionalProperties", schema(additional));
        } else if (additional.isBoolean()) {
            schema.set("additionalProperties", additional);
        }
        if (node.has("allOf")) {
            ArrayNode parts = schema.putArray("allOf");
            node.path("allOf").forEach(each -> parts.add(schema(each)));
        }
        return schema;
    }

    /** The first of several that is more than null. */
    private ObjectNode one(JsonNode choices) {
        ObjectNode schema = MAKE.objectNode();
        ArrayNode parts = schema.putArray("allOf");
        for (JsonNode each : choices) {
            if (each.path("type").asString("").equals("null")) {
                schema.put("x-nullable", true);
            } else if (parts.isEmpty()) {
                parts.add(schema(each));
            }
        }
        return schema;
    }

    private static ObjectNode reference(JsonNode node) {
        ObjectNode reference = MAKE.objectNode();
        reference.put(
                "$ref",
                node.path("$ref")
                        .asString("")
                        .replace("#/components/schemas/", "#/definitions/")
                        .replace("#/components/", "#/"));
        return reference;
    }
}

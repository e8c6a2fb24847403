package dev.breakwater.console.explorer;

import dev.breakwater.console.page.PrettyJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Reads the operations of a document. */
final class OperationReader {

    private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");
    private static final String FORM = "application/x-www-form-urlencoded";

    private final JsonNode root;
    private final Schemas schemas;

    OperationReader(JsonNode root) {
        this.root = root;
        schemas = new Schemas(root);
    }

    /** Those of one path, the usual methods first. */
    List<Operation> operations(String path, JsonNode item) {
        return METHODS.stream()
                .filter(item::has)
                .map(method -> operation(path, item, method))
                .toList();
    }

    private Operation operation(String path, JsonNode item, String method) {
        JsonNode node = item.path(method);
        return new Operation(
                node.path("operationId").asString(""),
                method.toUpperCase(Locale.ROOT),
                path,
                node.path("tags").path(0).asString(""),
                node.path("summary").asString(""),
                node.path("description").asString(""),
                Stream.of(item, node)
                        .flatMap(owner -> owner.path("parameters").valueStream())
                        .map(this::parameter)
                        .toList(),
                bodies(schemas.resolve(node.path("requestBody"))),
                node.path("responses").properties().stream()
                        .map(each -> outcome(each.getKey(), schemas.resolve(each.getValue())))
                        .toList(),
                callers(node.has("security") ? node.path("security") : root.path("security")),
                Optional.of(node.path("x-sdk").asString("")).filter(call -> !call.isEmpty()));
    }

    private Parameter parameter(JsonNode reference) {
        JsonNode node = schemas.resolve(reference);
        return parameter(
                node.path("name").asString(""),
                node.path("in").asString(""),
                node.path("required").asBoolean(false),
                node.path("x-several-segments").asBoolean(false),
                schemas.description(reference),
                node.path("schema"));
    }

    private Parameter parameter(
            String name, String place, boolean required, boolean segments, String description, JsonNode schema) {
        JsonNode resolved = schemas.resolve(schema);
        List<String> types = Schemas.types(resolved);
        Parameter.Shape shape = Parameter.Shape.TEXT;
        if (segments) {
            shape = Parameter.Shape.SEGMENTS;
        } else if (types.contains("array")) {
            shape = Parameter.Shape.LIST;
        } else if (isSecret(name, resolved)) {
            shape = Parameter.Shape.SECRET;
        }
        List<String> choices = types.contains("boolean")
                ? List.of("true", "false")
                : resolved.path("enum").valueStream().map(Schemas::text).toList();
        JsonNode example = resolved.path("examples").path(0);
        return new Parameter(
                name,
                place,
                required,
                shape,
                schemas.type(schema),
                description.isEmpty() ? schemas.description(schema) : description,
                choices,
                example.isMissingNode() ? "" : Schemas.text(example));
    }

    private static boolean isSecret(String name, JsonNode schema) {
        return schema.path("format").asString("").equals("password")
                || name.toLowerCase(Locale.ROOT).contains("password");
    }

    private List<Body> bodies(JsonNode node) {
        List<Body> bodies = new ArrayList<>();
        for (Map.Entry<String, JsonNode> media : node.path("content").properties()) {
            bodies.add(body(node, media.getKey(), media.getValue()));
        }
        return List.copyOf(bodies);
    }

    private Body body(JsonNode node, String type, JsonNode media) {
        boolean required = node.path("required").asBoolean(false);
        String description = node.path("description").asString("");
        JsonNode schema = media.path("schema");
        if (type.equals(FORM)) {
            JsonNode form = schemas.resolve(schema);
            List<Parameter> inputs = form.path("properties").properties().stream()
                    .map(each -> parameter(
                            each.getKey(),
                            "form",
                            Schemas.requires(form, each.getKey()),
                            false,
                            schemas.description(each.getValue()),
                            each.getValue()))
                    .toList();
            return new Body(type, Body.Kind.FORM, required, description, "", List.of(), inputs);
        }
        boolean text = type.endsWith("json");
        return new Body(
                type,
                text ? Body.Kind.TEXT : Body.Kind.FILE,
                required,
                description,
                text ? example(media, false) : "",
                schemas.fields(schema),
                List.of());
    }

    /** The first example of the document, else one that follows from the schema. */
    private String example(JsonNode media, boolean whole) {
        JsonNode written = media.path("examples")
                .valueStream()
                .map(each -> schemas.resolve(each).path("value"))
                .findFirst()
                .orElse(media.path("example"));
        if (written.isMissingNode() && media.path("schema").isEmpty()) {
            return "";
        }
        JsonNode value = written.isMissingNode() ? schemas.example(media.path("schema"), whole) : written;
        return PrettyJson.of(value.toString());
    }

    private Outcome outcome(String status, JsonNode node) {
        Optional<Map.Entry<String, JsonNode>> media =
                node.path("content").properties().stream().findFirst();
        String type = media.map(Map.Entry::getKey).orElse("");
        return new Outcome(
                status,
                node.path("description").asString(""),
                type,
                type.endsWith("json") ? example(media.orElseThrow().getValue(), true) : "",
                media.map(each -> schemas.fields(each.getValue().path("schema")))
                        .orElse(List.of()),
                node.path("headers").properties().stream()
                        .map(each -> header(each.getKey(), each.getValue()))
                        .toList());
    }

    private Field header(String name, JsonNode reference) {
        JsonNode node = schemas.resolve(reference);
        return new Field(
                name,
                schemas.type(node.path("schema")),
                node.path("required").asBoolean(false),
                schemas.description(reference));
    }

    /** Sessions are left out: the explorer sends no cookies. */
    private List<Caller> callers(JsonNode security) {
        List<Caller> callers = new ArrayList<>();
        for (JsonNode alternative : security) {
            for (String name : alternative.propertyNames()) {
                JsonNode scheme = root.at("/components/securitySchemes/" + name);
                switch (scheme.path("scheme").asString("")) {
                    case "bearer" ->
                        callers.add(
                                name.equals("key")
                                        ? new Caller(Caller.Kind.BEARER, "API key", "HARBOR_SECRET_KEY")
                                        : new Caller(Caller.Kind.BEARER, "Bearer token", "HARBOR_TOKEN"));
                    case "basic" ->
                        callers.add(new Caller(Caller.Kind.BASIC, "Username and password", "HARBOR_PASSWORD"));
                    default -> {
                        // A session.
                    }
                }
            }
        }
        callers.add(new Caller(Caller.Kind.NOBODY, "Nobody", ""));
        return List.copyOf(callers);
    }
}

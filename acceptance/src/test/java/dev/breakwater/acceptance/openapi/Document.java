package dev.breakwater.acceptance.openapi;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One OpenAPI 3.1 document. Its schemas are JSON Schema 2020-12. */
final class Document {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");
    private static final JsonMapper JSON = new JsonMapper();
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private final String name;
    private final JsonNode root;
    private final List<PathItem> paths;
    private final Map<JsonNode, Schema> compiled = new ConcurrentHashMap<>();

    /** A path of the document with its operations. */
    record PathItem(String template, Pattern pattern, JsonNode operations) {

        /** The methods that are documented, in upper case. */
        Set<String> methods() {
            Set<String> methods = new TreeSet<>();
            for (String member : operations.propertyNames()) {
                if (METHODS.contains(member)) {
                    methods.add(member.toUpperCase(java.util.Locale.ROOT));
                }
            }
            return methods;
        }

        Optional<JsonNode> operation(String method) {
            String member = method.equals("HEAD") ? "get" : method.toLowerCase(java.util.Locale.ROOT);
            return METHODS.contains(member) ? Optional.ofNullable(operations.get(member)) : Optional.empty();
        }

        private int literals() {
            return template.replaceAll("\\{[^}]*}", "").length();
        }
    }

    private Document(String name, JsonNode root) {
        this.name = name;
        this.root = root;
        List<PathItem> items = new ArrayList<>();
        root.get("paths")
                .properties()
                .forEach(path -> items.add(
                        new PathItem(path.getKey(), pattern(path.getKey(), path.getValue()), path.getValue())));
        items.sort(Comparator.comparingInt(PathItem::literals).reversed());
        paths = List.copyOf(items);
    }

    /** Reads {@code /openapi/<name>.yaml} from the class path. */
    static Document load(String name) {
        try (@Nullable InputStream in = Document.class.getResourceAsStream("/openapi/" + name + ".yaml")) {
            if (in == null) {
                throw new IllegalArgumentException("There is no document " + name);
            }
            return new Document(
                    name,
                    JSON.valueToTree(new Load(LoadSettings.builder()
                                    .setAllowDuplicateKeys(false)
                                    .build())
                            .loadFromInputStream(in)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A parameter stands for one segment, unless the document says that it spans several. */
    private Pattern pattern(String template, JsonNode item) {
        boolean several = item.path("parameters")
                .valueStream()
                .map(this::resolve)
                .anyMatch(parameter -> parameter.path("x-several-segments").asBoolean(false));
        String[] parts = template.split("\\{[^}]*}", -1);
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < parts.length; i++) {
            regex.append(i == 0 ? "" : several && i == 1 ? ".+" : "[^/]+").append(Pattern.quote(parts[i]));
        }
        boolean slash = root.path("x-trailing-slash").asString("").equals("ignored");
        return Pattern.compile(regex + (slash ? "/?" : ""));
    }

    String name() {
        return name;
    }

    JsonNode root() {
        return root;
    }

    List<PathItem> paths() {
        return paths;
    }

    /** The path item of a request, the one with the most literal text first. */
    Optional<PathItem> find(String path) {
        return paths.stream()
                .filter(item -> item.pattern().matcher(path).matches())
                .findFirst();
    }

    /** The node itself, or what its {@code $ref} points to. */
    JsonNode resolve(JsonNode node) {
        @Nullable JsonNode reference = node.get("$ref");
        if (reference == null) {
            return node;
        }
        JsonNode target = root.at(reference.asString().substring(1));
        if (target.isMissingNode()) {
            throw new AssertionError(name + ".yaml refers to " + reference.asString() + ", which is not there");
        }
        return resolve(target);
    }

    /** What is wrong with a value, measured by a schema of this document; empty when nothing is. */
    List<String> violations(JsonNode schema, JsonNode value) {
        return compiled.computeIfAbsent(schema, this::compile).validate(value).stream()
                .map(Object::toString)
                .toList();
    }

    private Schema compile(JsonNode schema) {
        ObjectNode standalone = ((ObjectNode) schema).deepCopy();
        standalone.set("components", root.get("components"));
        return SCHEMAS.getSchema(standalone);
    }
}

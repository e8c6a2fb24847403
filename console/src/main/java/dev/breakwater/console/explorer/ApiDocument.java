package dev.breakwater.console.explorer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One OpenAPI 3.1 document, read for people. Whatever a page says about an API comes from here. */
public final class ApiDocument {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int LARGEST = 4 << 20;

    private final String name;
    private final JsonNode root;
    private final List<Tag> tags;
    private final Map<String, Operation> operations = new LinkedHashMap<>();

    /**
     * A part of an API.
     *
     * @param name of it
     * @param description Markdown; may be empty
     * @param operations in the order of the document
     */
    public record Tag(String name, String description, List<Operation> operations) {

        /** By which addresses name it. */
        public String anchor() {
            return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        }
    }

    private ApiDocument(String name, JsonNode root) {
        this.name = name;
        this.root = root;
        OperationReader reader = new OperationReader(root);
        root.path("paths")
                .properties()
                .forEach(path -> reader.operations(path.getKey(), path.getValue())
                        .forEach(each -> operations.put(each.id(), each)));
        List<Tag> parts = new ArrayList<>();
        root.path("tags")
                .forEach(tag -> parts.add(new Tag(
                        tag.path("name").asString(""),
                        tag.path("description").asString(""),
                        operations.values().stream()
                                .filter(each ->
                                        each.tag().equals(tag.path("name").asString("")))
                                .toList())));
        tags = List.copyOf(parts);
    }

    /** Reads a document; it is our own, and bounded all the same. */
    static ApiDocument read(String name, byte[] yaml) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(name)
                .setAllowDuplicateKeys(false)
                .setCodePointLimit(LARGEST)
                .build();
        return new ApiDocument(
                name, JSON.valueToTree(new Load(settings).loadFromInputStream(new java.io.ByteArrayInputStream(yaml))));
    }

    /** The last part of its address. */
    public String name() {
        return name;
    }

    /** Where it can be had as it was written. */
    public String address() {
        return "/openapi/" + name + ".yaml";
    }

    /** What the API is called. */
    public String title() {
        return root.at("/info/title").asString("");
    }

    /** Which version of the API it describes. */
    public String version() {
        return root.at("/info/version").asString("");
    }

    /** What the API is for, in one line. */
    public String summary() {
        return root.at("/info/summary").asString("");
    }

    /** What holds for all of it; Markdown. */
    public String description() {
        return root.at("/info/description").asString("");
    }

    /** Its parts. */
    public List<Tag> tags() {
        return tags;
    }

    /** How many operations it has. */
    public int size() {
        return operations.size();
    }

    /** An operation by its id. */
    public Optional<Operation> operation(String id) {
        return Optional.ofNullable(operations.get(id));
    }

    /** Its parts with the operations that have all these words, in lower case; those without any are left out. */
    public List<Tag> find(List<String> words) {
        return tags.stream()
                .map(tag -> new Tag(
                        tag.name(),
                        tag.description(),
                        tag.operations().stream()
                                .filter(each -> each.has(words))
                                .toList()))
                .filter(tag -> !tag.operations().isEmpty())
                .toList();
    }

    JsonNode root() {
        return root;
    }
}

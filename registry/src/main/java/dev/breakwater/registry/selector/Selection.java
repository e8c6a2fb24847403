package dev.breakwater.registry.selector;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.json.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * To what a rule applies: repositories and tags that all selectors choose (registry.md 3.6).
 *
 * @param tags of tags
 * @param repositories of repositories, by their names without the project
 */
public record Selection(List<Selector> tags, List<Selector> repositories) {

    private static final String TAGS = "tag_selectors";
    private static final String SCOPES = "scope_selectors";
    private static final String REPOSITORY = "repository";
    private static final Set<String> OF_TAGS = Set.of("matches", "excludes");
    private static final Set<String> OF_REPOSITORIES = Set.of("repoMatches", "repoExcludes");
    private static final int MOST = 20;

    /** Immutable copies of the lists. */
    public Selection {
        tags = List.copyOf(tags);
        repositories = List.copyOf(repositories);
    }

    /** Whether it applies to a repository, named without its project. */
    public boolean choosesRepository(String name) {
        return repositories.stream().allMatch(selector -> selector.chooses(name));
    }

    /** Whether it applies to a tag. */
    public boolean choosesTag(String tag) {
        return tags.stream().allMatch(selector -> selector.chooses(tag));
    }

    /** Whether it applies to an artifact with these tags. */
    public boolean choosesTagged(Collection<String> names) {
        return tags.stream().allMatch(selector -> selector.choosesTagged(names));
    }

    /**
     * Reads the selectors of a rule.
     *
     * @throws Failure.Invalid when one of them is wrong
     */
    public static Selection parse(JsonNode rule) {
        @Nullable JsonNode scopes = rule.get(SCOPES);
        return new Selection(
                selectors(rule.get(TAGS), OF_TAGS),
                selectors(scopes == null ? null : scopes.get(REPOSITORY), OF_REPOSITORIES));
    }

    private static List<Selector> selectors(@Nullable JsonNode list, Set<String> decorations) {
        List<Selector> selectors = new ArrayList<>();
        if (list == null || list.isNull()) {
            return selectors;
        }
        if (!list.isArray() || list.size() > MOST) {
            throw new Failure.Invalid("selectors must be a list of at most " + MOST);
        }
        for (JsonNode selector : list) {
            selectors.add(selector(selector, decorations));
        }
        return selectors;
    }

    private static Selector selector(JsonNode node, Set<String> decorations) {
        String kind = text(node, "kind", Selector.DOUBLESTAR);
        String decoration = text(node, "decoration", "");
        String pattern = text(node, "pattern", "");
        String extras = text(node, "extras", "");
        if (!kind.equals(Selector.DOUBLESTAR)) {
            throw new Failure.Invalid("invalid selector kind: " + kind);
        }
        if (!decorations.contains(decoration)) {
            throw new Failure.Invalid("invalid selector decoration: " + decoration);
        }
        if (pattern.isEmpty()) {
            throw new Failure.Invalid("the pattern of a selector must not be empty");
        }
        try {
            Glob.parse(pattern);
        } catch (IllegalArgumentException e) {
            throw new Failure.Invalid("invalid selector pattern: " + e.getMessage());
        }
        return new Selector(kind, decoration, pattern, extras, untagged(decoration, extras));
    }

    private static String text(JsonNode node, String name, String usual) {
        @Nullable JsonNode value = node.get(name);
        if (value == null || value.isNull()) {
            return usual;
        }
        if (!value.isString() || value.stringValue().length() > Glob.LONGEST) {
            throw new Failure.Invalid("invalid selector " + name);
        }
        return value.stringValue();
    }

    /** Who says nothing of artifacts without tags means them, unless he excludes. */
    private static boolean untagged(String decoration, String extras) {
        if (extras.isEmpty()) {
            return decoration.equals("matches");
        }
        try {
            return Json.mapper().readTree(extras) instanceof ObjectNode object
                    && object.path("untagged").asBoolean(false);
        } catch (JacksonException e) {
            throw new Failure.Invalid("invalid selector extras: it must be a JSON object in a text");
        }
    }

    /** Writes the selectors into a rule. */
    public void write(ObjectNode rule) {
        ObjectNode scopes = JsonNodeFactory.instance.objectNode();
        scopes.set(REPOSITORY, list(repositories));
        rule.set(SCOPES, scopes);
        rule.set(TAGS, list(tags));
    }

    private static ArrayNode list(List<Selector> selectors) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        selectors.forEach(selector -> {
            ObjectNode object = list.addObject();
            object.put("decoration", selector.decoration());
            if (!selector.extras().isEmpty()) {
                object.put("extras", selector.extras());
            }
            object.put("kind", selector.kind());
            object.put("pattern", selector.pattern());
        });
        return list;
    }
}

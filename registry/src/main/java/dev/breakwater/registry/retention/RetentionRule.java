package dev.breakwater.registry.retention;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.registry.selector.Selection;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What of the artifacts that it chooses a policy keeps (registry.md 3.6, 3.7).
 *
 * @param id as it was sent
 * @param priority as it was sent; all rules count alike
 * @param disabled whether it is out of force
 * @param template what it keeps
 * @param number how many artifacts or days; 0 for a template without
 * @param selection which artifacts of which repositories
 */
public record RetentionRule(
        int id, int priority, boolean disabled, Template template, int number, Selection selection) {

    /** Whether it says anything of a repository, named without its project. */
    boolean concerns(String repository) {
        return !disabled && selection.choosesRepository(repository);
    }

    /** What it keeps of the artifacts that it chooses, in words. */
    public String words() {
        return template.words(number);
    }

    /** Those of the artifacts of one repository that it keeps. */
    List<Candidate> keeps(List<Candidate> candidates, Instant now) {
        return template.keeps(
                candidates.stream()
                        .filter(candidate -> selection.choosesTagged(candidate.tags()))
                        .toList(),
                number,
                now);
    }

    /**
     * Reads a rule.
     *
     * @throws Failure.Invalid when it is wrong
     */
    static RetentionRule parse(JsonNode node) {
        if (!node.isObject()) {
            throw new Failure.Invalid("a rule must be an object");
        }
        String action = text(node, "action", "retain");
        if (!action.equals("retain")) {
            throw new Failure.Invalid("invalid rule action: " + action);
        }
        String name = text(node, "template", "");
        Template template =
                Template.named(name).orElseThrow(() -> new Failure.Invalid("invalid rule template: " + name));
        return new RetentionRule(
                integer(node, "id"),
                integer(node, "priority"),
                node.path("disabled").asBoolean(false),
                template,
                template.hasParameter() ? number(node.path("params").get(name), name) : 0,
                Selection.parse(node));
    }

    private static String text(JsonNode node, String member, String usual) {
        @Nullable JsonNode value = node.get(member);
        return value != null && value.isString() && !value.stringValue().isEmpty() ? value.stringValue() : usual;
    }

    private static int integer(JsonNode node, String member) {
        @Nullable JsonNode value = node.get(member);
        return value != null && value.isIntegralNumber() && value.canConvertToInt() ? value.intValue() : 0;
    }

    private static int number(@Nullable JsonNode value, String name) {
        if (value == null
                || !value.isNumber()
                || value.doubleValue() != Math.rint(value.doubleValue())
                || value.doubleValue() < 0
                || value.doubleValue() > Template.MOST) {
            throw new Failure.Invalid("params.%s must be a whole number from 0 to %d".formatted(name, Template.MOST));
        }
        return (int) value.doubleValue();
    }

    /** The rule as the API writes it. */
    public ObjectNode write() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("action", "retain");
        node.put("disabled", disabled);
        node.put("id", id);
        ObjectNode params = JsonNodeFactory.instance.objectNode();
        if (template.hasParameter()) {
            params.put(template.label(), number);
        }
        node.set("params", params);
        node.put("priority", priority);
        selection.write(node);
        node.put("template", template.label());
        return node;
    }
}

package dev.breakwater.registry.retention;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.registry.schedule.Cron;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which artifacts a project keeps: those that any of the rules keeps. All others go, in the repositories of which a rule
 * says something (registry.md 3.3, 3.6).
 *
 * @param id its number
 * @param projectId whose it is
 * @param rules at most fifteen
 * @param cron when it is carried out, as it was written; empty for only when somebody asks
 */
public record RetentionPolicy(long id, long projectId, List<RetentionRule> rules, String cron) {

    /** The most rules of a policy. */
    public static final int MOST_RULES = 15;

    /** An immutable copy of the rules. */
    public RetentionPolicy {
        rules = List.copyOf(rules);
    }

    /** When it is carried out, if at certain times. */
    Optional<Cron> schedule() {
        return cron.isEmpty() ? Optional.empty() : Optional.of(Cron.parse(cron));
    }

    /**
     * Reads a policy.
     *
     * @throws Failure.Invalid when it is wrong
     */
    public static RetentionPolicy parse(long id, long project, JsonNode node) {
        JsonNode algorithm = node.path("algorithm");
        if (algorithm.isString()
                && !algorithm.stringValue().isEmpty()
                && !algorithm.stringValue().equals("or")) {
            throw new Failure.Invalid("invalid algorithm: " + algorithm.stringValue());
        }
        return new RetentionPolicy(id, project, rules(node.get("rules")), cron(node.get("trigger")));
    }

    static List<RetentionRule> rules(@Nullable JsonNode list) {
        List<RetentionRule> rules = new ArrayList<>();
        if (list == null || list.isNull()) {
            return rules;
        }
        if (!list.isArray()) {
            throw new Failure.Invalid("rules must be a list");
        }
        if (list.size() > MOST_RULES) {
            throw new Failure.Invalid("the retention policy has more than %d rules".formatted(MOST_RULES));
        }
        list.forEach(rule -> rules.add(RetentionRule.parse(rule)));
        return rules;
    }

    private static String cron(@Nullable JsonNode trigger) {
        if (trigger == null || trigger.isNull()) {
            return "";
        }
        JsonNode kind = trigger.path("kind");
        if (kind.isString()
                && !kind.stringValue().isEmpty()
                && !kind.stringValue().equals("Schedule")) {
            throw new Failure.Invalid("invalid trigger kind: " + kind.stringValue());
        }
        @Nullable JsonNode cron = trigger.path("settings").get("cron");
        if (cron == null || cron.isNull()) {
            return "";
        }
        if (!cron.isString()) {
            throw new Failure.Invalid("invalid cron type for scheduled tag retention: must be a string");
        }
        if (!cron.stringValue().isEmpty()) {
            try {
                Cron.parse(cron.stringValue());
            } catch (IllegalArgumentException e) {
                throw new Failure.Invalid("invalid cron string for scheduled tag retention: %s, error: %s"
                        .formatted(cron.stringValue(), e.getMessage()));
            }
        }
        return cron.stringValue();
    }

    /** The policy as the API writes it. */
    public ObjectNode write() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("algorithm", "or");
        node.put("id", id);
        node.set("rules", writeRules());
        ObjectNode scope = node.putObject("scope");
        scope.put("level", "project");
        scope.put("ref", projectId);
        ObjectNode trigger = node.putObject("trigger");
        trigger.put("kind", "Schedule");
        trigger.putObject("references");
        trigger.putObject("settings").put("cron", cron);
        return node;
    }

    ArrayNode writeRules() {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        rules.forEach(rule -> list.add(rule.write()));
        return list;
    }
}

package dev.breakwater.registry.classic.system;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.registry.classic.dialect.Refusal;
import dev.breakwater.registry.configuration.Configuration;
import dev.breakwater.registry.configuration.ConfigurationKey;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the 2017 API shows of the configuration, and what it asks of changes, in its order and words (registry.md 1.11). */
final class ClassicConfiguration {

    /** The keys that it shows. */
    static final List<ConfigurationKey> SHOWN = List.of(
            ConfigurationKey.AUTH_MODE,
            ConfigurationKey.SELF_REGISTRATION,
            ConfigurationKey.LDAP_URL,
            ConfigurationKey.LDAP_SEARCH_DN,
            ConfigurationKey.LDAP_BASE_DN,
            ConfigurationKey.LDAP_UID,
            ConfigurationKey.LDAP_FILTER,
            ConfigurationKey.LDAP_SCOPE,
            ConfigurationKey.LDAP_TIMEOUT,
            ConfigurationKey.EMAIL_HOST,
            ConfigurationKey.EMAIL_PORT,
            ConfigurationKey.EMAIL_USERNAME,
            ConfigurationKey.EMAIL_FROM,
            ConfigurationKey.EMAIL_SSL,
            ConfigurationKey.EMAIL_IDENTITY,
            ConfigurationKey.PROJECT_CREATION_RESTRICTION,
            ConfigurationKey.VERIFY_REMOTE_CERT,
            ConfigurationKey.TOKEN_EXPIRATION,
            ConfigurationKey.SCAN_ALL_POLICY);

    private static final List<ConfigurationKey> SECRETS =
            List.of(ConfigurationKey.LDAP_SEARCH_PASSWORD, ConfigurationKey.EMAIL_PASSWORD);
    private static final Set<String> AUTH_MODES = Set.of("db_auth", "ldap_auth");
    private static final Set<String> RESTRICTIONS = Set.of("adminonly", "everyone");
    private static final List<ConfigurationKey> NEEDED_FOR_LDAP =
            List.of(ConfigurationKey.LDAP_URL, ConfigurationKey.LDAP_BASE_DN, ConfigurationKey.LDAP_UID);
    private static final int LAST_PORT = 65_535;
    private static final int SECONDS_OF_DAY = 86_400;

    private ClassicConfiguration() {}

    /** A value as it is shown. */
    static JsonNode shown(ConfigurationKey key, JsonNode value) {
        return key == ConfigurationKey.LDAP_SCOPE ? JsonNodeFactory.instance.numberNode(value.longValue() + 1) : value;
    }

    /** A value as it is stored: scopes count from 0 in the present-day API. */
    static JsonNode stored(ConfigurationKey key, JsonNode value) {
        return switch (key) {
            case LDAP_SCOPE -> JsonNodeFactory.instance.numberNode(value.longValue() - 1);
            default -> value;
        };
    }

    /** The members of a body that are known here; refuses those of another kind. */
    static Map<ConfigurationKey, JsonNode> read(ObjectNode body) {
        List<ConfigurationKey> known = new ArrayList<>(SHOWN);
        known.addAll(SECRETS);
        Map<ConfigurationKey, JsonNode> sent = new EnumMap<>(ConfigurationKey.class);
        for (ConfigurationKey key : known) {
            @Nullable JsonNode value = body.get(key.label());
            if (value != null) {
                requireKind(key, value);
                sent.put(key, value);
            }
        }
        return sent;
    }

    private static void requireKind(ConfigurationKey key, JsonNode value) {
        switch (key.kind()) {
            case TEXT, SECRET -> {
                if (!value.isString()) {
                    throw wrongKind("string", key, value);
                }
                if (value.stringValue().indexOf('\0') >= 0) {
                    throw Refusal.unreadable();
                }
            }
            case NUMBER -> {
                if (!value.isNumber()) {
                    throw wrongKind("float64", key, value);
                }
            }
            case TRUTH -> {
                if (!value.isBoolean()) {
                    throw wrongKind("bool", key, value);
                }
            }
            case OBJECT -> requireSchedule(value);
        }
    }

    private static Failure wrongKind(String expected, ConfigurationKey key, JsonNode value) {
        return Refusal.invalidPlain("Invalid value type, expected %s, key: %s, value: %s, type: %s"
                .formatted(expected, key.label(), value.isString() ? value.stringValue() : value, kind(value)));
    }

    private static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "string";
            case NUMBER -> "float64";
            case BOOLEAN -> "bool";
            case ARRAY -> "[]interface {}";
            case OBJECT -> "map[string]interface {}";
            default -> "<nil>";
        };
    }

    private static void requireSchedule(JsonNode value) {
        String type = value.path("type").asString("");
        JsonNode daily = value.path("parameter").path("daily_time");
        boolean sound = type.equals("none")
                || (type.equals("daily")
                        && daily.isIntegralNumber()
                        && daily.canConvertToInt()
                        && daily.intValue() >= 0
                        && daily.intValue() < SECONDS_OF_DAY);
        if (!sound) {
            throw Refusal.invalidPlain("invalid scan_all_policy");
        }
    }

    /** Refuses a change that does not make sense, given what holds now. */
    static void check(Map<ConfigurationKey, JsonNode> sent, Configuration.Values now, boolean ordinaryUsers) {
        String mode = checkMode(sent, now, ordinaryUsers);
        if (mode.equals("ldap_auth")) {
            for (ConfigurationKey key : NEEDED_FOR_LDAP) {
                if (now.text(key).isEmpty() && !sent.containsKey(key)) {
                    throw Refusal.invalidPlain(key.label() + " is missing");
                }
            }
        }
        for (ConfigurationKey key : NEEDED_FOR_LDAP) {
            @Nullable JsonNode value = sent.get(key);
            if (value != null && value.stringValue().isEmpty()) {
                throw Refusal.invalidPlain(key.label() + " is empty");
            }
        }
        sent.forEach((key, value) -> {
            if (key.kind() == ConfigurationKey.Kind.NUMBER) {
                checkNumber(key, value);
            }
        });
        @Nullable JsonNode restriction = sent.get(ConfigurationKey.PROJECT_CREATION_RESTRICTION);
        if (restriction != null && !RESTRICTIONS.contains(restriction.stringValue())) {
            throw Refusal.invalidPlain("invalid project_creation_restriction, should be adminonly or everyone");
        }
    }

    private static String checkMode(
            Map<ConfigurationKey, JsonNode> sent, Configuration.Values now, boolean ordinaryUsers) {
        String current = now.text(ConfigurationKey.AUTH_MODE);
        @Nullable JsonNode mode = sent.get(ConfigurationKey.AUTH_MODE);
        if (mode == null) {
            return current;
        }
        if (!AUTH_MODES.contains(mode.stringValue())) {
            throw Refusal.invalidPlain("invalid auth_mode, shoud be db_auth or ldap_auth");
        }
        if (!mode.stringValue().equals(current) && ordinaryUsers) {
            throw Refusal.invalidPlain("auth_mode can not be modified as new users have been inserted into database");
        }
        return mode.stringValue();
    }

    private static void checkNumber(ConfigurationKey key, JsonNode value) {
        boolean whole = value.isIntegralNumber() && value.canConvertToInt();
        if (key == ConfigurationKey.LDAP_SCOPE && !(whole && value.intValue() >= 1 && value.intValue() <= 3)) {
            throw Refusal.invalidPlain("invalid ldap_scope, should be 1, 2 or 3");
        }
        if (!whole || value.intValue() < 0 || (key == ConfigurationKey.EMAIL_PORT && value.intValue() > LAST_PORT)) {
            throw Refusal.invalidPlain("invalid %s: %s".formatted(key.label(), value));
        }
    }
}

package dev.breakwater.registry.configuration;

import dev.breakwater.kernel.json.Json;
import dev.breakwater.registry.RegistrySettings;
import dev.breakwater.tenancy.OrganizationKeys;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What administrators configured while the registry runs (registry.md 1.11, 3.5). Both APIs are views of it. It is read
 * where it is needed, in the transaction that depends on it, so that a change holds on every node at once.
 */
public final class Configuration {

    private final OrganizationKeys keys;
    private final UUID organization;
    private final RegistrySettings settings;

    /**
     * A configuration whose secrets are encrypted for an organization.
     *
     * @param settings what holds until something else is configured
     */
    public Configuration(OrganizationKeys keys, UUID organization, RegistrySettings settings) {
        this.keys = keys;
        this.organization = organization;
        this.settings = settings;
    }

    /**
     * All that holds at one moment. Secrets are not among it.
     *
     * @param values by key
     */
    public record Values(Map<ConfigurationKey, JsonNode> values) {

        /** An immutable copy. */
        public Values {
            values = Map.copyOf(values);
        }

        /** The value of a key that is no secret. */
        public JsonNode value(ConfigurationKey key) {
            return Objects.requireNonNull(values.get(key), key::label);
        }

        /** The value of a key that is a text. */
        public String text(ConfigurationKey key) {
            return value(key).stringValue();
        }

        /** The value of a key that is a number. */
        public long number(ConfigurationKey key) {
            return value(key).longValue();
        }

        /** The value of a key that is on or off. */
        public boolean isOn(ConfigurationKey key) {
            return value(key).booleanValue();
        }
    }

    /** All that holds now. */
    public Values read(Handle handle) {
        Map<ConfigurationKey, JsonNode> values = new EnumMap<>(ConfigurationKey.class);
        for (ConfigurationKey key : ConfigurationKey.values()) {
            if (key.kind() != ConfigurationKey.Kind.SECRET) {
                values.put(key, initial(key));
            }
        }
        for (ConfigurationStore.Row row : ConfigurationStore.list(handle)) {
            if (row.value() != null) {
                ConfigurationKey.named(row.key())
                        .ifPresent(key -> values.put(key, Json.mapper().readTree(row.value())));
            }
        }
        return new Values(values);
    }

    /** Whether only administrators make projects. */
    public boolean restrictsProjects(Handle handle) {
        return text(handle, ConfigurationKey.PROJECT_CREATION_RESTRICTION).equals("adminonly");
    }

    /** Whether a key that is on or off is on now. */
    public boolean isOn(Handle handle, ConfigurationKey key) {
        return value(handle, key).booleanValue();
    }

    /** The number that a key has now. */
    public long number(Handle handle, ConfigurationKey key) {
        return value(handle, key).longValue();
    }

    /** The text that a key has now. */
    public String text(Handle handle, ConfigurationKey key) {
        return value(handle, key).stringValue();
    }

    private JsonNode value(Handle handle, ConfigurationKey key) {
        return ConfigurationStore.find(handle, key.label())
                .flatMap(row -> Optional.ofNullable(row.value()))
                .<JsonNode>map(json -> Json.mapper().readTree(json))
                .orElseGet(() -> initial(key));
    }

    /** A secret, for what needs it; empty while none is configured. */
    public Optional<String> secret(Handle handle, ConfigurationKey key) {
        return ConfigurationStore.find(handle, key.label()).map(row -> {
            byte @Nullable [] encrypted = row.secret();
            return encrypted == null
                    ? ""
                    : new String(keys.of(organization).decrypt(encrypted, context(key)), StandardCharsets.UTF_8);
        });
    }

    /**
     * Sets some keys and leaves the others. Whether the values fit is decided before: each is of the kind of its key.
     */
    public void set(Handle handle, Map<ConfigurationKey, JsonNode> values) {
        values.forEach((key, value) -> ConfigurationStore.put(
                handle,
                key.kind() == ConfigurationKey.Kind.SECRET
                        ? new ConfigurationStore.Row(key.label(), null, encrypt(key, value.stringValue()))
                        : new ConfigurationStore.Row(key.label(), value.toString(), null)));
    }

    /** Goes back to what the installation says. */
    public void reset(Handle handle) {
        ConfigurationStore.deleteAll(handle);
    }

    private byte[] encrypt(ConfigurationKey key, String secret) {
        return keys.of(organization).encrypt(secret.getBytes(StandardCharsets.UTF_8), context(key));
    }

    private static byte[] context(ConfigurationKey key) {
        return ("registry.configuration:" + key.label()).getBytes(StandardCharsets.UTF_8);
    }

    private JsonNode initial(ConfigurationKey key) {
        return Json.mapper()
                .readTree(
                        key == ConfigurationKey.SELF_REGISTRATION
                                ? Boolean.toString(settings.selfRegistration())
                                : key.initial());
    }
}

package dev.breakwater.registry.configuration;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The table of what is configured. */
final class ConfigurationStore {

    private ConfigurationStore() {}

    /**
     * A key that is configured.
     *
     * @param value JSON; null for a secret
     * @param secret encrypted; null for all others
     */
    record Row(String key, @Nullable String value, byte @Nullable [] secret) {}

    static List<Row> list(Handle handle) {
        return handle.createQuery("SELECT key, value, secret FROM registry.configuration")
                .map((row, context) -> new Row(row.getString("key"), row.getString("value"), row.getBytes("secret")))
                .list();
    }

    static Optional<Row> find(Handle handle, String key) {
        return handle.createQuery("SELECT key, value, secret FROM registry.configuration WHERE key = :key")
                .bind("key", key)
                .map((row, context) -> new Row(row.getString("key"), row.getString("value"), row.getBytes("secret")))
                .findOne();
    }

    static void put(Handle handle, Row row) {
        handle.createUpdate("INSERT INTO registry.configuration (key, value, secret)"
                        + " VALUES (:key, CAST(:value AS jsonb), :secret)"
                        + " ON CONFLICT (key) DO UPDATE SET value = excluded.value, secret = excluded.secret")
                .bind("key", row.key())
                .bind("value", row.value())
                .bind("secret", row.secret())
                .execute();
    }

    static void deleteAll(Handle handle) {
        handle.execute("DELETE FROM registry.configuration");
    }
}

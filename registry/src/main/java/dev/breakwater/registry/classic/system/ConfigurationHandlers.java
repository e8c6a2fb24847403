package dev.breakwater.registry.classic.system;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.access.Rights;
import dev.breakwater.registry.activity.Activity;
import dev.breakwater.registry.activity.ActivityStore;
import dev.breakwater.registry.classic.dialect.ClassicBody;
import dev.breakwater.registry.classic.dialect.PrettyJson;
import dev.breakwater.registry.classic.dialect.Texts;
import dev.breakwater.registry.classic.gate.Checks;
import dev.breakwater.registry.configuration.Configuration;
import dev.breakwater.registry.configuration.ConfigurationKey;
import dev.breakwater.tenancy.Audit;
import dev.breakwater.tenancy.Users;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.JsonNode;

/** {@code /api/configurations} (registry.md 1.11). */
public final class ConfigurationHandlers {

    private final Database database;
    private final TimeSource time;
    private final Configuration configuration;
    private final Users users;
    private final Audit audit;

    /** Answers with what these know. */
    public ConfigurationHandlers(
            Database database, TimeSource time, Configuration configuration, Users users, Audit audit) {
        this.database = database;
        this.time = time;
        this.configuration = configuration;
        this.users = users;
        this.audit = audit;
    }

    private record Entry(JsonNode value, boolean editable) {}

    /** {@code GET}. */
    public Answer list(Call call, Rights rights) {
        Checks.requireAdministrator(rights);
        Configuration.Values now = database.query(configuration::read);
        boolean ordinaryUsers = users.countOrdinary() > 0;
        Map<String, Entry> entries = new TreeMap<>();
        for (ConfigurationKey key : ClassicConfiguration.SHOWN) {
            entries.put(
                    key.label(),
                    new Entry(
                            ClassicConfiguration.shown(key, now.value(key)),
                            key != ConfigurationKey.AUTH_MODE || !ordinaryUsers));
        }
        return PrettyJson.answer(entries);
    }

    /** {@code PUT} of some keys. */
    public Answer update(Call call, Rights rights) {
        Checks.requireAdministrator(rights);
        Map<ConfigurationKey, JsonNode> sent =
                ClassicConfiguration.read(ClassicBody.of(call).tree());
        boolean ordinaryUsers = users.countOrdinary() > 0;
        ClassicConfiguration.check(sent, database.query(configuration::read), ordinaryUsers);
        Map<ConfigurationKey, JsonNode> stored = new EnumMap<>(ConfigurationKey.class);
        sent.forEach((key, value) -> stored.put(key, ClassicConfiguration.stored(key, value)));
        return change(call, rights, "update", "updated", handle -> configuration.set(handle, stored));
    }

    /** {@code POST …/reset}. */
    public Answer reset(Call call, Rights rights) {
        Checks.requireAdministrator(rights);
        return change(call, rights, "reset", "reset", configuration::reset);
    }

    private Answer change(Call call, Rights rights, String operation, String done, Consumer<Handle> work) {
        database.transact(handle -> {
            work.accept(handle);
            ActivityStore.insert(
                    handle,
                    Activity.of(
                            time.instant(), rights.caller().name(), null, operation, "configuration", "configuration"));
            audit.record(handle, call, null, "registry.configuration." + done, "configuration");
            return true;
        });
        return Texts.done();
    }
}

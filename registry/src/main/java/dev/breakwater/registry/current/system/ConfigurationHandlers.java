package dev.breakwater.registry.current.system;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.access.Action;
import dev.breakwater.registry.access.Resource;
import dev.breakwater.registry.access.Rights;
import dev.breakwater.registry.activity.Activity;
import dev.breakwater.registry.activity.ActivityStore;
import dev.breakwater.registry.configuration.Configuration;
import dev.breakwater.registry.configuration.ConfigurationKey;
import dev.breakwater.registry.current.dialect.Body;
import dev.breakwater.registry.current.dialect.Shape;
import dev.breakwater.registry.current.gate.Checks;
import dev.breakwater.registry.forwarding.SyslogAddress;
import dev.breakwater.tenancy.Audit;
import dev.breakwater.tenancy.Users;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /configurations} (registry.md 3.5): the keys that have a feature behind them. */
public final class ConfigurationHandlers {

    private static final List<ConfigurationKey> KEYS = List.of(
            ConfigurationKey.AUTH_MODE,
            ConfigurationKey.PRIMARY_AUTH_MODE,
            ConfigurationKey.PROJECT_CREATION_RESTRICTION,
            ConfigurationKey.SELF_REGISTRATION,
            ConfigurationKey.READ_ONLY,
            ConfigurationKey.TOKEN_EXPIRATION,
            ConfigurationKey.SESSION_TIMEOUT,
            ConfigurationKey.BANNER_MESSAGE,
            ConfigurationKey.NOTIFICATION_ENABLE,
            ConfigurationKey.ROBOT_TOKEN_DURATION,
            ConfigurationKey.ROBOT_NAME_PREFIX,
            ConfigurationKey.QUOTA_PER_PROJECT_ENABLE,
            ConfigurationKey.STORAGE_PER_PROJECT,
            ConfigurationKey.AUDIT_LOG_FORWARD_ENDPOINT,
            ConfigurationKey.SKIP_AUDIT_LOG_DATABASE,
            ConfigurationKey.DISABLED_AUDIT_LOG_EVENT_TYPES,
            ConfigurationKey.SCANNER_SKIP_UPDATE_PULLTIME,
            ConfigurationKey.SCAN_ALL_POLICY);
    private static final int LONGEST_TEXT = 8_192;
    /** A hundred years in minutes; what is longer only overflows elsewhere. */
    private static final long LONGEST_TIME = 52_560_000;

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

    /** {@code GET}. */
    public Answer list(Call call, Rights rights) {
        Checks.system(rights, Resource.CONFIGURATION, Action.READ);
        Configuration.Values now = database.query(configuration::read);
        boolean ordinaryUsers = users.countOrdinary() > 0;
        Shape shape = new Shape();
        for (ConfigurationKey key : KEYS) {
            shape.node(
                    key.label(),
                    new Shape()
                            .node("value", now.value(key))
                            .truth("editable", key != ConfigurationKey.AUTH_MODE || !ordinaryUsers)
                            .build());
        }
        return shape.answer();
    }

    /** {@code PUT} of some keys. */
    public Answer update(Call call, Rights rights) {
        Checks.system(rights, Resource.CONFIGURATION, Action.UPDATE);
        Map<ConfigurationKey, JsonNode> sent = read(Body.of(call).object());
        check(sent, database.query(configuration::read));
        database.transact(handle -> {
            configuration.set(handle, sent);
            ActivityStore.insert(
                    handle,
                    Activity.of(
                            time.instant(), rights.caller().name(), null, "update", "configuration", "configuration"));
            audit.record(handle, call, null, "registry.configuration.updated", "configuration");
            return true;
        });
        return Shape.done();
    }

    private static Map<ConfigurationKey, JsonNode> read(ObjectNode body) {
        Map<ConfigurationKey, JsonNode> sent = new EnumMap<>(ConfigurationKey.class);
        for (ConfigurationKey key : KEYS) {
            @Nullable JsonNode value = body.get(key.label());
            if (value != null && !value.isNull()) {
                requireKind(key, value);
                sent.put(key, value);
            }
        }
        return sent;
    }

    private static void requireKind(ConfigurationKey key, JsonNode value) {
        boolean fits = switch (key.kind()) {
            case TEXT, SECRET ->
                value.isString()
                        && value.stringValue().length() <= LONGEST_TEXT
                        && value.stringValue().indexOf('\0') < 0;
            case NUMBER -> value.isIntegralNumber() && value.canConvertToLong();
            case TRUTH -> value.isBoolean();
            case OBJECT ->
                value.isObject()
                        && value.toString().length() <= LONGEST_TEXT
                        && !value.toString().contains("\\u0000");
        };
        if (!fits) {
            throw new Failure.Invalid("invalid value for " + key.label());
        }
    }

    private void check(Map<ConfigurationKey, JsonNode> sent, Configuration.Values now) {
        checkAuthMode(sent.get(ConfigurationKey.AUTH_MODE), now);
        checkForwarding(sent, now);
        for (ConfigurationKey key : List.of(
                ConfigurationKey.TOKEN_EXPIRATION,
                ConfigurationKey.ROBOT_TOKEN_DURATION,
                ConfigurationKey.SESSION_TIMEOUT)) {
            @Nullable JsonNode value = sent.get(key);
            boolean forEver = key == ConfigurationKey.ROBOT_TOKEN_DURATION && value != null && value.longValue() == -1;
            if (value != null && !forEver && value.longValue() <= 0) {
                throw new Failure.Invalid("the " + key.label() + " value must be positive");
            }
            if (value != null && value.longValue() > LONGEST_TIME) {
                throw new Failure.Invalid("the " + key.label() + " value is too large");
            }
        }
        @Nullable JsonNode restriction = sent.get(ConfigurationKey.PROJECT_CREATION_RESTRICTION);
        if (restriction != null && !List.of("everyone", "adminonly").contains(restriction.stringValue())) {
            throw new Failure.Invalid("invalid project_creation_restriction, should be adminonly or everyone");
        }
        @Nullable JsonNode storage = sent.get(ConfigurationKey.STORAGE_PER_PROJECT);
        if (storage != null && (storage.longValue() < -1 || storage.longValue() == 0)) {
            throw new Failure.Invalid("the storage_per_project value must be -1 or positive");
        }
    }

    private static void checkForwarding(Map<ConfigurationKey, JsonNode> sent, Configuration.Values now) {
        String endpoint =
                value(sent, now, ConfigurationKey.AUDIT_LOG_FORWARD_ENDPOINT).stringValue();
        if (!endpoint.isEmpty() && SyslogAddress.parse(endpoint).isEmpty()) {
            throw new Failure.Invalid("invalid audit_log_forward_endpoint, should be the host:port at which a syslog"
                    + " server takes TCP");
        }
        if (endpoint.isEmpty()
                && value(sent, now, ConfigurationKey.SKIP_AUDIT_LOG_DATABASE).booleanValue()) {
            throw new Failure.Invalid(
                    "audit log forward endpoint should be configured before enable skip audit log in" + " database");
        }
    }

    /** What a key will have. */
    private static JsonNode value(
            Map<ConfigurationKey, JsonNode> sent, Configuration.Values now, ConfigurationKey key) {
        @Nullable JsonNode value = sent.get(key);
        return value == null ? now.value(key) : value;
    }

    private void checkAuthMode(@Nullable JsonNode mode, Configuration.Values now) {
        if (mode == null || mode.stringValue().equals(now.text(ConfigurationKey.AUTH_MODE))) {
            return;
        }
        if (users.countOrdinary() > 0) {
            throw new Failure.Invalid("the auth mode cannot be modified as new users have been inserted into database");
        }
        if (!mode.stringValue().equals("db_auth")) {
            throw new Failure.Invalid("invalid auth_mode, should be db_auth");
        }
    }
}

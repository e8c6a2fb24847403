package dev.breakwater.server.config;

import dev.breakwater.events.EventsSettings;
import dev.breakwater.kernel.limit.Allowance;
import dev.breakwater.registry.BlobSettings;
import dev.breakwater.registry.RegistrySettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The settings that hold for this process, each valid, each with its origin. */
public final class Configuration {

    private static final int BYTES_PER_MEBIBYTE = 1 << 20;

    private final Map<String, Effective<?>> values;
    private final Path dataFolder;

    private Configuration(Map<String, Effective<?>> values, Path dataFolder) {
        this.values = values;
        this.dataFolder = dataFolder;
    }

    /** A setting's value as it holds, as it was written, and where. */
    public record Effective<T>(Setting<T> setting, T value, String text, Origin origin) {

        /** The text to show: secrets are only said to be there. */
        public String shown() {
            return setting.secret() && !text.isEmpty() ? "********" : text;
        }
    }

    /** A configuration from settings by key alone, without a file or environment; a relative path starts here. */
    public static Configuration of(Map<String, String> settings) {
        Path here = Path.of("").toAbsolutePath();
        return new ConfigurationSources(null, Map.of(), settings, false, here, here).load();
    }

    /** Checks every value; the last one given for a key wins. */
    static Configuration of(List<GivenValue> given, Map<String, String> fallbacks, Path base) {
        ConfigurationCheck check = new ConfigurationCheck();
        Map<String, GivenValue> byKey = new HashMap<>();
        for (GivenValue value : given) {
            check.known(value);
            byKey.put(value.key(), value);
        }
        Map<String, Effective<?>> values = new HashMap<>();
        for (Setting<?> setting : Settings.ALL) {
            GivenValue fallback = new GivenValue(
                    setting.key(), fallbacks.getOrDefault(setting.key(), setting.fallback()), new Origin.Default());
            Effective<?> value = check.parse(setting, byKey.getOrDefault(setting.key(), fallback));
            if (value != null) {
                values.put(setting.key(), value);
            }
        }
        check.throwProblems();
        Path dataFolder =
                base.resolve(valueOf(values, Settings.DATA_DIR).value()).normalize();
        Configuration configuration = new Configuration(Map.copyOf(values), dataFolder);
        check.together(configuration);
        check.throwProblems();
        return configuration;
    }

    /** The value of one setting. */
    public <T> T get(Setting<T> setting) {
        return effective(setting).value();
    }

    /** The value of one setting with its origin. */
    public <T> Effective<T> effective(Setting<T> setting) {
        return valueOf(values, setting);
    }

    /** The absolute data folder. */
    public Path dataFolder() {
        return dataFolder;
    }

    public HttpConfig http() {
        return HttpConfig.from(this);
    }

    /** Empty for the embedded PostgreSQL. */
    public Optional<DatabaseConfig> externalDatabase() {
        return get(Settings.DATABASE_URL)
                .map(url -> new DatabaseConfig(
                        url,
                        get(Settings.DATABASE_USER).orElse(""),
                        get(Settings.DATABASE_PASSWORD).orElse("")));
    }

    /** What the events module may be told. */
    public EventsSettings events() {
        return new EventsSettings(
                Set.copyOf(get(Settings.EVENTS_LIVE_HOSTS)),
                Set.copyOf(get(Settings.EVENTS_SANDBOX_HOSTS)),
                get(Settings.EVENTS_REQUIRE_TLS),
                new EventsSettings.Limits(
                        get(Settings.EVENTS_RATE_LIMITS_ENABLED),
                        perMinute(get(Settings.EVENTS_SANDBOX_PER_MINUTE), get(Settings.EVENTS_SANDBOX_BURST)),
                        perMinute(get(Settings.EVENTS_LIVE_PER_MINUTE), get(Settings.EVENTS_LIVE_BURST)),
                        perMinute(
                                get(Settings.EVENTS_UNAUTHENTICATED_PER_MINUTE),
                                get(Settings.EVENTS_UNAUTHENTICATED_PER_MINUTE))),
                new EventsSettings.Deliveries(
                        get(Settings.EVENTS_ENDPOINT_CONCURRENCY),
                        get(Settings.EVENTS_DELIVERY_TIMEOUT),
                        get(Settings.EVENTS_DELIVERY_JITTER),
                        get(Settings.EVENTS_ALLOWED_NETWORKS),
                        get(Settings.EVENTS_ALLOW_HTTP),
                        get(Settings.EVENTS_STANDARD_WEBHOOKS),
                        get(Settings.EVENTS_AUTO_DISABLE)),
                new EventsSettings.Ingest(
                        get(Settings.EVENTS_INGEST_QUEUE),
                        get(Settings.EVENTS_INGEST_WRITERS),
                        get(Settings.EVENTS_INGEST_BATCH)),
                get(Settings.EVENTS_DELIVERY_RETENTION));
    }

    /** What the registry may be told. */
    public RegistrySettings registry() {
        return new RegistrySettings(
                get(Settings.REGISTRY_SELF_REGISTRATION),
                get(Settings.REGISTRY_UPLOAD_IDLE),
                get(Settings.REGISTRY_GRACE),
                get(Settings.REGISTRY_UNDO_WINDOW),
                (long) get(Settings.REGISTRY_SCRUB_RATE) * BYTES_PER_MEBIBYTE,
                get(Settings.REGISTRY_SCRUB_EVERY),
                get(Settings.REGISTRY_AUDIT_EVERY),
                get(Settings.REGISTRY_ALLOWED_NETWORKS),
                get(Settings.REGISTRY_MANIFEST_LIMIT) * BYTES_PER_MEBIBYTE,
                get(Settings.REGISTRY_CA_FILE));
    }

    /** Where the registry keeps its blobs. */
    public BlobSettings blobs() {
        return switch (get(Settings.REGISTRY_BLOBS_STORE)) {
            case FILES -> new BlobSettings.Files();
            case S3 ->
                new BlobSettings.S3(
                        get(Settings.REGISTRY_BLOBS_S3_ENDPOINT),
                        get(Settings.REGISTRY_BLOBS_S3_REGION),
                        get(Settings.REGISTRY_BLOBS_S3_BUCKET).orElse(""),
                        get(Settings.REGISTRY_BLOBS_S3_PREFIX),
                        get(Settings.REGISTRY_BLOBS_S3_ACCESS_KEY)
                                .flatMap(key -> get(Settings.REGISTRY_BLOBS_S3_SECRET_KEY)
                                        .map(secret -> new BlobSettings.Credentials(key, secret))),
                        get(Settings.REGISTRY_BLOBS_S3_PATH_STYLE));
        };
    }

    private static Allowance.Limit perMinute(int requests, int burst) {
        return new Allowance.Limit(requests, Duration.ofMinutes(1), burst);
    }

    // A value is stored only under the key of the setting that parsed it.
    @SuppressWarnings("unchecked")
    private static <T> Effective<T> valueOf(Map<String, Effective<?>> values, Setting<T> setting) {
        @Nullable Effective<?> value = values.get(setting.key());
        if (value == null) {
            throw new IllegalArgumentException("not a declared setting: " + setting.key());
        }
        return (Effective<T>) value;
    }
}

package dev.breakwater.server.config;

import static dev.breakwater.server.config.SettingType.choice;
import static dev.breakwater.server.config.SettingType.duration;
import static dev.breakwater.server.config.SettingType.fraction;
import static dev.breakwater.server.config.SettingType.host;
import static dev.breakwater.server.config.SettingType.jdbcUrl;
import static dev.breakwater.server.config.SettingType.keyPrefix;
import static dev.breakwater.server.config.SettingType.network;
import static dev.breakwater.server.config.SettingType.path;
import static dev.breakwater.server.config.SettingType.text;
import static dev.breakwater.server.config.SettingType.truth;
import static dev.breakwater.server.config.SettingType.url;
import static dev.breakwater.server.config.SettingType.wholeNumber;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** All settings there are. The guide in {@code docs/configuration.md} is made from them. */
public final class Settings {

    /** What the seeds' clients sign in with; only good for a server that nobody else can reach. */
    public static final String DEFAULT_ADMIN_PASSWORD = "Harbor12345";

    private static final Duration YEARS = Duration.ofDays(3650);

    public static final Setting<Path> DATA_DIR = Setting.of(
            "data.dir",
            path(),
            "data",
            "The folder of the embedded database, the blobs and the installation key. A relative path starts at the"
                    + " installation folder. Started as root from a folder that other users can't enter, the default is"
                    + " /var/lib/breakwater, because PostgreSQL never runs as root.");

    public static final Setting<String> HTTP_ADDRESS = Setting.of(
            "http.address",
            host(),
            "127.0.0.1",
            "The address to listen on; 0.0.0.0 or :: for all. Any other than a loopback address needs an administrator"
                    + " password that isn't the default.");
    public static final Setting<Integer> HTTP_PORT =
            Setting.of("http.port", wholeNumber(0, 65_535), "8080", "The port to listen on; 0 takes any free one.");
    public static final Setting<Optional<URI>> HTTP_PUBLIC_URL = Setting.of(
            "http.public-url",
            url("http", "https").optional(),
            "",
            "How clients reach this server, when that differs from the address and port, for example behind a proxy.");

    public static final Setting<Optional<Path>> TLS_CERTIFICATE = Setting.of(
            "tls.certificate",
            path().optional(),
            "",
            "A PEM file with the certificate and its chain. With it and tls.key the server speaks HTTPS only.");
    public static final Setting<Optional<Path>> TLS_KEY = Setting.of(
            "tls.key", path().optional(), "", "A PEM file with the private key of tls.certificate, not encrypted.");

    public static final Setting<Optional<String>> DATABASE_URL = Setting.of(
            "database.url",
            jdbcUrl().optional(),
            "",
            "A PostgreSQL 15 or newer to use instead of the embedded one. Several servers may share it.");
    public static final Setting<Optional<String>> DATABASE_USER =
            Setting.of("database.user", text().optional(), "", "The role to sign in to database.url as.");
    public static final Setting<Optional<String>> DATABASE_PASSWORD =
            Setting.secret("database.password", text().optional(), "", "The password of database.user.");
    public static final Setting<Integer> DATABASE_POOL_SIZE = Setting.of(
            "database.pool-size",
            wholeNumber(4, 500),
            "16",
            "The most connections that requests share. About ten more are held for background work.");

    public static final Setting<LogLevel> LOG_LEVEL =
            Setting.of("log.level", choice(LogLevel.class), "info", "The least important kind of line that is logged.");
    public static final Setting<LogFormat> LOG_FORMAT =
            Setting.of("log.format", choice(LogFormat.class), "text", "Lines for people, or one JSON object per line.");

    public static final Setting<String> ADMIN_USERNAME =
            Setting.of("admin.username", text(), "admin", "The administrator that the first start creates.");
    public static final Setting<String> ADMIN_PASSWORD = Setting.secret(
            "admin.password",
            text(),
            DEFAULT_ADMIN_PASSWORD,
            "The administrator's password, set at the first start. The default is well known and therefore refused when"
                    + " listening on any other than a loopback address.");

    public static final Setting<List<String>> EVENTS_LIVE_HOSTS = Setting.of(
            "events.live-hosts",
            host().list(),
            "api.harbor.dev",
            "Host names on which only live keys work. On a name in neither list the key decides the environment.");
    public static final Setting<List<String>> EVENTS_SANDBOX_HOSTS = Setting.of(
            "events.sandbox-hosts",
            host().list(),
            "sandbox.api.harbor.dev",
            "Host names on which only sandbox keys work.");
    public static final Setting<Boolean> EVENTS_REQUIRE_TLS = Setting.of(
            "events.require-tls",
            truth(),
            "true",
            "Whether requests on the host names of events.live-hosts and events.sandbox-hosts must come over TLS.");

    public static final Setting<Boolean> EVENTS_RATE_LIMITS_ENABLED = Setting.of(
            "events.rate-limits.enabled", truth(), "true", "Whether requests to the events API are limited.");
    public static final Setting<Integer> EVENTS_SANDBOX_PER_MINUTE = Setting.of(
            "events.rate-limits.sandbox.per-minute",
            wholeNumber(1, 10_000_000),
            "120",
            "Requests a minute for each sandbox key and workspace.");
    public static final Setting<Integer> EVENTS_SANDBOX_BURST = Setting.of(
            "events.rate-limits.sandbox.burst",
            wholeNumber(1, 10_000_000),
            "30",
            "Requests that a sandbox key may make at once.");
    public static final Setting<Integer> EVENTS_LIVE_PER_MINUTE = Setting.of(
            "events.rate-limits.live.per-minute",
            wholeNumber(1, 10_000_000),
            "600",
            "Requests a minute for each live key and workspace.");
    public static final Setting<Integer> EVENTS_LIVE_BURST = Setting.of(
            "events.rate-limits.live.burst",
            wholeNumber(1, 10_000_000),
            "60",
            "Requests that a live key may make at once.");
    public static final Setting<Integer> EVENTS_UNAUTHENTICATED_PER_MINUTE = Setting.of(
            "events.rate-limits.unauthenticated.per-minute",
            wholeNumber(1, 10_000_000),
            "60",
            "Requests a minute without a valid key, for each client address.");

    public static final Setting<Integer> EVENTS_INGEST_QUEUE = Setting.of(
            "events.ingest.queue",
            wholeNumber(100, 1_000_000),
            "20000",
            "Events that may wait for the database at once; beyond that the answer is 503.");
    public static final Setting<Integer> EVENTS_INGEST_WRITERS =
            Setting.of("events.ingest.writers", wholeNumber(1, 64), "2", "Commits of events under way at once.");
    public static final Setting<Integer> EVENTS_INGEST_BATCH =
            Setting.of("events.ingest.batch", wholeNumber(1, 10_000), "1000", "The most events in one commit.");

    public static final Setting<Integer> EVENTS_ENDPOINT_CONCURRENCY = Setting.of(
            "events.deliveries.endpoint-concurrency",
            wholeNumber(1, 1_000),
            "10",
            "Deliveries under way to one webhook endpoint at the same time.");
    public static final Setting<Duration> EVENTS_DELIVERY_TIMEOUT = Setting.of(
            "events.deliveries.timeout",
            duration(Duration.ofMillis(100), Duration.ofMinutes(5)),
            "10s",
            "How long an endpoint may take until the head of its response.");
    public static final Setting<Double> EVENTS_DELIVERY_JITTER = Setting.of(
            "events.deliveries.jitter",
            fraction(0, 1),
            "0.10",
            "By how much of itself a delay between two attempts is lengthened at most.");
    public static final Setting<List<String>> EVENTS_ALLOWED_NETWORKS = Setting.of(
            "events.deliveries.allowed-networks",
            network().list(),
            "",
            "Private networks that webhooks may reach nevertheless. All others that aren't public are refused.");
    public static final Setting<Boolean> EVENTS_ALLOW_HTTP = Setting.of(
            "events.deliveries.allow-http", truth(), "false", "Whether webhook endpoints may be plain HTTP.");
    public static final Setting<Boolean> EVENTS_STANDARD_WEBHOOKS = Setting.of(
            "events.deliveries.standard-webhooks",
            truth(),
            "true",
            "Whether deliveries also carry the headers of the Standard Webhooks specification.");
    public static final Setting<Boolean> EVENTS_AUTO_DISABLE = Setting.of(
            "events.deliveries.auto-disable",
            truth(),
            "false",
            "Whether an endpoint that only ever fails is switched off.");

    public static final Setting<Duration> EVENTS_DELIVERY_RETENTION = Setting.of(
            "events.retention.deliveries",
            duration(Duration.ofDays(1), YEARS),
            "30d",
            "How long finished deliveries and their attempts are kept.");

    public static final Setting<Boolean> REGISTRY_SELF_REGISTRATION = Setting.of(
            "registry.self-registration",
            truth(),
            "false",
            "Whether anybody may register as a user of the registry, until its configuration API says otherwise.");
    public static final Setting<Duration> REGISTRY_UPLOAD_IDLE = Setting.of(
            "registry.upload-idle",
            duration(Duration.ofMinutes(10), YEARS),
            "24h",
            "How long an upload may rest before what of it arrived is freed.");
    public static final Setting<Duration> REGISTRY_GRACE = Setting.of(
            "registry.grace",
            duration(Duration.ZERO, YEARS),
            "2h",
            "How old content must be before the collector frees what nothing refers to.");
    public static final Setting<Duration> REGISTRY_UNDO_WINDOW = Setting.of(
            "registry.undo-window",
            duration(Duration.ZERO, YEARS),
            "24h",
            "How long a deleted tag, artifact or repository can be brought back; its content is kept until then.");
    public static final Setting<BlobPlace> REGISTRY_BLOBS_STORE = Setting.of(
            "registry.blobs.store",
            choice(BlobPlace.class),
            "files",
            "Where image layers are kept: in files below data.dir, or in a bucket of an S3-compatible server. Several"
                    + " servers share either a bucket or that folder.");
    public static final Setting<Optional<URI>> REGISTRY_BLOBS_S3_ENDPOINT = Setting.of(
            "registry.blobs.s3.endpoint",
            url("http", "https").optional(),
            "",
            "The S3-compatible server; without it that of AWS in registry.blobs.s3.region.");
    public static final Setting<String> REGISTRY_BLOBS_S3_REGION = Setting.of(
            "registry.blobs.s3.region", text(), "us-east-1", "The region for which requests to S3 are signed.");
    public static final Setting<Optional<String>> REGISTRY_BLOBS_S3_BUCKET = Setting.of(
            "registry.blobs.s3.bucket",
            text().optional(),
            "",
            "The bucket, which must exist. Give it a lifecycle rule that aborts incomplete multipart uploads.");
    public static final Setting<String> REGISTRY_BLOBS_S3_PREFIX = Setting.of(
            "registry.blobs.s3.prefix",
            keyPrefix(),
            "",
            "What all keys in the bucket begin with, when it isn't for Breakwater alone.");
    public static final Setting<Optional<String>> REGISTRY_BLOBS_S3_ACCESS_KEY = Setting.of(
            "registry.blobs.s3.access-key",
            text().optional(),
            "",
            "The access key; without one the machine's own credentials are used, found as the AWS tools find them.");
    public static final Setting<Optional<String>> REGISTRY_BLOBS_S3_SECRET_KEY = Setting.secret(
            "registry.blobs.s3.secret-key", text().optional(), "", "The secret of registry.blobs.s3.access-key.");
    public static final Setting<Boolean> REGISTRY_BLOBS_S3_PATH_STYLE = Setting.of(
            "registry.blobs.s3.path-style",
            truth(),
            "true",
            "Whether the bucket stands in the path of requests; otherwise it is a part of the host name.");
    public static final Setting<Integer> REGISTRY_SCRUB_RATE = Setting.of(
            "registry.scrub.rate",
            wholeNumber(1, 100_000),
            "20",
            "How many MiB of blobs a second are read at most while they are compared with their digests.");
    public static final Setting<Duration> REGISTRY_SCRUB_EVERY = Setting.of(
            "registry.scrub.every",
            duration(Duration.ofHours(1), YEARS),
            "7d",
            "How often all blobs are compared with their digests.");
    public static final Setting<Duration> REGISTRY_AUDIT_EVERY = Setting.of(
            "registry.audit.every",
            duration(Duration.ofMinutes(10), YEARS),
            "1d",
            "How often what lies in the store of blobs is compared with what should be there.");
    public static final Setting<List<String>> REGISTRY_ALLOWED_NETWORKS = Setting.of(
            "registry.outbound.allowed-networks",
            network().list(),
            "",
            "Private networks in which registries elsewhere may be reached, to copy from and to and to mirror, and the"
                    + " syslog server to which the log is forwarded. All others that aren't public are refused.");
    public static final Setting<Integer> REGISTRY_MANIFEST_LIMIT =
            Setting.of("registry.manifest-limit", wholeNumber(4, 32), "4", "How many MiB a manifest may have.");
    public static final Setting<Optional<Path>> REGISTRY_CA_FILE = Setting.of(
            "registry.ca-file",
            path().optional(),
            "",
            "A PEM file with the certificate of the authority that signed tls.certificate. Administrators and the tools"
                    + " of users download it from both APIs of the registry, to trust this server.");

    /** Every setting, in the order of the guide. */
    public static final List<Setting<?>> ALL = List.of(
            DATA_DIR,
            HTTP_ADDRESS,
            HTTP_PORT,
            HTTP_PUBLIC_URL,
            TLS_CERTIFICATE,
            TLS_KEY,
            DATABASE_URL,
            DATABASE_USER,
            DATABASE_PASSWORD,
            DATABASE_POOL_SIZE,
            LOG_LEVEL,
            LOG_FORMAT,
            ADMIN_USERNAME,
            ADMIN_PASSWORD,
            EVENTS_LIVE_HOSTS,
            EVENTS_SANDBOX_HOSTS,
            EVENTS_REQUIRE_TLS,
            EVENTS_RATE_LIMITS_ENABLED,
            EVENTS_SANDBOX_PER_MINUTE,
            EVENTS_SANDBOX_BURST,
            EVENTS_LIVE_PER_MINUTE,
            EVENTS_LIVE_BURST,
            EVENTS_UNAUTHENTICATED_PER_MINUTE,
            EVENTS_INGEST_QUEUE,
            EVENTS_INGEST_WRITERS,
            EVENTS_INGEST_BATCH,
            EVENTS_ENDPOINT_CONCURRENCY,
            EVENTS_DELIVERY_TIMEOUT,
            EVENTS_DELIVERY_JITTER,
            EVENTS_ALLOWED_NETWORKS,
            EVENTS_ALLOW_HTTP,
            EVENTS_STANDARD_WEBHOOKS,
            EVENTS_AUTO_DISABLE,
            EVENTS_DELIVERY_RETENTION,
            REGISTRY_SELF_REGISTRATION,
            REGISTRY_UPLOAD_IDLE,
            REGISTRY_GRACE,
            REGISTRY_UNDO_WINDOW,
            REGISTRY_BLOBS_STORE,
            REGISTRY_BLOBS_S3_ENDPOINT,
            REGISTRY_BLOBS_S3_REGION,
            REGISTRY_BLOBS_S3_BUCKET,
            REGISTRY_BLOBS_S3_PREFIX,
            REGISTRY_BLOBS_S3_ACCESS_KEY,
            REGISTRY_BLOBS_S3_SECRET_KEY,
            REGISTRY_BLOBS_S3_PATH_STYLE,
            REGISTRY_SCRUB_RATE,
            REGISTRY_SCRUB_EVERY,
            REGISTRY_AUDIT_EVERY,
            REGISTRY_ALLOWED_NETWORKS,
            REGISTRY_MANIFEST_LIMIT,
            REGISTRY_CA_FILE);

    private Settings() {}
}

package dev.breakwater.server;

import dev.breakwater.kernel.crypto.InstallationKey;
import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.db.Notifications;
import dev.breakwater.kernel.http.Listener;
import dev.breakwater.kernel.http.Surface;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.job.Jobs;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.postgres.DatabaseAddress;
import dev.breakwater.postgres.EmbeddedPostgres;
import dev.breakwater.server.backup.ReplacedSchemas;
import dev.breakwater.server.config.Configuration;
import dev.breakwater.server.config.DatabaseConfig;
import dev.breakwater.server.config.HttpConfig;
import dev.breakwater.server.config.Settings;
import dev.breakwater.server.openapi.OpenApiSurface;
import dev.breakwater.server.operations.OperationsSurface;
import dev.breakwater.server.operations.ProcessMetrics;
import dev.breakwater.server.operations.Readiness;
import dev.breakwater.server.sdk.SdkSurface;
import io.micrometer.core.instrument.Clock;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The composition root: builds everything in order, and ends it in the opposite order. Several may run in one JVM, each
 * on its own port and database.
 */
public final class Platform implements AutoCloseable {

    private static final int OLDEST_POSTGRES = 15;

    private final Opened opened;
    private final URI url;
    private final FirstSteps firstSteps;

    private final List<Surface> surfaces;

    private Platform(Opened opened, URI url, List<Surface> surfaces, FirstSteps firstSteps) {
        this.opened = opened;
        this.url = url;
        this.surfaces = List.copyOf(surfaces);
        this.firstSteps = firstSteps;
    }

    /**
     * Starts all there is: the embedded database unless another is configured, migrations, background work and at last
     * the port. Throws what {@link EmbeddedPostgres#start} and the configuration's checks throw; then nothing is left
     * running.
     */
    public static Platform start(Configuration configuration, TimeSource time) {
        Opened opened = new Opened();
        try {
            return start(configuration, time, opened);
        } catch (RuntimeException | Error e) {
            opened.close();
            throw e;
        }
    }

    /** Where clients reach it. */
    public URI url() {
        return url;
    }

    /** What it answers to. */
    public List<Surface> surfaces() {
        return surfaces;
    }

    /** What a newcomer starts with. */
    public FirstSteps firstSteps() {
        return firstSteps;
    }

    /** Stops accepting, lets running requests finish for ten seconds, ends background work, PostgreSQL last. */
    @Override
    public void close() {
        opened.close();
    }

    private static Platform start(Configuration configuration, TimeSource time, Opened opened) {
        PrometheusMeterRegistry metrics =
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, new PrometheusRegistry(), Clock.SYSTEM);
        opened.add((AutoCloseable) metrics::close);
        opened.add(new ProcessMetrics(metrics));
        Readiness readiness = new Readiness(time);

        Database database = opened.add(new Database(databaseSettings(configuration, readiness, opened)));
        database.pool().setMetricRegistry(metrics);
        database.connect(connection -> {
            new ReplacedSchemas(connection).recover();
            return null;
        });
        for (Schema schema : Schema.ALL) {
            database.migrate(schema.name(), schema.scripts());
        }
        readiness.add("database", Readiness.writable(database));

        Ids ids = new Ids(time);
        Notifications notifications = opened.add(new Notifications(database.settings()));
        Foundation foundation = new Foundation(
                configuration, time, ids, database, notifications, installationKey(configuration), metrics);

        List<Surface> surfaces = new ArrayList<>();
        surfaces.add(new OperationsSurface(readiness, metrics).surface());
        surfaces.add(OpenApiSurface.surface());
        surfaces.add(SdkSurface.surface());
        Capabilities capabilities = new Capabilities(foundation);
        List<Capability> started = capabilities.all();
        for (Capability capability : started) {
            opened.add(capability);
            surfaces.addAll(capability.surfaces());
            readiness.add(capability.name(), capability::hindrance);
        }
        notifications.start();
        started.forEach(Capability::start);
        opened.add(new Jobs(database, time))
                .start(started.stream().flatMap(each -> each.jobs().stream()).toList());
        FirstSteps firstSteps = capabilities.firstSteps(DataFolder.of(configuration));

        HttpConfig http = configuration.http();
        requireSecretPassword(http, firstSteps);
        Listener listener = new Listener(
                new Listener.Settings(
                        http.address(),
                        http.port(),
                        http.tls().map(TlsFiles::load).orElse(null)),
                surfaces,
                ids,
                metrics);
        opened.add(listener);
        opened.add((AutoCloseable) () -> started.forEach(Capability::endStreams));
        listen(listener, http);
        URI url = http.url(listener.port());
        DataFolder.of(configuration).noteServer(url);
        return new Platform(opened, url, surfaces, firstSteps);
    }

    /** Nobody from outside may sign in with a well-known password. */
    private static void requireSecretPassword(HttpConfig http, FirstSteps firstSteps) {
        if (firstSteps.defaultPassword() && !http.loopback()) {
            throw new StartException("The administrator still has the default password, so only a loopback address is"
                    + " allowed, not " + http.address() + ". Set admin.password, for example with the environment"
                    + " variable " + Settings.ADMIN_PASSWORD.variable() + ".");
        }
    }

    private static Database.Settings databaseSettings(Configuration configuration, Readiness readiness, Opened opened) {
        int poolSize = configuration.get(Settings.DATABASE_POOL_SIZE);
        return configuration
                .externalDatabase()
                .map(external -> {
                    requireUsable(external);
                    return new Database.Settings(external.url(), external.user(), external.password(), poolSize);
                })
                .orElseGet(() -> {
                    EmbeddedPostgres server =
                            opened.add(DataFolder.of(configuration).startPostgres());
                    readiness.add(
                            "postgresql",
                            () -> server.ready() ? Optional.empty() : Optional.of("starting again after a crash"));
                    DatabaseAddress address = server.address();
                    return new Database.Settings(address.url(), address.user(), address.password(), poolSize);
                });
    }

    private static void requireUsable(DatabaseConfig external) {
        try (Connection connection =
                DriverManager.getConnection(external.url(), external.user(), external.password())) {
            int version = connection.getMetaData().getDatabaseMajorVersion();
            if (version < OLDEST_POSTGRES) {
                throw new StartException("Can't use the database at " + external + ": it is PostgreSQL " + version
                        + ", and " + OLDEST_POSTGRES + " or newer is needed.");
            }
        } catch (SQLException e) {
            throw new StartException("Can't use the database at " + external + ": " + e.getMessage(), e);
        }
    }

    private static void listen(Listener listener, HttpConfig http) {
        listener.start();
        // Helidon keeps a failure to itself, and only has no port afterwards.
        if (listener.port() < 0) {
            throw new StartException("Can't listen on " + http.address() + " port " + http.port() + ": " + refusal(http)
                    + ". Choose another with --port or --address.");
        }
    }

    private static String refusal(HttpConfig http) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(http.address(), http.port()));
            return "it was taken a moment ago";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static InstallationKey installationKey(Configuration configuration) {
        Path file = DataFolder.of(configuration).installationKey();
        try {
            return InstallationKey.loadOrCreate(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

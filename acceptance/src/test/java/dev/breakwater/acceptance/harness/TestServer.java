package dev.breakwater.acceptance.harness;

import dev.breakwater.acceptance.openapi.Documents;
import dev.breakwater.kernel.time.ManualTime;
import dev.breakwater.postgres.DatabaseAddress;
import dev.breakwater.postgres.TemporaryPostgres;
import dev.breakwater.server.Platform;
import dev.breakwater.server.config.ConfigurationSources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A server in this JVM, with a database of its own in the PostgreSQL that all servers of the run share, and a clock
 * that only moves when a test moves it. Webhooks may be on loopback and plain HTTP, nothing is limited, and delays
 * have no jitter, unless a test wants it otherwise.
 */
public final class TestServer implements AutoCloseable {

    private static final Map<String, String> SETTINGS = Map.of(
            "http.address", "127.0.0.1",
            "http.port", "0",
            "log.level", "warn",
            "database.pool-size", "8",
            "events.require-tls", "false",
            "events.rate-limits.enabled", "false",
            "events.deliveries.allow-http", "true",
            "events.deliveries.allowed-networks", "127.0.0.0/8,::1/128",
            "events.deliveries.jitter", "0",
            "registry.outbound.allowed-networks", "127.0.0.0/8,::1/128");

    private final Path folder;
    private final Map<String, String> settings;
    private final ManualTime time;
    private final Consumer<Exchange> observer = Documents.of()::check;
    private Platform platform;

    private TestServer(Path folder, Map<String, String> settings, ManualTime time) {
        this.folder = folder;
        this.settings = settings;
        this.time = time;
        platform = launch(settings, folder, time);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a server with some settings of its own. */
    public static TestServer start(Map<String, String> special) {
        DatabaseAddress database = TemporaryPostgres.shared().newDatabase();
        return start(special, database, new ManualTime(Instant.now().truncatedTo(ChronoUnit.SECONDS)));
    }

    private static TestServer start(Map<String, String> special, DatabaseAddress database, ManualTime time) {
        try {
            Path folder = Files.createTempDirectory("breakwater-acceptance-");
            Map<String, String> settings = new LinkedHashMap<>(SETTINGS);
            settings.put("data.dir", folder.toString());
            settings.put("database.url", database.url());
            settings.put("database.user", database.user());
            settings.put("database.password", database.password());
            settings.putAll(special);
            return new TestServer(folder, settings, time);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Platform launch(Map<String, String> settings, Path folder, ManualTime time) {
        return Platform.start(new ConfigurationSources(null, Map.of(), settings, false, folder, folder).load(), time);
    }

    /** Where it answers; another port after each restart. */
    public URI url() {
        return platform.url();
    }

    /** The routes of all its surfaces but the pages for people, such as {@code GET /v1/events/{id}}. */
    public List<String> routes() {
        return platform.surfaces().stream()
                .filter(surface -> !surface.name().equals("console"))
                .flatMap(surface -> surface.routes().stream())
                .toList();
    }

    /** The routes of its pages for people, such as {@code GET /events/{id}}. */
    public List<String> pageRoutes() {
        return platform.surfaces().stream()
                .filter(surface -> surface.name().equals("console"))
                .flatMap(surface -> surface.routes().stream())
                .toList();
    }

    /** Its clock. */
    public ManualTime time() {
        return time;
    }

    /** What it was started with. */
    public Map<String, String> settings() {
        return settings;
    }

    /** A connection to its database, for what no API shows or does. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(
                settings.getOrDefault("database.url", ""),
                settings.getOrDefault("database.user", ""),
                settings.getOrDefault("database.password", ""));
    }

    /** Waits until the jobs that begin with the server have run once; they are not due again before the clock moves. */
    public void awaitFirstJobs() {
        try (Connection connection = connect();
                PreparedStatement due = connection.prepareStatement(
                        "SELECT count(*) FROM job.scheduled_tasks WHERE picked OR execution_time <= ?")) {
            due.setObject(1, time.instant().atOffset(ZoneOffset.UTC));
            Await.until("no job is due or under way", () -> {
                try (ResultSet row = due.executeQuery()) {
                    row.next();
                    return row.getLong(1) == 0;
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Moves its clock forward. */
    public void advance(Duration step) {
        time.advance(step);
    }

    /** A caller without a credential. */
    public Client client() {
        return Client.of(url(), observer);
    }

    /** The administrator, who signs in with the token that lies in the data folder. */
    public Admin admin() {
        return new Admin(client().bearer(
                        read(Path.of(settings.getOrDefault("data.dir", "")).resolve("admin-token"))));
    }

    /** An organization that nobody else uses. */
    public Organization newOrganization() {
        return new Organization(this, admin().newOrganization());
    }

    /** Ends the server in good order and starts it again on the same data. */
    public void restart() {
        stop();
        resume();
    }

    /** Ends the server in good order; {@link #resume} starts it again. */
    public void stop() {
        platform.close();
    }

    /** Starts the server again on the same data. */
    public void resume() {
        platform = launch(settings, folder, time);
    }

    @Override
    public void close() {
        platform.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

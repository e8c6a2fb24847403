package dev.breakwater.kernel.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.breakwater.kernel.failure.Failure;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.jspecify.annotations.Nullable;

/**
 * The one way to PostgreSQL: a pool, transactions that are repeated when PostgreSQL asks for it, and plain
 * connections for the hot paths. A fair semaphore of the pool's size stands in front of the pool, because
 * thousands of virtual threads that queue inside the pool itself can starve each other.
 */
public final class Database implements AutoCloseable {

    private static final int ATTEMPTS = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Settings settings;
    private final HikariDataSource pool;
    private final Semaphore permits;
    private final Jdbi jdbi;

    /** Whether this thread has one of the connections. */
    private final ThreadLocal<Boolean> holding = ThreadLocal.withInitial(() -> false);

    /**
     * Where PostgreSQL is.
     *
     * @param url a JDBC address, {@code jdbc:postgresql://host:port/database}
     * @param user the role to sign in as
     * @param password of that role, empty when none is needed
     * @param poolSize the most connections held at once
     */
    public record Settings(String url, String user, String password, int poolSize) {
        /**
         * Makes a connection outside the pool, whose owner closes it; {@code purpose} is what PostgreSQL shows of it.
         */
        Connection open(String purpose) throws SQLException {
            Properties properties = new Properties();
            properties.setProperty("user", user);
            properties.setProperty("password", password);
            properties.setProperty("ApplicationName", "breakwater " + purpose);
            properties.setProperty("tcpKeepAlive", "true");
            properties.setProperty("connectTimeout", "5");
            return DriverManager.getConnection(url, properties);
        }

        @Override
        public String toString() {
            return "Settings[url=" + url + ", user=" + user + ", poolSize=" + poolSize + "]";
        }
    }

    /** Opens the pool; connections are made when they are first needed. */
    public Database(Settings settings) {
        this.settings = settings;
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(settings.url());
        config.setUsername(settings.user());
        config.setPassword(settings.password());
        config.setMaximumPoolSize(settings.poolSize());
        config.setMinimumIdle(Math.min(2, settings.poolSize()));
        config.setConnectionTimeout(PATIENCE.toMillis());
        config.setInitializationFailTimeout(-1);
        config.setPoolName("breakwater");
        config.addDataSourceProperty("ApplicationName", "breakwater");
        config.addDataSourceProperty("prepareThreshold", "1");
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("connectTimeout", "5");
        pool = new HikariDataSource(config);
        permits = new Semaphore(settings.poolSize(), true);
        jdbi = Jdbi.create(pool).installPlugin(new PostgresPlugin());
    }

    /** Where this database is. */
    public Settings settings() {
        return settings;
    }

    /** The pool itself, for its metrics and for libraries that bring their own SQL. */
    public HikariDataSource pool() {
        return pool;
    }

    /** Work on a JDBI handle. */
    @FunctionalInterface
    public interface HandleWork<T extends @Nullable Object> {
        /** Does the work; any exception undoes the transaction. */
        T run(Handle handle) throws SQLException;
    }

    /** Work on a plain connection. */
    @FunctionalInterface
    public interface ConnectionWork<T extends @Nullable Object> {
        /** Does the work. */
        T run(Connection connection) throws SQLException;
    }

    /**
     * Runs the work in one transaction (READ COMMITTED) and commits it. Repeats it when PostgreSQL reports a
     * serialization failure or a deadlock, so the work must have no effect outside the database.
     *
     * @throws Failure.Unavailable when PostgreSQL cannot be reached
     */
    public <T extends @Nullable Object> T transact(HandleWork<T> work) {
        return attempt(() -> jdbi.<T, SQLException>inTransaction(work::run));
    }

    /** Runs statements that each commit on their own; meant for reads and single writes. */
    public <T extends @Nullable Object> T query(HandleWork<T> work) {
        return attempt(() -> jdbi.<T, SQLException>withHandle(work::run));
    }

    /** Lends a plain connection in auto-commit mode, for the hot paths. */
    public <T extends @Nullable Object> T connect(ConnectionWork<T> work) {
        return attempt(() -> {
            try (Connection connection = pool.getConnection()) {
                return work.run(connection);
            }
        });
    }

    /**
     * Lends a new connection outside the pool, in auto-commit mode: for what is held while other work goes on, and for
     * what is seldom needed by those who may hold one of the pool's, as who waited for a second of those could wait for
     * others that do the same. Costs some milliseconds. {@code purpose} is what PostgreSQL shows of it.
     *
     * @throws Failure.Unavailable when PostgreSQL cannot be reached
     */
    public <T extends @Nullable Object> T apart(String purpose, HandleWork<T> work) {
        try {
            return Jdbi.create(() -> settings.open(purpose))
                    .installPlugin(new PostgresPlugin())
                    .<T, SQLException>withHandle(work::run);
        } catch (SQLException | RuntimeException e) {
            throw translated(e);
        }
    }

    @FunctionalInterface
    private interface Attempt<T extends @Nullable Object> {
        T run() throws SQLException;
    }

    private <T extends @Nullable Object> T attempt(Attempt<T> work) {
        assert requireNone();
        acquire();
        holding.set(true);
        try {
            for (int attempt = 1; ; attempt++) {
                try {
                    return work.run();
                } catch (SQLException | RuntimeException e) {
                    if (SqlFailure.of(e) == SqlFailure.REPEAT && attempt < ATTEMPTS) {
                        continue;
                    }
                    throw translated(e);
                }
            }
        } finally {
            holding.remove();
            permits.release();
        }
    }

    /** In tests: as many threads as there are connections, each waiting for its second, would wait for each other. */
    private boolean requireNone() {
        if (holding.get()) {
            throw new IllegalStateException("This thread holds a connection, so it may not wait for another.");
        }
        return true;
    }

    private static RuntimeException translated(Exception e) {
        if (SqlFailure.of(e) == SqlFailure.UNREACHABLE) {
            Failure.Unavailable unavailable = unavailable();
            unavailable.addSuppressed(e);
            return unavailable;
        }
        return e instanceof RuntimeException runtime ? runtime : new DatabaseException(e);
    }

    private void acquire() {
        try {
            if (!permits.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw unavailable();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable();
        }
    }

    private static Failure.Unavailable unavailable() {
        return new Failure.Unavailable(Duration.ofSeconds(1), "Service temporarily unavailable.");
    }

    /**
     * Brings one module's schema up to date. Its scripts lie in the class path folder {@code location}, named
     * {@code V1__what.sql}; its history is kept in the schema itself.
     */
    public void migrate(String schema, String location) {
        migrate(schema, location, "latest");
    }

    /** Brings one module's schema to the version {@code target} and not further, as a restore needs it. */
    public void migrate(String schema, String location, String target) {
        Flyway.configure()
                .dataSource(pool)
                .schemas(schema)
                .defaultSchema(schema)
                .locations("classpath:" + location)
                .target(target)
                .table("schema_version")
                .validateMigrationNaming(true)
                .load()
                .migrate();
    }

    @Override
    public void close() {
        pool.close();
    }
}

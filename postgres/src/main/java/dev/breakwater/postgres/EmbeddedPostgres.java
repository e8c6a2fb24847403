package dev.breakwater.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL of our own in one folder: it listens on loopback only, wants a password, and lives no longer than this
 * process. When it crashes it is started again on the same port. One process owns a folder at a time.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    /** The database that every server has, created at the first start. */
    public static final String DATABASE = "breakwater";

    private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);

    private final FileChannel lock;
    private final Postmaster postmaster;
    private final int port;
    private final String password;

    private EmbeddedPostgres(FileChannel lock, Postmaster postmaster, int port, String password) {
        this.lock = lock;
        this.postmaster = postmaster;
        this.port = port;
        this.password = password;
    }

    /**
     * Starts the server in {@code folder}, with the programs below {@code binaries}; both are filled at the first start.
     * Throws {@link PostgresException} when another process uses the folder or the server doesn't start.
     */
    public static EmbeddedPostgres start(Path folder, Path binaries) {
        return start(folder, binaries, List.of());
    }

    /** The same with more options for the command line of the server. */
    static EmbeddedPostgres start(Path folder, Path binaries, List<String> options) {
        try {
            return start(new PostgresFolder(folder), binaries.toAbsolutePath().normalize(), options);
        } catch (IOException e) {
            throw new PostgresException("PostgreSQL can't be started in " + folder + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PostgresException("interrupted while starting PostgreSQL", e);
        }
    }

    /**
     * Whether a server in {@code folder}, or below it once that exists, could reach its files: as root we start it as
     * another user, who may not enter every folder.
     */
    public static boolean canServe(Path folder) {
        try {
            return ServerAccount.choose(new PostgresFolder(folder).cluster()).reaches(folder);
        } catch (IOException e) {
            return false;
        }
    }

    /** The server that another process runs in {@code folder} at this moment. */
    public static Optional<DatabaseAddress> running(Path folder) {
        PostgresFolder layout = new PostgresFolder(folder);
        return layout.postmaster()
                .filter(file -> file.ready() && file.process().isPresent())
                .map(file -> {
                    try {
                        return address(file.port(), DATABASE, Cluster.password(layout));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    /** The database {@value #DATABASE}. */
    public DatabaseAddress address() {
        return address(port, DATABASE, password);
    }

    /** Creates an empty database; {@code name} must be a plain lower-case identifier. */
    public DatabaseAddress createDatabase(String name) {
        if (!name.matches("[a-z][a-z0-9_]{0,62}")) {
            throw new IllegalArgumentException("not a plain database name: " + name);
        }
        try (Connection connection = address(port, "postgres", password).connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new PostgresException("can't create the database " + name, e);
        }
        return address(port, name, password);
    }

    /** False while the server is being started again after a crash. */
    public boolean ready() {
        return postmaster.ready();
    }

    /** The process id of the server, a new one after each crash. */
    public long pid() {
        return postmaster.pid();
    }

    /** Disconnects all clients, stops the server and frees the folder. */
    @Override
    public void close() {
        end(postmaster::stop);
    }

    /** Like {@link #close}, but quick, for a folder that nobody needs any more. */
    void abandon() {
        end(postmaster::abandon);
    }

    @FunctionalInterface
    private interface Ending {
        void run() throws InterruptedException;
    }

    private void end(Ending ending) {
        try {
            ending.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            release(lock);
        }
    }

    private static EmbeddedPostgres start(PostgresFolder folder, Path binariesFolder, List<String> options)
            throws IOException, InterruptedException {
        ServerAccount account = ServerAccount.choose(folder.cluster());
        PostgresFolder.createFolder(folder.root(), account.dropped() ? "rwx--x--x" : "rwx------");
        account.requireReach(folder.root());
        FileChannel lock = lock(folder);
        try {
            PostgresBinaries binaries = PostgresBinaries.unpackedIn(binariesFolder);
            account.requireReach(binariesFolder);
            PostgresFolder.createFolder(folder.logs(), "rwx------");
            account.own(folder.logs());
            stopLeftover(folder);
            Cluster.createIfMissing(folder, binaries, account);
            int port = freePort();
            Postmaster postmaster =
                    new Postmaster(folder, account.serverCommand(serverCommand(folder, binaries, port, options)));
            postmaster.start();
            EmbeddedPostgres server = new EmbeddedPostgres(lock, postmaster, port, Cluster.password(folder));
            server.createDatabaseIfMissing();
            return server;
        } catch (IOException | InterruptedException | RuntimeException e) {
            release(lock);
            throw e;
        }
    }

    private static List<String> serverCommand(
            PostgresFolder folder, PostgresBinaries binaries, int port, List<String> options) {
        List<String> command = new ArrayList<>(List.of(
                binaries.program("postgres").toString(),
                "-D",
                folder.cluster().toString(),
                "-c",
                "port=" + port,
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=",
                "-c",
                "log_directory=" + folder.logs()));
        command.addAll(options);
        return command;
    }

    private static FileChannel lock(PostgresFolder folder) throws IOException {
        FileChannel channel = FileChannel.open(folder.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        @Nullable FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            channel.close();
            throw new PostgresException(
                    "Another process is using " + folder.root() + ". Stop it first, or choose another data.dir.");
        }
        return channel;
    }

    private static void release(FileChannel lock) {
        try {
            lock.close();
        } catch (IOException e) {
            log.warn("the lock of the database folder can't be closed", e);
        }
    }

    /** We own the folder, so whoever still serves it has lost its owner, for example to a kill where no signal follows. */
    private static void stopLeftover(PostgresFolder folder) throws InterruptedException {
        Optional<ProcessHandle> leftover = folder.postmaster().flatMap(PostmasterFile::process);
        if (leftover.isPresent()) {
            log.warn(
                    "stopping PostgreSQL (process {}), left over from an earlier run",
                    leftover.get().pid());
            Postmaster.stop(leftover.get());
        }
    }

    private void createDatabaseIfMissing() {
        try (Connection connection = address(port, "postgres", password).connect();
                Statement statement = connection.createStatement()) {
            if (!statement
                    .executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")
                    .next()) {
                statement.execute("CREATE DATABASE " + DATABASE);
            }
        } catch (SQLException e) {
            close();
            throw new PostgresException("PostgreSQL was started but can't be used: " + e.getMessage(), e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static DatabaseAddress address(int port, String database, String password) {
        return new DatabaseAddress("jdbc:postgresql://127.0.0.1:" + port + "/" + database, Cluster.SUPERUSER, password);
    }
}

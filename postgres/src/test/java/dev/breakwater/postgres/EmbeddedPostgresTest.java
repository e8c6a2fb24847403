package dev.breakwater.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class EmbeddedPostgresTest {

    private static @Nullable Path binaries;
    private Path home = Path.of("");
    private Path folder = Path.of("");

    @BeforeAll
    static void unpackOnce() throws IOException {
        binaries = reachable("breakwater-test-binaries-");
    }

    @AfterAll
    static void removeBinaries() throws IOException {
        PostgresFolder.delete(binaries());
    }

    @BeforeEach
    void emptyFolder() throws IOException {
        home = reachable("breakwater-test-postgresql-");
        folder = home.resolve("data");
    }

    @AfterEach
    void removeFolder() throws IOException {
        PostgresFolder.delete(home);
    }

    @Test
    void startsADurableServerThatWantsAPassword() throws Exception {
        try (EmbeddedPostgres server = start()) {
            assertThat(setting(server, "fsync")).isEqualTo("on");
            assertThat(setting(server, "synchronous_commit")).isEqualTo("on");
            assertThat(setting(server, "full_page_writes")).isEqualTo("on");
            assertThat(setting(server, "data_checksums")).isEqualTo("on");
            assertThat(setting(server, "listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(setting(server, "server_encoding")).isEqualTo("UTF8");
            assertThat(
                            query(
                                    server,
                                    "SELECT datlocprovider::text || ':' || datlocale FROM pg_database WHERE datname = 'breakwater'"))
                    .isEqualTo("b:C.UTF-8");
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(folder.resolve("superuser-password"))))
                    .isEqualTo("rw-------");

            DatabaseAddress right = server.address();
            assertThat(right.toString()).doesNotContain(right.password());
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> new DatabaseAddress(right.url(), right.user(), "guess").connect())
                    .withMessageContaining("password authentication failed");
        }
    }

    @Test
    void keepsItsDataOverARestart() throws Exception {
        try (EmbeddedPostgres server = start()) {
            execute(server, "CREATE TABLE kept (id int)", "INSERT INTO kept VALUES (42)");
        }
        try (EmbeddedPostgres server = start()) {
            assertThat(query(server, "SELECT id::text FROM kept")).isEqualTo("42");
        }
    }

    @Test
    void closeEndsTheServerAndFreesItsPort() throws Exception {
        long pid;
        int port;
        try (EmbeddedPostgres server = start()) {
            pid = server.pid();
            port = Integer.parseInt(setting(server, "port"));
            execute(server, "SELECT 1");
        }
        assertThat(ProcessHandle.of(pid)).isEmpty();
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close());
        assertThat(folder.resolve("cluster/postmaster.pid")).doesNotExist();
    }

    @Test
    void refusesAFolderThatAnotherServerUses() {
        try (EmbeddedPostgres server = start()) {
            assertThatExceptionOfType(PostgresException.class)
                    .isThrownBy(this::start)
                    .withMessage("Another process is using " + folder + ". Stop it first, or choose another data.dir.");
            assertThat(server.ready()).isTrue();
            assertThat(EmbeddedPostgres.running(folder)).contains(server.address());
        }
        assertThat(EmbeddedPostgres.running(folder)).isEmpty();
    }

    @Test
    void startsAgainByItselfAfterACrashOnTheSamePortWithAllThatWasCommitted() throws Exception {
        try (EmbeddedPostgres server = start()) {
            execute(server, "CREATE TABLE kept (id int)", "INSERT INTO kept VALUES (7)");
            long killed = server.pid();

            ProcessHandle.of(killed).orElseThrow().destroyForcibly();

            DatabaseAddress address = server.address();
            assertThat(firstAnswer(address, "SELECT id::text FROM kept")).isEqualTo("7");
            assertThat(server.pid()).isNotEqualTo(killed);
            assertThat(server.address()).isEqualTo(address);
        }
    }

    @Test
    void endsWithTheProcessThatStartedItEvenWhenThatIsKilled() throws Exception {
        assumeTrue(Files.exists(Path.of("/usr/bin/setpriv")), "the kernel's death signal needs setpriv");
        try (OwnerProcess owner = OwnerProcess.start(folder, binaries())) {
            ProcessHandle server = ProcessHandle.of(owner.serverPid()).orElseThrow();

            owner.kill();

            assertThat(server.onExit().get(20, TimeUnit.SECONDS)).isNotNull();
        }
        try (EmbeddedPostgres server = start()) {
            assertThat(server.ready()).isTrue();
        }
    }

    @Test
    void stopsAServerThatWasLeftBehind() throws Exception {
        start().close();
        PostgresFolder layout = new PostgresFolder(folder);
        ServerAccount account = ServerAccount.choose(layout.cluster());
        Process leftover = new ProcessBuilder(account.command(List.of(
                        PostgresBinaries.unpackedIn(binaries())
                                .program("postgres")
                                .toString(),
                        "-D",
                        layout.cluster().toString(),
                        "-c",
                        "port=" + freePort(),
                        "-c",
                        "unix_socket_directories=")))
                .directory(folder.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        while (layout.postmaster().filter(PostmasterFile::ready).isEmpty()) {
            assertThat(leftover.waitFor(10, TimeUnit.MILLISECONDS)).isFalse();
        }

        try (EmbeddedPostgres server = start()) {
            assertThat(leftover.isAlive()).isFalse();
            assertThat(server.pid()).isNotEqualTo(leftover.pid());
        }
    }

    @Test
    void neverTakesAnUnrelatedProcessWhoseNumberStandsInAnOldFileForTheServer() throws Exception {
        Process unrelated = new ProcessBuilder("/bin/sh", "-c", "exec cat").start();
        try {
            assertThat(new PostmasterFile(unrelated.pid(), folder.resolve("cluster"), 5432, true).process())
                    .isEmpty();
        } finally {
            unrelated.destroyForcibly();
        }
    }

    @Test
    void survivesAFirstStartThatWasInterrupted() throws Exception {
        Files.createDirectories(folder.resolve("cluster.unfinished/base"));
        Files.writeString(folder.resolve("cluster.unfinished/PG_VERSION"), "18\n");

        try (EmbeddedPostgres server = start()) {
            assertThat(query(server, "SELECT 1::text")).isEqualTo("1");
        }
        assertThat(folder.resolve("cluster.unfinished")).doesNotExist();
    }

    @Test
    void saysWhatToDoWithAClusterOfAnotherMajorVersion() throws Exception {
        start().close();
        Files.writeString(folder.resolve("cluster/PG_VERSION"), "17\n");

        assertThatExceptionOfType(PostgresException.class)
                .isThrownBy(this::start)
                .withMessage(
                        "The database in " + folder + "/cluster was written by PostgreSQL 17, this is PostgreSQL 18."
                                + " Make a backup with the release that wrote it, and restore that here.");
    }

    @Test
    void showsTheServersOwnWordsWhenItDoesNotStart() throws Exception {
        start().close();
        Path configuration = folder.resolve("cluster/postgresql.conf");
        Files.writeString(configuration, Files.readString(configuration) + "\nshared_buffers = plenty\n");

        assertThatExceptionOfType(PostgresException.class)
                .isThrownBy(this::start)
                .withMessageContaining("invalid value for parameter \"shared_buffers\": \"plenty\"");
    }

    @Test
    void asRootItRunsAsAnotherUserAndExplainsAFolderThatThisUserCannotReach() throws Exception {
        assumeTrue(new UnixSystem().getUid() == 0, "only root drops its rights");
        try (EmbeddedPostgres server = start()) {
            assertThat(ProcessHandle.of(server.pid()).orElseThrow().info().user())
                    .isNotEqualTo("root");
        }
        Path closed = home.resolve("closed");
        PostgresFolder.createFolder(closed, "rwx------");

        assertThatExceptionOfType(PostgresException.class)
                .isThrownBy(() -> EmbeddedPostgres.start(closed.resolve("data"), binaries()))
                .withMessageContaining("who may not enter " + closed)
                .withMessageContaining("Set data.dir to a folder which every user can reach (/var/lib/breakwater),"
                        + " or allow it with: chmod o+x " + closed);
    }

    @Test
    void givesEveryTestADatabaseOfItsOwn() throws Exception {
        DatabaseAddress one = TemporaryPostgres.shared().newDatabase();
        DatabaseAddress two = TemporaryPostgres.shared().newDatabase();
        try (Connection connection = one.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE mine (id int)");
        }
        assertThat(firstAnswer(one, "SELECT coalesce(to_regclass('mine')::text, 'absent')"))
                .isEqualTo("mine");
        assertThat(firstAnswer(two, "SELECT coalesce(to_regclass('mine')::text, 'absent')"))
                .isEqualTo("absent");
    }

    private EmbeddedPostgres start() {
        return EmbeddedPostgres.start(folder, binaries());
    }

    private static Path binaries() {
        return Objects.requireNonNull(binaries);
    }

    private static Path reachable(String prefix) throws IOException {
        Path created = Files.createTempDirectory(prefix);
        Files.setPosixFilePermissions(created, PosixFilePermissions.fromString("rwxr-xr-x"));
        return created;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static String setting(EmbeddedPostgres server, String name) throws SQLException {
        return query(server, "SHOW " + name);
    }

    private static String query(EmbeddedPostgres server, String sql) throws SQLException {
        try (Connection connection = server.address().connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    private static void execute(EmbeddedPostgres server, String... statements) throws SQLException {
        try (Connection connection = server.address().connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Tries until the server answers, as a client of a crashed server does. */
    private static String firstAnswer(DatabaseAddress address, String sql) throws SQLException {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (true) {
            try (Connection connection = address.connect();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                assertThat(rows.next()).isTrue();
                return rows.getString(1);
            } catch (SQLException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
            }
        }
    }
}

package dev.breakwater.server.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.time.ManualTime;
import dev.breakwater.postgres.DatabaseAddress;
import dev.breakwater.postgres.TemporaryPostgres;
import dev.breakwater.registry.BlobSettings;
import dev.breakwater.registry.blob.BlobStore;
import dev.breakwater.registry.blob.BlobStores;
import dev.breakwater.registry.blob.Digest;
import dev.breakwater.server.DataFolder;
import dev.breakwater.server.Schema;
import dev.breakwater.server.StartException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {

    private static final Instant NOW = Instant.parse("2026-05-25T12:00:00Z");
    private static final String ONE_WORKSPACE_WITH_ITS_WEBHOOK = """
            WITH w AS (
              INSERT INTO events.workspace (id, organization_id, environment, name, created_at)
              VALUES (gen_random_uuid(), gen_random_uuid(), 'sandbox', E'caf\\u00e9 "q" \\t', now()) RETURNING id)
            INSERT INTO events.webhook (id, workspace_id, url, events, secret, created_at)
            SELECT gen_random_uuid(), id, 'https://example.com/hook', '{order.*,"a,b",NULL}', '\\x00ff00', now() FROM w
            """;

    @TempDir
    private Path home = Path.of("");

    private final StringWriter progress = new StringWriter();
    private DataFolder source = new DataFolder(Path.of(""));
    private DataFolder target = new DataFolder(Path.of(""));
    private Path file = Path.of("");

    @BeforeEach
    void installation() throws IOException {
        source = new DataFolder(Files.createDirectory(home.resolve("source")));
        target = new DataFolder(Files.createDirectory(home.resolve("target")));
        file = home.resolve("breakwater.tar.gz");
        Files.writeString(source.installationKey(), "{\"key\":\"of the source\"}");
    }

    @Test
    void everythingComesBack() throws Exception {
        DatabaseAddress from = filledDatabase();
        Files.writeString(source.adminToken(), "token");
        Files.writeString(target.adminToken(), "former token");
        Files.writeString(target.sandboxKey(), "former key");
        Digest layer = push(source, "a layer");
        DatabaseAddress to = TemporaryPostgres.shared().newDatabase();

        backup(from);
        restore(to, false);

        assertThat(contents(to)).isEqualTo(contents(from)).containsKeys("events.event", "tenancy.role");
        assertThat(count(to, "registry.activity"))
                .as("rows that are logged by now")
                .isEqualTo(3);
        assertThat(target.installationKey()).hasContent("{\"key\":\"of the source\"}");
        assertThat(target.adminToken()).hasContent("token");
        assertThat(target.sandboxKey()).doesNotExist();
        assertThat(target.path().resolve("sandbox-key.replaced")).hasContent("former key");
        assertThat(file(target, layer)).hasContent("a layer");
        assertThat(progress.toString()).contains("events.event: 40 rows", "Wrote " + file, "Restored " + file);
    }

    @Test
    void onlyCommittedBlobsAreKeptAndDamagedOnesStayOut() throws Exception {
        Digest whole = push(source, "whole");
        Digest empty = push(source, "");
        Digest damaged = push(source, "damaged");
        Files.writeString(file(source, damaged), "DAMAGED");
        try (BlobStore store = blobs(source);
                BlobStore.Upload upload = store.begin(UUID.randomUUID())) {
            upload.append(new ByteArrayInputStream(new byte[10]), 10);
        }

        backup(filledDatabase());
        restore(TemporaryPostgres.shared().newDatabase(), false);

        List<Digest> restored = new ArrayList<>();
        blobs(target).forEachBlob(restored::add);
        assertThat(restored).containsExactlyInAnyOrder(whole, empty);
        assertThat(target.blobs().resolve("uploads")).isEmptyDirectory();
        assertThat(progress.toString())
                .contains("blobs: 3", "The backup holds a damaged blob, which was left out: " + damaged);
    }

    @Test
    void aChangedBlobIsNoticed() throws Exception {
        push(source, "a layer with zzzzzzzzzzzz");
        backup(filledDatabase());
        changeInArchive("zzzzzzzzzzzz");

        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> restore(TemporaryPostgres.shared().newDatabase(), false))
                .withMessageContaining("its contents do not agree with its manifest: [blobs/]");
    }

    @Test
    void aBackupWithoutBlobsIsOneToo() throws Exception {
        push(source, "a layer");
        new Backup(filledDatabase(), source, Optional.empty(), new ManualTime(NOW), new PrintWriter(progress))
                .write(file);
        restore(TemporaryPostgres.shared().newDatabase(), false);

        blobs(target).forEachBlob(digest -> assertThat(digest).isNull());
    }

    @Test
    void onlyItsOwnerCanReadTheFile() throws Exception {
        backup(filledDatabase());

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(home.resolve("breakwater.tar.gz.unfinished")).doesNotExist();
    }

    @Test
    void anExistingFileIsNotOverwritten() throws Exception {
        Files.writeString(file, "precious");

        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> backup(filledDatabase()))
                .withMessage(file + " exists already; choose another name.");
        assertThat(file).hasContent("precious");
    }

    @Test
    void anEmptyDatabaseIsNothingToBackUp() {
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> backup(TemporaryPostgres.shared().newDatabase()))
                .withMessage("There is nothing to back up: the database is empty.");
        assertThat(file).doesNotExist();
    }

    @Test
    void theBackupIsOfOneMomentWhileOthersWrite() throws Exception {
        DatabaseAddress from = filledDatabase();
        AtomicBoolean stop = new AtomicBoolean();
        CountDownLatch writing = new CountDownLatch(1);
        Thread writer = Thread.ofPlatform().start(() -> {
            try (Connection connection = from.connect();
                    Statement statement = connection.createStatement()) {
                while (!stop.get()) {
                    statement.execute(ONE_WORKSPACE_WITH_ITS_WEBHOOK);
                    writing.countDown();
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        writing.await();
        backup(from);
        stop.set(true);
        writer.join();

        DatabaseAddress to = TemporaryPostgres.shared().newDatabase();
        restore(to, false);

        assertThat(count(to, "events.webhook"))
                .isEqualTo(count(to, "events.workspace"))
                .isLessThan(count(from, "events.webhook"));
    }

    @Test
    void aDatabaseWithRowsIsOnlyReplacedByForce() throws Exception {
        backup(filledDatabase());
        DatabaseAddress to = filledDatabase();
        execute(
                to,
                "INSERT INTO events.cursor SELECT * FROM events.cursor WHERE false",
                ONE_WORKSPACE_WITH_ITS_WEBHOOK);
        Map<String, String> before = contents(to);

        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> restore(to, false))
                .withMessageStartingWith("The database is not empty: there are rows in ")
                .withMessageEndingWith("Choose another data.dir or database, or replace everything with --force.");
        assertThat(contents(to)).isEqualTo(before);

        restore(to, true);
        assertThat(contents(to)).isNotEqualTo(before);
        assertThat(count(to, "events.workspace")).isEqualTo(3);
        assertThat(schemas(to)).containsExactlyInAnyOrder("events", "registry", "tenancy");
    }

    @Test
    void aTruncatedFileChangesNothing() throws Exception {
        Digest here = push(target, "a layer of both");
        push(source, "a layer of both");
        push(source, "a layer");
        // Blobs and files come early in the archive, so that most of the attempts reach them.
        byte[] incompressible = new byte[300_000];
        new Random(1).nextBytes(incompressible);
        push(source, new String(incompressible, StandardCharsets.ISO_8859_1));
        backup(filledDatabase());
        byte[] whole = Files.readAllBytes(file);
        DatabaseAddress to = filledDatabase();
        Map<String, String> before = contents(to);
        for (int part = 1; part < 8; part++) {
            Files.write(file, Arrays.copyOf(whole, whole.length * part / 8));

            assertThatExceptionOfType(StartException.class)
                    .isThrownBy(() -> restore(to, true))
                    .withMessageContaining("Nothing has been changed.");

            assertThat(contents(to)).isEqualTo(before);
            assertThat(schemas(to)).containsExactlyInAnyOrder("events", "registry", "tenancy");
        }
        try (Stream<Path> files = Files.list(target.path())) {
            assertThat(files).containsExactly(target.blobs());
        }
        List<Digest> blobs = new ArrayList<>();
        blobs(target).forEachBlob(blobs::add);
        assertThat(blobs).containsExactly(here);
    }

    @Test
    void aChangedRowIsNoticed() throws Exception {
        backup(filledDatabase());
        changeInArchive("xxxxxxxxxxxxxxxx");
        DatabaseAddress to = TemporaryPostgres.shared().newDatabase();

        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> restore(to, false))
                .withMessage(file + " can't be restored: its contents do not agree with its manifest:"
                        + " [tables/events.event/]\nNothing has been changed.");
        assertThat(schemas(to)).isEmpty();
    }

    @Test
    void aFileThatIsNoBackupIsRefused() throws Exception {
        Files.writeString(file, "hello");

        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> restore(TemporaryPostgres.shared().newDatabase(), false))
                .withMessageContaining(file + " can't be restored");
    }

    @Test
    void aDatabaseInUseIsRefused() throws Exception {
        backup(filledDatabase());
        DatabaseAddress to = TemporaryPostgres.shared().newDatabase();
        try (Database server = open(to)) {
            server.query(handle -> handle.execute("SELECT 1"));

            assertThatExceptionOfType(StartException.class)
                    .isThrownBy(() -> restore(to, true))
                    .withMessage("A Breakwater is using this database. Stop it first.");
        }
    }

    @Test
    void aRestoreThatWasKilledIsUndoneByTheNextStart() throws Exception {
        DatabaseAddress database = filledDatabase();
        Map<String, String> before = contents(database);
        try (Connection connection = database.connect();
                Database modules = open(database)) {
            new ReplacedSchemas(connection).setAside();
            modules.migrate("tenancy", new Schema("tenancy").scripts());
        }

        try (Connection connection = database.connect()) {
            new ReplacedSchemas(connection).recover();
        }

        assertThat(contents(database)).isEqualTo(before);
        assertThat(schemas(database)).containsExactlyInAnyOrder("events", "registry", "tenancy");
    }

    @Test
    void nobodyStartsOnADatabaseThatIsBeingRestored() throws Exception {
        DatabaseAddress database = TemporaryPostgres.shared().newDatabase();
        try (Connection restoring = database.connect();
                Connection starting = database.connect()) {
            new ReplacedSchemas(restoring).lock();

            assertThatExceptionOfType(StartException.class)
                    .isThrownBy(() -> new ReplacedSchemas(starting).recover())
                    .withMessage("A restore into this database is under way. Wait for its end.");
        }
    }

    private void backup(DatabaseAddress database) throws IOException, SQLException {
        try (BlobStore blobs = blobs(source)) {
            new Backup(database, source, Optional.of(blobs), new ManualTime(NOW), new PrintWriter(progress))
                    .write(file);
        }
    }

    private void restore(DatabaseAddress database, boolean force) throws IOException, SQLException {
        try (BlobStore blobs = blobs(target)) {
            new Restore(database, target, blobs, new PrintWriter(progress)).read(file, force);
        }
    }

    private static BlobStore blobs(DataFolder folder) throws IOException {
        return BlobStores.open(new BlobSettings.Files(), folder.blobs(), new ManualTime(NOW));
    }

    private static Digest push(DataFolder folder, String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        try (BlobStore store = blobs(folder);
                BlobStore.Upload upload = store.begin(UUID.randomUUID())) {
            upload.append(new ByteArrayInputStream(bytes), bytes.length);
            upload.commit(Digest.sha256(bytes));
        }
        return Digest.sha256(bytes);
    }

    private static Path file(DataFolder folder, Digest digest) {
        return folder.blobs()
                .resolve("blobs/sha256")
                .resolve(digest.hex().substring(0, 2))
                .resolve(digest.hex());
    }

    /** Changes one byte of the archive where these characters stand. */
    private void changeInArchive(String characters) throws IOException {
        byte[] tar;
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(file)))) {
            tar = in.readAllBytes();
        }
        int place = new String(tar, StandardCharsets.ISO_8859_1).indexOf(characters);
        assertThat(place).isPositive();
        tar[place] = 'y';
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(tar);
        }
        Files.write(file, out.toByteArray());
    }

    /** Schemas up to date, three workspaces with a webhook each, and 8 MB of events. */
    private static DatabaseAddress filledDatabase() throws SQLException {
        DatabaseAddress database = TemporaryPostgres.shared().newDatabase();
        try (Database modules = open(database)) {
            for (Schema schema : Schema.ALL) {
                modules.migrate(schema.name(), schema.scripts());
            }
        }
        execute(
                database,
                ONE_WORKSPACE_WITH_ITS_WEBHOOK,
                ONE_WORKSPACE_WITH_ITS_WEBHOOK,
                ONE_WORKSPACE_WITH_ITS_WEBHOOK,
                """
                INSERT INTO events.event (id, workspace_id, type, payload, created_at)
                SELECT gen_random_uuid(), (SELECT id FROM events.workspace LIMIT 1), 'order.shipped',
                       '{"filler":"' || repeat('x', 200000) || '"}', now()
                FROM generate_series(1, 40)
                """,
                """
                INSERT INTO registry.activity (at, username, operation, resource_type, resource, repository, tag, succeeded)
                SELECT now(), 'ann', 'login', 'user', 'ann', 'ann', 'N/A', true FROM generate_series(1, 3)
                """,
                """
                INSERT INTO registry.configuration (key, value)
                VALUES ('audit_log_forward_endpoint', '"syslog:514"'), ('skip_audit_log_database', 'true')
                """);
        return database;
    }

    private static Database open(DatabaseAddress address) {
        return new Database(new Database.Settings(address.url(), address.user(), address.password(), 4));
    }

    private static void execute(DatabaseAddress database, String... statements) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static long count(DatabaseAddress database, String table) throws SQLException {
        return Long.parseLong(
                strings(database, "SELECT count(*)::text FROM " + table).getFirst());
    }

    private static List<String> schemas(DatabaseAddress database) throws SQLException {
        return strings(
                database,
                "SELECT nspname::text FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname NOT IN"
                        + " ('information_schema', 'public')");
    }

    /** A digest of the rows of every table. */
    private static Map<String, String> contents(DatabaseAddress database) throws SQLException {
        Map<String, String> contents = new TreeMap<>();
        for (String table : strings(database, """
                SELECT schemaname || '.' || tablename FROM pg_tables
                WHERE schemaname IN ('tenancy', 'events', 'registry') AND tablename <> 'schema_version'
                """)) {
            contents.put(
                    table,
                    strings(
                                    database,
                                    "SELECT count(*) || ' ' || coalesce(md5(string_agg(md5(t::text), '' ORDER BY t::text)),"
                                            + " '') FROM " + table + " t")
                            .getFirst());
        }
        return contents;
    }

    private static List<String> strings(DatabaseAddress database, String sql) throws SQLException {
        List<String> strings = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                strings.add(rows.getString(1));
            }
        }
        return strings;
    }
}

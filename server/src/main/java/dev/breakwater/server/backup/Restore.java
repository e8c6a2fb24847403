package dev.breakwater.server.backup;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.json.Json;
import dev.breakwater.postgres.DatabaseAddress;
import dev.breakwater.registry.blob.BlobStore;
import dev.breakwater.server.DataFolder;
import dev.breakwater.server.Schema;
import dev.breakwater.server.StartException;
import dev.breakwater.server.backup.BackupContents.Entry;
import dev.breakwater.server.backup.BackupContents.Header;
import dev.breakwater.server.backup.BackupContents.Manifest;
import dev.breakwater.server.backup.BackupContents.SchemaVersion;
import dev.breakwater.server.backup.BackupContents.Sequence;
import dev.breakwater.server.backup.BackupContents.Table;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.util.PSQLException;
import tools.jackson.core.JacksonException;

/**
 * Puts a backup back. The schemas are first built as they were when the backup was made; then all rows go in, and the
 * former schemas go away, in one transaction that only commits when the manifest agrees. Whatever happens before that
 * leaves the former state, if need be by {@link ReplacedSchemas#recover} at the next start. Blobs go into the store as
 * they come, and out of it again when the restore fails; those of one that was killed are named by no row, and are garbage
 * that the registry collects.
 */
public final class Restore {

    private static final int LARGEST_DOCUMENT = 64 << 20;

    private final DatabaseAddress address;
    private final DataFolder folder;
    private final BlobStore blobs;
    private final Progress progress;

    public Restore(DatabaseAddress address, DataFolder folder, BlobStore blobs, PrintWriter progress) {
        this.address = address;
        this.folder = folder;
        this.blobs = blobs;
        this.progress = new Progress(progress);
    }

    /**
     * Restores the file.
     *
     * @param force whether an installation that is already there may be replaced
     * @throws StartException when there is one and {@code force} isn't given, when somebody is using it, or when the
     *     file isn't a complete backup that this release can read
     */
    public void read(Path file, boolean force) throws IOException, SQLException {
        try (Connection connection = address.connect()) {
            ReplacedSchemas replaced = new ReplacedSchemas(connection);
            requireUnused(connection);
            replaced.lock();
            replaced.putBack();
            try (InputStream in = Files.newInputStream(file);
                    TarArchiveInputStream archive = new TarArchiveInputStream(
                            new GZIPInputStream(new BufferedInputStream(in, 1 << 16), 1 << 16))) {
                Header header = header(archive);
                requireEmpty(connection, force);
                replace(connection, replaced, header, archive);
            } catch (IOException | JacksonException | PSQLException e) {
                throw new StartException(
                        file + " can't be restored: " + e.getMessage() + "\nNothing has been changed.", e);
            }
        }
        progress.line("Restored " + file + ".");
    }

    private void replace(Connection connection, ReplacedSchemas replaced, Header header, TarArchiveInputStream archive)
            throws IOException, SQLException {
        boolean loaded = false;
        boolean complete = false;
        ArchivedBlobs archived = new ArchivedBlobs(blobs, progress);
        Map<Path, Path> files = new LinkedHashMap<>();
        replaced.setAside();
        try (Database database =
                new Database(new Database.Settings(address.url(), address.user(), address.password(), 4))) {
            for (SchemaVersion schema : header.schemas()) {
                build(database, connection, schema);
            }
            load(connection, header, archive, archived, files);
            replaced.dropIn(connection);
            loaded = true;
            connection.commit();
            complete = true;
            connection.setAutoCommit(true);
            folder.replace(files);
            for (Schema schema : Schema.ALL) {
                database.migrate(schema.name(), schema.scripts());
            }
        } finally {
            if (!complete) {
                // A commit that failed may have happened all the same, and then the blobs are needed.
                if (!loaded) {
                    archived.undo();
                }
                for (Path staged : files.values()) {
                    Files.deleteIfExists(staged);
                }
                replaced.undo();
            }
        }
    }

    private static void build(Database database, Connection connection, SchemaVersion schema) throws SQLException {
        database.migrate(schema.name(), new Schema(schema.name()).scripts(), schema.version());
        Optional<SchemaVersion> built = new Catalog(connection).version(schema.name());
        if (!built.equals(Optional.of(schema))) {
            throw new StartException("The backup's schema " + schema.name() + " has version " + schema.version()
                    + ", which this release does not know. Restore it with a newer release.");
        }
    }

    private static Header header(TarArchiveInputStream archive) throws IOException {
        TarArchiveEntry first = archive.getNextEntry();
        if (first == null || !first.getName().equals(BackupContents.HEADER)) {
            throw new IOException("it does not begin with " + BackupContents.HEADER);
        }
        Header header = Json.mapper().readValue(document(archive), Header.class);
        if (header.format() != BackupContents.FORMAT) {
            throw new StartException("The backup has format " + header.format() + ", this release reads format "
                    + BackupContents.FORMAT + ". Restore it with a newer release.");
        }
        List<String> schemas =
                header.schemas().stream().map(SchemaVersion::name).toList();
        for (Table table : header.tables()) {
            if (!schemas.contains(table.schema())) {
                throw new IOException("its table " + table.sql() + " belongs to none of its schemas");
            }
        }
        for (SchemaVersion schema : header.schemas()) {
            if (Schema.ALL.stream().noneMatch(known -> known.name().equals(schema.name()))) {
                throw new StartException("The backup holds the schema " + schema.name()
                        + ", which this release does not know. Restore it with a newer release.");
            }
        }
        return header;
    }

    /** All but the end of the one transaction; stages files, and notes them by those that they are to become. */
    private void load(
            Connection connection,
            Header header,
            TarArchiveInputStream archive,
            ArchivedBlobs archived,
            Map<Path, Path> files)
            throws IOException, SQLException {
        connection.setAutoCommit(false);
        truncate(connection, header.tables());
        triggers(connection, header.tables(), "DISABLE");
        Map<String, Entry> loaded = new LinkedHashMap<>();
        @Nullable Manifest manifest = null;
        TarArchiveEntry entry = archive.getNextEntry();
        while (entry != null && manifest == null) {
            String name = entry.getName();
            if (name.equals(BackupContents.MANIFEST)) {
                manifest = Json.mapper().readValue(document(archive), Manifest.class);
            } else if (name.startsWith(BackupContents.FILES)) {
                byte[] content = document(archive);
                Path kept = kept(name);
                files.put(kept, folder.stage(kept, content));
                Sum sum = new Sum();
                sum.add(content, content.length);
                loaded.put(name, sum.entry(name, 0));
                entry = archive.getNextEntry();
            } else if (name.startsWith(BackupContents.TABLES)) {
                Table table = table(header, name);
                TableReader rows = new TableReader(table, archive, entry);
                Entry result = copy(connection.unwrap(PGConnection.class), table, rows);
                loaded.put(result.name(), result);
                progress.done(table, result);
                entry = rows.following();
            } else if (name.startsWith(BackupContents.BLOBS)) {
                archived.read(name, archive);
                entry = archive.getNextEntry();
            } else {
                throw new IOException("unknown entry " + name);
            }
        }
        if (manifest == null) {
            throw new IOException("it ends too early");
        }
        archived.entry().ifPresent(entryOfBlobs -> loaded.put(entryOfBlobs.name(), entryOfBlobs));
        requireSame(manifest.entries(), loaded);
        for (Sequence sequence : manifest.sequences()) {
            set(connection, sequence);
        }
        triggers(connection, header.tables(), "ENABLE");
    }

    private Entry copy(PGConnection connection, Table table, TableReader rows) throws IOException, SQLException {
        CopyIn copy = connection
                .getCopyAPI()
                .copyIn("COPY " + table.sql() + " (" + table.sqlColumns() + ") FROM STDIN (FORMAT binary)");
        Sum sum = new Sum();
        try {
            byte[] buffer = new byte[1 << 16];
            for (int read; (read = rows.read(buffer)) >= 0; ) {
                sum.add(buffer, read);
                copy.writeToCopy(buffer, 0, read);
                progress.underWay(table.title(), sum.bytes());
            }
            long count = copy.endCopy();
            return sum.entry(table.folder(), count);
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private Path kept(String entryName) throws IOException {
        for (Path kept : folder.keptFiles()) {
            if (entryName.equals(BackupContents.FILES + kept.getFileName())) {
                return kept;
            }
        }
        throw new IOException("unknown file in entry " + entryName);
    }

    private static Table table(Header header, String entryName) throws IOException {
        for (Table table : header.tables()) {
            if (entryName.startsWith(table.folder())) {
                return table;
            }
        }
        throw new IOException("unknown table in entry " + entryName);
    }

    private static void truncate(Connection connection, List<Table> tables) throws SQLException {
        // Migrations may have put rows of their own into the tables.
        try (Statement statement = connection.createStatement()) {
            statement.execute("TRUNCATE "
                    + String.join(", ", tables.stream().map(Table::sql).toList()));
        }
    }

    /** Rows come back as they were: what triggers do to a new row was done to them when they were new. */
    private static void triggers(Connection connection, List<Table> tables, String change) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (Table table : tables) {
                statement.execute("ALTER TABLE " + table.sql() + " " + change + " TRIGGER USER");
            }
        }
    }

    private static void set(Connection connection, Sequence sequence) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT setval(format('%I.%I', ?, ?)::regclass, ?, ?)")) {
            statement.setString(1, sequence.schema());
            statement.setString(2, sequence.name());
            statement.setLong(3, sequence.value());
            statement.setBoolean(4, sequence.called());
            statement.execute();
        }
    }

    private static void requireSame(List<Entry> expected, Map<String, Entry> loaded) throws IOException {
        if (!Map.copyOf(loaded).equals(byName(expected))) {
            List<String> wrong = expected.stream()
                    .filter(entry -> !entry.equals(loaded.get(entry.name())))
                    .map(Entry::name)
                    .toList();
            throw new IOException("its contents do not agree with its manifest: " + wrong);
        }
    }

    private static Map<String, Entry> byName(List<Entry> entries) {
        Map<String, Entry> byName = new LinkedHashMap<>();
        entries.forEach(entry -> byName.put(entry.name(), entry));
        return byName;
    }

    private static void requireUnused(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND application_name LIKE 'breakwater%'")) {
            rows.next();
            if (rows.getLong(1) > 0) {
                throw new StartException("A Breakwater is using this database. Stop it first.");
            }
        }
    }

    private static void requireEmpty(Connection connection, boolean force) throws SQLException {
        if (force) {
            return;
        }
        List<String> schemas = Schema.ALL.stream().map(Schema::name).toList();
        for (Table table : new Catalog(connection).tables(schemas)) {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT 1 FROM " + table.sql() + " LIMIT 1")) {
                if (rows.next()) {
                    throw new StartException("The database is not empty: there are rows in " + table.sql()
                            + ". Choose another data.dir or database, or replace everything with --force.");
                }
            }
        }
    }

    private static byte[] document(InputStream entry) throws IOException {
        byte[] content = entry.readNBytes(LARGEST_DOCUMENT + 1);
        if (content.length > LARGEST_DOCUMENT) {
            throw new IOException("an entry is too large");
        }
        return content;
    }
}

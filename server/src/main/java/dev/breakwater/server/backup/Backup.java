package dev.breakwater.server.backup;

import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.postgres.DatabaseAddress;
import dev.breakwater.registry.blob.BlobStore;
import dev.breakwater.server.DataFolder;
import dev.breakwater.server.Schema;
import dev.breakwater.server.StartException;
import dev.breakwater.server.backup.BackupContents.Entry;
import dev.breakwater.server.backup.BackupContents.SchemaVersion;
import dev.breakwater.server.backup.BackupContents.Table;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Writes an installation into one file while it goes on working: all tables as they stand in one moment, the
 * keys, and the blobs. The file appears under its name only when it is complete, and only its owner can
 * read it, for it holds the key to all secrets.
 */
public final class Backup {

    private static final int PIECE = 4 << 20;

    private final DatabaseAddress database;
    private final DataFolder folder;
    private final Optional<BlobStore> blobs;
    private final TimeSource time;
    private final Progress progress;

    /**
     * Prepares a backup.
     *
     * @param blobs empty when they don't belong into the file
     */
    public Backup(
            DatabaseAddress database,
            DataFolder folder,
            Optional<BlobStore> blobs,
            TimeSource time,
            PrintWriter progress) {
        this.database = database;
        this.folder = folder;
        this.blobs = blobs;
        this.time = time;
        this.progress = new Progress(progress);
    }

    /** Throws {@link StartException} when the file exists or there is nothing to back up. */
    public void write(Path file) throws IOException, SQLException {
        if (Files.exists(file)) {
            throw new StartException(file + " exists already; choose another name.");
        }
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        Files.deleteIfExists(unfinished);
        try {
            Files.createFile(
                    unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try (OutputStream out = Files.newOutputStream(unfinished);
                    ArchiveWriter archive = new ArchiveWriter(out)) {
                write(archive);
            }
            try (FileChannel written = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
                written.force(true);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
        progress.line("Wrote %s, %,d bytes.".formatted(file, Files.size(file)));
    }

    private void write(ArchiveWriter archive) throws IOException, SQLException {
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            Catalog catalog = new Catalog(connection);
            List<SchemaVersion> schemas = versions(catalog);
            List<String> names = schemas.stream().map(SchemaVersion::name).toList();
            List<Table> tables = catalog.tables(names);
            archive.header(new BackupContents.Header(BackupContents.FORMAT, time.instant(), schemas, tables));
            for (Path kept : folder.keptFiles()) {
                if (Files.exists(kept)) {
                    archive.file(BackupContents.FILES + kept.getFileName(), Files.readAllBytes(kept));
                }
            }
            PGConnection postgres = connection.unwrap(PGConnection.class);
            for (Table table : tables) {
                Entry entry = copy(postgres, table, archive);
                archive.add(entry);
                progress.done(table, entry);
            }
            // After the rows: a sequence may be ahead of the snapshot, but never behind it.
            List<BackupContents.Sequence> sequences = catalog.sequences(names);
            if (blobs.isPresent()) {
                new ArchivedBlobs(blobs.get(), progress).write(archive);
            }
            archive.manifest(sequences);
            connection.rollback();
        }
    }

    private static List<SchemaVersion> versions(Catalog catalog) throws SQLException {
        List<SchemaVersion> versions = new ArrayList<>();
        for (Schema schema : Schema.ALL) {
            catalog.version(schema.name()).ifPresent(versions::add);
        }
        if (versions.isEmpty()) {
            throw new StartException("There is nothing to back up: the database is empty.");
        }
        return versions;
    }

    private Entry copy(PGConnection connection, Table table, ArchiveWriter archive) throws IOException, SQLException {
        CopyOut rows = connection
                .getCopyAPI()
                .copyOut("COPY (SELECT " + table.sqlColumns() + " FROM " + table.sql() + ") TO STDOUT (FORMAT binary)");
        Sum sum = new Sum();
        byte[] piece = new byte[PIECE];
        int filled = 0;
        int pieces = 0;
        for (byte[] row; (row = rows.readFromCopy()) != null; ) {
            sum.add(row, row.length);
            for (int taken = 0; taken < row.length; ) {
                int step = Math.min(row.length - taken, PIECE - filled);
                System.arraycopy(row, taken, piece, filled, step);
                taken += step;
                filled += step;
                if (filled == PIECE) {
                    archive.piece(table.folder(), pieces++, piece, filled);
                    filled = 0;
                    progress.underWay(table.title(), sum.bytes());
                }
            }
        }
        archive.piece(table.folder(), pieces, piece, filled);
        return sum.entry(table.folder(), rows.getHandledRowCount());
    }
}

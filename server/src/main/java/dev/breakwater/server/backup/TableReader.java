package dev.breakwater.server.backup;

import dev.breakwater.server.backup.BackupContents.Table;
import java.io.IOException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/** Reads the consecutive pieces of one table as one stream of bytes. */
final class TableReader {

    private final Table table;
    private final TarArchiveInputStream archive;
    private int piece;

    /** The piece being read, later the first entry that is none of this table's. */
    private @Nullable TarArchiveEntry entry;

    TableReader(Table table, TarArchiveInputStream archive, TarArchiveEntry first) throws IOException {
        this.table = table;
        this.archive = archive;
        this.entry = first;
        requireInOrder(first);
    }

    /** Fills some of the buffer; -1 after the last piece. */
    int read(byte[] buffer) throws IOException {
        while (entry != null && entry.getName().startsWith(table.folder())) {
            int read = archive.read(buffer);
            if (read >= 0) {
                return read;
            }
            entry = archive.getNextEntry();
            if (entry != null && entry.getName().startsWith(table.folder())) {
                piece++;
                requireInOrder(entry);
            }
        }
        return -1;
    }

    /** The entry after the last piece, null at the end of the archive. */
    @Nullable
    TarArchiveEntry following() {
        return entry;
    }

    private void requireInOrder(TarArchiveEntry current) throws IOException {
        if (!current.getName().equals(table.folder() + "%06d".formatted(piece))) {
            throw new IOException("piece " + piece + " of " + table.sql() + " is missing");
        }
    }
}

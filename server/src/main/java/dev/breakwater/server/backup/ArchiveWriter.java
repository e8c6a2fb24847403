package dev.breakwater.server.backup;

import dev.breakwater.kernel.json.Json;
import dev.breakwater.server.backup.BackupContents.Entry;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Writes the archive and notes what went into it. */
final class ArchiveWriter implements AutoCloseable {

    private final TarArchiveOutputStream tar;
    private final List<Entry> entries = new ArrayList<>();

    ArchiveWriter(OutputStream out) throws IOException {
        tar = new TarArchiveOutputStream(new BufferedOutputStream(new FastGzip(out), 1 << 16));
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    }

    void header(BackupContents.Header header) throws IOException {
        put(BackupContents.HEADER, Json.write(header));
    }

    /** A file that fits into memory. */
    void file(String name, byte[] content) throws IOException {
        Sum sum = new Sum();
        sum.add(content, content.length);
        put(name, content);
        entries.add(sum.entry(name, 0));
    }

    /** A blob; {@code sum} is kept by the caller. */
    void blob(String name, long size, InputStream content, Sum sum) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(size);
        tar.putArchiveEntry(entry);
        byte[] buffer = new byte[1 << 16];
        for (int read; (read = content.read(buffer)) >= 0; ) {
            tar.write(buffer, 0, read);
            sum.add(buffer, read);
        }
        tar.closeArchiveEntry();
    }

    /** One piece of something longer; its digest is kept by the caller. */
    void piece(String folder, int number, byte[] content, int length) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(folder + "%06d".formatted(number));
        entry.setSize(length);
        tar.putArchiveEntry(entry);
        tar.write(content, 0, length);
        tar.closeArchiveEntry();
    }

    void add(Entry entry) {
        entries.add(entry);
    }

    /** Ends the archive. */
    void manifest(List<BackupContents.Sequence> sequences) throws IOException {
        put(BackupContents.MANIFEST, Json.write(new BackupContents.Manifest(entries, sequences)));
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }

    private void put(String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    /** The fastest level: a backup should not starve the server beside it. */
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, 1 << 16);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}

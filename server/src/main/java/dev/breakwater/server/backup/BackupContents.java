package dev.breakwater.server.backup;

import java.time.Instant;
import java.util.List;

/**
 * The file format: a gzip-compressed tar archive. {@code header.json} comes first and says what is needed to read the
 * rest; then the key files, the rows of each table in PostgreSQL's binary COPY format, cut into numbered pieces
 * because tar wants sizes in advance, and the blobs, each under its digest; {@code manifest.json} comes last and vouches
 * for all of it, for the blobs with one entry, because there may be millions.
 */
final class BackupContents {

    static final int FORMAT = 1;
    static final String HEADER = "header.json";
    static final String MANIFEST = "manifest.json";
    static final String FILES = "files/";
    static final String TABLES = "tables/";
    static final String BLOBS = "blobs/";

    private BackupContents() {}

    /**
     * What comes first.
     *
     * @param format the version of this very format
     * @param createdAt when the snapshot was taken
     * @param schemas the modules' schemas with their versions, in the order of creation
     * @param tables every table in an order in which no row refers to a table that comes later
     */
    record Header(int format, Instant createdAt, List<SchemaVersion> schemas, List<Table> tables) {}

    /** A schema with its last migration. */
    record SchemaVersion(String name, String version) {}

    /** A table with the columns whose values are kept. */
    record Table(String schema, String name, List<String> columns) {

        /** As it is named in SQL; the names come from our own migrations or have been checked. */
        String sql() {
            return quote(schema) + "." + quote(name);
        }

        String sqlColumns() {
            return String.join(", ", columns.stream().map(Table::quote).toList());
        }

        /** The archive folder of its pieces. */
        String folder() {
            return TABLES + schema + "." + name + "/";
        }

        /** As a person is told about it. */
        String title() {
            return schema + "." + name;
        }

        private static String quote(String identifier) {
            return '"' + identifier.replace("\"", "\"\"") + '"';
        }
    }

    /** What comes last. */
    record Manifest(List<Entry> entries, List<Sequence> sequences) {}

    /** A table, file or key: how much of it there is, and its SHA-256 in hexadecimal. */
    record Entry(String name, long rows, long bytes, String sha256) {}

    /** Where a sequence stands. */
    record Sequence(String schema, String name, long value, boolean called) {}
}

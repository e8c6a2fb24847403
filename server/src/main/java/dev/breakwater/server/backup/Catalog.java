package dev.breakwater.server.backup;

import dev.breakwater.server.backup.BackupContents.SchemaVersion;
import dev.breakwater.server.backup.BackupContents.Sequence;
import dev.breakwater.server.backup.BackupContents.Table;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What PostgreSQL says about the modules' schemas. */
final class Catalog {

    /** Flyway's own table says which migrations have run; a restore runs them itself. */
    private static final String HISTORY = "schema_version";

    private final Connection connection;

    Catalog(Connection connection) {
        this.connection = connection;
    }

    /** The last migration of a schema; empty when the schema doesn't exist. */
    Optional<SchemaVersion> version(String schema) throws SQLException {
        if (!exists(schema, HISTORY)) {
            return Optional.empty();
        }
        try (PreparedStatement statement = connection.prepareStatement("SELECT version FROM " + schema + "." + HISTORY
                        + " WHERE version IS NOT NULL AND success ORDER BY installed_rank DESC LIMIT 1");
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? Optional.of(new SchemaVersion(schema, rows.getString(1))) : Optional.empty();
        }
    }

    /** All tables of the schemas, each after the tables that its rows refer to. */
    List<Table> tables(List<String> schemas) throws SQLException {
        List<Table> unsorted = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT n.nspname, c.relname,
                       array(SELECT a.attname::text FROM pg_attribute a
                             WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
                             ORDER BY a.attnum)
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = ANY (?) AND c.relkind IN ('r', 'p') AND NOT c.relispartition
                  AND c.relpersistence = 'p' AND c.relname <> ?
                ORDER BY 1, 2
                """)) {
            statement.setArray(1, textArray(schemas));
            statement.setString(2, HISTORY);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    unsorted.add(new Table(rows.getString(1), rows.getString(2), strings(rows.getArray(3))));
                }
            }
        }
        return sorted(unsorted, references(schemas));
    }

    /** Where the sequences of the schemas stand. */
    List<Sequence> sequences(List<String> schemas) throws SQLException {
        List<Sequence> sequences = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT schemaname, sequencename, coalesce(last_value, start_value), last_value IS NOT NULL
                FROM pg_sequences WHERE schemaname = ANY (?) ORDER BY 1, 2
                """)) {
            statement.setArray(1, textArray(schemas));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    sequences.add(
                            new Sequence(rows.getString(1), rows.getString(2), rows.getLong(3), rows.getBoolean(4)));
                }
            }
        }
        return sequences;
    }

    boolean exists(String schema) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT 1 FROM pg_namespace WHERE nspname = ?")) {
            statement.setString(1, schema);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private boolean exists(String schema, String table) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT 1 FROM pg_tables WHERE schemaname = ? AND tablename = ?")) {
            statement.setString(1, schema);
            statement.setString(2, table);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private record Reference(String fromSchema, String from, String toSchema, String to) {

        boolean leads(Table table) {
            return fromSchema.equals(table.schema()) && from.equals(table.name());
        }

        boolean reaches(Table table) {
            return toSchema.equals(table.schema()) && to.equals(table.name());
        }
    }

    private List<Reference> references(List<String> schemas) throws SQLException {
        List<Reference> references = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT fn.nspname, f.relname, tn.nspname, t.relname
                FROM pg_constraint k
                JOIN pg_class f ON f.oid = k.conrelid JOIN pg_namespace fn ON fn.oid = f.relnamespace
                JOIN pg_class t ON t.oid = k.confrelid JOIN pg_namespace tn ON tn.oid = t.relnamespace
                WHERE k.contype = 'f' AND fn.nspname = ANY (?) AND k.conrelid <> k.confrelid
                """)) {
            statement.setArray(1, textArray(schemas));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    references.add(
                            new Reference(rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4)));
                }
            }
        }
        return references;
    }

    private static List<Table> sorted(List<Table> tables, List<Reference> references) {
        Set<Table> sorted = new LinkedHashSet<>();
        while (sorted.size() < tables.size()) {
            List<Table> free = tables.stream()
                    .filter(table -> !sorted.contains(table))
                    .filter(table -> references.stream()
                            .filter(reference -> reference.leads(table))
                            .allMatch(reference -> sorted.stream().anyMatch(reference::reaches)))
                    .toList();
            if (free.isEmpty()) {
                throw new IllegalStateException("The tables refer to each other in a circle");
            }
            sorted.addAll(free);
        }
        return List.copyOf(sorted);
    }

    private Array textArray(List<String> values) throws SQLException {
        return connection.createArrayOf("text", values.toArray());
    }

    private static List<String> strings(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }
}

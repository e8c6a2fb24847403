package dev.breakwater.bench.target;

import dev.breakwater.postgres.DatabaseAddress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What PostgreSQL says of itself, durability above all. */
public final class DatabaseFacts {

    private DatabaseFacts() {}

    /** Version and durable settings in one line. */
    public static String of(DatabaseAddress address) throws SQLException {
        try (Connection connection = address.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT 'version ' || current_setting('server_version')
                            || ', fsync ' || current_setting('fsync')
                            || ', synchronous_commit ' || current_setting('synchronous_commit')
                            || ', full_page_writes ' || current_setting('full_page_writes')
                            || ', wal_sync_method ' || current_setting('wal_sync_method')
                            || ', shared_buffers ' || current_setting('shared_buffers')
                        """)) {
            row.next();
            return row.getString(1);
        }
    }
}

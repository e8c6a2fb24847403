package dev.breakwater.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Where a database is reached over JDBC, and as whom. {@link #toString()} leaves the password out. */
public record DatabaseAddress(String url, String user, String password) {

    /** Opens one connection that belongs to the caller. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }

    @Override
    public String toString() {
        return url + " as " + user;
    }
}

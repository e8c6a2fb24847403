package dev.breakwater.server.config;

/** An external PostgreSQL. {@link #toString()} leaves the password out. */
public record DatabaseConfig(String url, String user, String password) {

    @Override
    public String toString() {
        return url + " as " + user;
    }
}

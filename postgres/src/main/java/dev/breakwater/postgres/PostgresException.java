package dev.breakwater.postgres;

/** The embedded PostgreSQL can't be started or reached; the message tells the operator what to do about it. */
public final class PostgresException extends RuntimeException {

    public PostgresException(String message) {
        super(message);
    }

    public PostgresException(String message, Throwable cause) {
        super(message, cause);
    }
}

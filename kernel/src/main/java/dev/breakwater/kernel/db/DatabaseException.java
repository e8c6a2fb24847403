package dev.breakwater.kernel.db;

/** A statement failed for a reason that trying again does not mend: a fault of ours, not of the caller. */
public final class DatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** For those who may not throw {@link java.sql.SQLException} on; {@link Database} makes of it what the cause means. */
    public DatabaseException(Exception cause) {
        super(cause);
    }
}

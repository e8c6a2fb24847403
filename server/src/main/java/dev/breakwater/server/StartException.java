package dev.breakwater.server;

/** A command can't do its work for a reason that the operator can mend; the message says how. */
public final class StartException extends RuntimeException {

    public StartException(String message) {
        super(message);
    }

    public StartException(String message, Throwable cause) {
        super(message, cause);
    }
}

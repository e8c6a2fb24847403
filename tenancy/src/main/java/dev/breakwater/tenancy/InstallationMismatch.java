package dev.breakwater.tenancy;

/** The installation key and the database belong to different installations. The message tells what to do. */
public final class InstallationMismatch extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** With the cause that shows it. */
    public InstallationMismatch(String message, Throwable cause) {
        super(message, cause);
    }
}

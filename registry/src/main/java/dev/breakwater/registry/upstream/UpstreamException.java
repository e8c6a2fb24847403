package dev.breakwater.registry.upstream;

import java.io.IOException;

/** A registry elsewhere did not do what it was asked for. The message is fit for users and holds no secret. */
public final class UpstreamException extends IOException {

    private static final long serialVersionUID = 1;

    private final Reason reason;

    /** Why it did not. */
    public enum Reason {
        /** No connection came about, or it broke. */
        UNREACHABLE,
        /** It has an address that must not be reached. */
        BLOCKED,
        /** Its certificate is not trusted. */
        UNTRUSTED,
        /** It does not know the caller, or wants to know more. */
        UNAUTHORIZED,
        /** It knows the caller, who may not. */
        DENIED,
        /** It has no such thing. */
        NOT_FOUND,
        /** It has been asked too often. */
        BUSY,
        /** It takes the request for a wrong one. */
        REFUSED,
        /** It fails, or answers something that makes no sense. */
        BROKEN
    }

    /** With a cause. */
    public UpstreamException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Without a cause. */
    UpstreamException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }

    /** Whether it may well work later, and what is known of the registry still counts until then. */
    public boolean isOutage() {
        return switch (reason) {
            case UNREACHABLE, UNTRUSTED, BUSY, BROKEN -> true;
            case BLOCKED, UNAUTHORIZED, DENIED, NOT_FOUND, REFUSED -> false;
        };
    }

    /** The failure that an HTTP status tells of. */
    static UpstreamException of(int status, String what) {
        Reason reason = switch (status) {
            case 401 -> Reason.UNAUTHORIZED;
            case 403 -> Reason.DENIED;
            case 404 -> Reason.NOT_FOUND;
            case 429 -> Reason.BUSY;
            default -> status >= 400 && status < 500 ? Reason.REFUSED : Reason.BROKEN;
        };
        return new UpstreamException(reason, "the registry answered %d to %s".formatted(status, what));
    }
}

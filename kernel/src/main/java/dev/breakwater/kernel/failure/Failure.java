package dev.breakwater.kernel.failure;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong with a request, in the terms all surfaces share. Handlers and services throw it; the surface
 * alone turns it into its wire form. The message is meant for the caller: it names what was wrong and what to do,
 * and never holds a secret.
 */
public abstract sealed class Failure extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;
    private final @Nullable String code;
    private final @Nullable String param;
    private final transient List<String> details;

    private Failure(int status, @Nullable String code, @Nullable String param, String message) {
        this(status, code, param, message, List.of());
    }

    private Failure(int status, @Nullable String code, @Nullable String param, String message, List<String> details) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.param = param;
        this.details = List.copyOf(details);
    }

    /** The HTTP status that this kind of failure has on every surface. */
    public int status() {
        return status;
    }

    /** A machine-readable code more specific than the kind, when there is one. */
    public @Nullable String code() {
        return code;
    }

    /** The offending field or parameter, when there is one. */
    public @Nullable String param() {
        return param;
    }

    /** The things that are wrong, one by one, where the request may have several; empty for all others. */
    public List<String> details() {
        return details;
    }

    /** The message for the caller. */
    public String explanation() {
        return String.valueOf(getMessage());
    }

    /** The request itself is wrong: 400. */
    public static final class Invalid extends Failure {
        private static final long serialVersionUID = 1;

        /** A wrong request as a whole. */
        public Invalid(String message) {
            super(400, null, null, message);
        }

        /** A wrong field or parameter. */
        public Invalid(String param, String message) {
            super(400, null, param, message);
        }

        private Invalid(@Nullable String code, List<String> details, String message) {
            super(400, code, null, message, details);
        }

        /** A wrong request told apart by its code. */
        public static Invalid coded(String code, String message) {
            return new Invalid(code, List.of(), message);
        }

        /** A wrong request told apart by its code, with each of the things that are wrong. */
        public static Invalid coded(String code, String message, List<String> details) {
            return new Invalid(code, details, message);
        }
    }

    /** Nobody, or nobody we know, is calling: 401. */
    public static final class Unauthenticated extends Failure {
        private static final long serialVersionUID = 1;

        /** The message says the same for every cause, so that nothing leaks. */
        public Unauthenticated(String message) {
            super(401, null, null, message);
        }

        /** A refusal told apart by its code. */
        public Unauthenticated(String code, String message) {
            super(401, code, null, message);
        }
    }

    /** The caller is known and may not: 403. */
    public static final class Forbidden extends Failure {
        private static final long serialVersionUID = 1;

        /** A missing permission. */
        public Forbidden(String message) {
            super(403, null, null, message);
        }

        /** Another reason than a missing permission, told apart by its code. */
        public Forbidden(String code, String message) {
            super(403, code, null, message);
        }
    }

    /** The resource does not exist for this caller: 404. */
    public static final class NotFound extends Failure {
        private static final long serialVersionUID = 1;

        /** Also the answer for resources of other tenants. */
        public NotFound(String message) {
            super(404, null, null, message);
        }

        /** A missing resource of a kind that is told apart by its code. */
        public NotFound(String code, String message) {
            super(404, code, null, message);
        }
    }

    /** The path exists, the method does not: 405. */
    public static final class MethodNotAllowed extends Failure {
        private static final long serialVersionUID = 1;

        private final transient List<String> allowed;

        /** With the methods that do exist. */
        public MethodNotAllowed(String message, List<String> allowed) {
            super(405, null, null, message);
            this.allowed = List.copyOf(allowed);
        }

        /** The methods of the path, for the {@code Allow} header. */
        public List<String> allowed() {
            return allowed;
        }
    }

    /** The request took too long to arrive: 408. */
    public static final class TooSlow extends Failure {
        private static final long serialVersionUID = 1;

        /** The connection is closed after it. */
        public TooSlow(String message) {
            super(408, null, null, message);
        }
    }

    /** The request contradicts what is already there: 409. */
    public static final class Conflict extends Failure {
        private static final long serialVersionUID = 1;

        /** A conflict without a finer code. */
        public Conflict(String message) {
            super(409, null, null, message);
        }

        /** A conflict told apart by its code. */
        public Conflict(String code, String message) {
            super(409, code, null, message);
        }
    }

    /** The resource is in a state that does not allow it: 412. */
    public static final class Precondition extends Failure {
        private static final long serialVersionUID = 1;

        /** The message names the state. */
        public Precondition(String message) {
            super(412, null, null, message);
        }

        /** A state told apart by its code. */
        public Precondition(String code, String message) {
            super(412, code, null, message);
        }
    }

    /** The range does not fit the resource: 416. */
    public static final class WrongRange extends Failure {
        private static final long serialVersionUID = 1;

        /** The message names what would fit. */
        public WrongRange(String message) {
            super(416, null, null, message);
        }
    }

    /** A value of the request cannot be processed: 422. */
    public static final class Unprocessable extends Failure {
        private static final long serialVersionUID = 1;

        /** The message names the value. */
        public Unprocessable(String message) {
            super(422, null, null, message);
        }
    }

    /** The body, or a part of it, exceeds its limit: 413. */
    public static final class TooLarge extends Failure {
        private static final long serialVersionUID = 1;

        /** {@code param} names the part that is too large, null for the whole body. */
        public TooLarge(@Nullable String param, String message) {
            super(413, null, param, message);
        }
    }

    /** The target of the request asks for too much at once: 414. */
    public static final class TooLong extends Failure {
        private static final long serialVersionUID = 1;

        /** The message names the limit. */
        public TooLong(String message) {
            super(414, null, null, message);
        }
    }

    /** The body is not of a type the surface reads: 415. */
    public static final class UnsupportedMediaType extends Failure {
        private static final long serialVersionUID = 1;

        /** The message names the type that is read. */
        public UnsupportedMediaType(String message) {
            super(415, null, null, message);
        }
    }

    /** The caller has used up its allowance: 429. */
    public static final class TooManyRequests extends Failure {
        private static final long serialVersionUID = 1;

        private final Duration retryAfter;

        /** {@code retryAfter}: how long until the same request would pass. */
        public TooManyRequests(Duration retryAfter, String message) {
            super(429, null, null, message);
            this.retryAfter = retryAfter;
        }

        /** How long until the same request would pass. */
        public Duration retryAfter() {
            return retryAfter;
        }
    }

    /** Our own fault: 500. The cause stays in the log. */
    public static final class Internal extends Failure {
        private static final long serialVersionUID = 1;

        /** Without any detail. */
        public Internal(String message) {
            super(500, null, null, message);
        }
    }

    /** The medium is full, nothing was lost, and it works again when there is room: 507. */
    public static final class NoRoom extends Failure {
        private static final long serialVersionUID = 1;

        /** The message names the medium. */
        public NoRoom(String message) {
            super(507, null, null, message);
        }
    }

    /** The service cannot do it now and can later: 503. */
    public static final class Unavailable extends Failure {
        private static final long serialVersionUID = 1;

        private final Duration retryAfter;

        /** {@code retryAfter}: when it is worth trying again. */
        public Unavailable(Duration retryAfter, String message) {
            super(503, null, null, message);
            this.retryAfter = retryAfter;
        }

        /** When it is worth trying again. */
        public Duration retryAfter() {
            return retryAfter;
        }
    }
}

package dev.breakwater.registry.classic.dialect;

import dev.breakwater.kernel.failure.Failure;
import java.time.Duration;

/** The refusals of the 2017 API, in the two forms of its dialect (registry.md 1.1). */
public final class Refusal {

    private static final Duration A_MOMENT = Duration.ofSeconds(5);

    private Refusal() {}

    /** 400, form E1. */
    public static Failure invalid(String text) {
        return Failure.Invalid.coded(ClassicDialect.LINE, text);
    }

    /** 400, form E2. */
    public static Failure invalidPlain(String text) {
        return Failure.Invalid.coded(ClassicDialect.PLAIN, text);
    }

    /** 400 for a body that cannot be read. */
    public static Failure unreadable() {
        return invalidPlain("Invalid json request");
    }

    /** 401 for a caller who needs to be known, form E1 without a text. */
    public static Failure unknownCaller() {
        return new Failure.Unauthenticated(ClassicDialect.LINE, "");
    }

    /** 401 for a wrong password at the sign-in, form E2 without a text. */
    public static Failure wrongCredentials() {
        return new Failure.Unauthenticated(ClassicDialect.PLAIN, "");
    }

    /** 401 that another registry gave, form E2. */
    public static Failure refusedElsewhere(String text) {
        return new Failure.Unauthenticated(ClassicDialect.PLAIN, text);
    }

    /** 403 for a caller who is known and may not, form E1 without a text. */
    public static Failure notPermitted() {
        return forbidden("");
    }

    /** 403, form E1. */
    public static Failure forbidden(String text) {
        return new Failure.Forbidden(ClassicDialect.LINE, text);
    }

    /** 403, form E2. */
    public static Failure forbiddenPlain(String text) {
        return new Failure.Forbidden(ClassicDialect.PLAIN, text);
    }

    /** 404, form E1. */
    public static Failure notFound(String text) {
        return new Failure.NotFound(ClassicDialect.LINE, text);
    }

    /** 404, form E2. */
    public static Failure notFoundPlain(String text) {
        return new Failure.NotFound(ClassicDialect.PLAIN, text);
    }

    /** 404 for a path that fits no route. */
    static Failure noPage() {
        return notFound("page not found");
    }

    /** 409, form E1. */
    public static Failure conflict(String text) {
        return new Failure.Conflict(ClassicDialect.LINE, text);
    }

    /** 409, form E2. */
    public static Failure conflictPlain(String text) {
        return new Failure.Conflict(ClassicDialect.PLAIN, text);
    }

    /** 412, form E1. */
    public static Failure precondition(String text) {
        return new Failure.Precondition(ClassicDialect.LINE, text);
    }

    /** 412, form E2. */
    public static Failure preconditionPlain(String text) {
        return new Failure.Precondition(ClassicDialect.PLAIN, text);
    }

    /** 503 while there is no scanner, form E1 without a text. */
    public static Failure noScanner() {
        return new Failure.Unavailable(A_MOMENT, "");
    }
}

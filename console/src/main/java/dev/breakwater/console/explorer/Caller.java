package dev.breakwater.console.explorer;

/**
 * A way to say who is calling.
 *
 * @param kind how it is sent
 * @param label for people
 * @param variable that holds the secret in commands; empty when there is none
 */
public record Caller(Kind kind, String label, String variable) {

    /** How a caller is named. */
    public enum Kind {
        /** A key or token in a header. */
        BEARER,
        /** A name and a password. */
        BASIC,
        /** Not at all. */
        NOBODY
    }
}

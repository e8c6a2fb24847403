package dev.breakwater.registry.repository;

import java.util.Optional;

/**
 * The name of a repository: at least two parts between slashes, the first of which is its project (registry.md 2.1).
 *
 * @param project the first part
 * @param rest all that follows the first slash
 */
public record RepositoryName(String project, String rest) {

    /** The most characters of a name; with a host name before it, clients count to 255. */
    public static final int LONGEST = 255;

    /** Reads a whole name; empty when it breaks the grammar, is too long, or has one part only. */
    public static Optional<RepositoryName> parse(String text) {
        int slash = text.indexOf('/');
        return slash < 0 || !isWellFormed(text)
                ? Optional.empty()
                : Optional.of(new RepositoryName(text.substring(0, slash), text.substring(slash + 1)));
    }

    /** Whether a text keeps to the grammar of names, be it of one part only. */
    public static boolean isWellFormed(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return false;
        }
        int at = 0;
        while (true) {
            int end = part(text, at);
            if (end < 0) {
                return false;
            }
            if (end == text.length()) {
                return true;
            }
            at = end + 1;
        }
    }

    /**
     * The end of the part that begins here, at a slash or the end of the text; negative when it is not sound: groups of
     * lower-case letters and digits, between two of them one dot, one or two underscores, or any number of hyphens.
     */
    private static int part(String text, int start) {
        int at = start;
        while (true) {
            int group = at;
            while (at < text.length() && isAlphanumeric(text.charAt(at))) {
                at++;
            }
            if (at == group) {
                return -1;
            }
            if (at == text.length() || text.charAt(at) == '/') {
                return at;
            }
            int separator = separator(text, at);
            if (separator == 0) {
                return -1;
            }
            at += separator;
        }
    }

    /** How many characters of a separator stand here; 0 for none. */
    private static int separator(String text, int at) {
        char c = text.charAt(at);
        if (c == '.') {
            return 1;
        }
        int most = c == '_' ? 2 : c == '-' ? text.length() : 0;
        int count = 0;
        while (count < most && at + count < text.length() && text.charAt(at + count) == c) {
            count++;
        }
        return count;
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }

    /** The whole name. */
    @Override
    public String toString() {
        return project + "/" + rest;
    }
}

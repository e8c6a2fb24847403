package dev.breakwater.registry.classic.user;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the 2017 API asks of users, in its order and words (registry.md 1.12); empty when all is well. */
final class UserRules {

    private static final int LONGEST_USERNAME = 20;
    private static final int SHORTEST_PASSWORD = 8;
    private static final int LONGEST_PASSWORD = 128;
    private static final int LONGEST_EMAIL = 255;
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_COMMENT = 30;
    private static final Pattern EMAIL =
            Pattern.compile("[^<>()\\[\\].,;:\\s@\"]+(\\.[^<>()\\[\\].,;:\\s@\"]+)*@([a-zA-Z0-9-]+\\.)+[a-zA-Z]{2,}");
    private static final String FORBIDDEN = ",~#$%";

    private UserRules() {}

    /** What is wrong with somebody who wants to register. */
    static Optional<String> registration(String username, String password, String email, String name, String comment) {
        if (!isOfLength(username, 1, LONGEST_USERNAME)) {
            return Optional.of("username with illegal length");
        }
        if (hasForbidden(username)) {
            return Optional.of("username contains illegal characters");
        }
        return password(password).or(() -> profile(email, name, comment));
    }

    /** What is wrong with a password. */
    static Optional<String> password(String password) {
        return isOfLength(password, SHORTEST_PASSWORD, LONGEST_PASSWORD)
                ? Optional.empty()
                : Optional.of("password with illegal length");
    }

    /** What is wrong with what somebody tells about oneself. */
    static Optional<String> profile(String email, String name, String comment) {
        if (email.isEmpty()) {
            return Optional.of("Email can't be empty");
        }
        if (email.length() > LONGEST_EMAIL || !EMAIL.matcher(email).matches()) {
            return Optional.of("email with illegal format");
        }
        if (!isOfLength(name, 1, LONGEST_NAME)) {
            return Optional.of("realname with illegal length");
        }
        if (hasForbidden(name)) {
            return Optional.of("realname contains illegal characters");
        }
        return isOfLength(comment, 0, LONGEST_COMMENT) ? Optional.empty() : Optional.of("comment with illegal length");
    }

    private static boolean isOfLength(String text, int least, int most) {
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        return length >= least && length <= most;
    }

    private static boolean hasForbidden(String text) {
        return text.chars().anyMatch(c -> FORBIDDEN.indexOf(c) >= 0);
    }
}

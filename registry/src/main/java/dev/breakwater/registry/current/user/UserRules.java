package dev.breakwater.registry.current.user;

import dev.breakwater.kernel.failure.Failure;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** What is asked of users, in its order and words (registry.md 3.6). */
final class UserRules {

    private static final int LONGEST_USERNAME = 255;
    private static final int SHORTEST_PASSWORD = 8;
    private static final int LONGEST_PASSWORD = 128;
    private static final int LONGEST_EMAIL = 255;
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_COMMENT = 255;
    private static final Pattern EMAIL =
            Pattern.compile("[^<>()\\[\\],;:\\s@\"]{1,64}@([a-zA-Z0-9-]+\\.)+[a-zA-Z0-9-]{2,}");
    private static final String FORBIDDEN = ",\"~#%$";
    private static final String WEAK =
            "the password or secret must be 8-128, inclusively, characters long with at least"
                    + " 1 uppercase letter, 1 lowercase letter and 1 number";

    private UserRules() {}

    /** Refuses a name that nobody can have. */
    static void username(String username) {
        if (!isOfLength(username, 1, LONGEST_USERNAME)) {
            throw new Failure.Invalid("username with illegal length");
        }
        if (username.chars().anyMatch(c -> FORBIDDEN.indexOf(c) >= 0 || Character.isISOControl(c))) {
            throw new Failure.Invalid("username contains illegal characters");
        }
    }

    /** Refuses a password that is too easily guessed. */
    static void password(String password) {
        boolean strong = password.length() >= SHORTEST_PASSWORD
                && password.length() <= LONGEST_PASSWORD
                && password.chars().anyMatch(c -> c >= 'A' && c <= 'Z')
                && password.chars().anyMatch(c -> c >= 'a' && c <= 'z')
                && password.chars().anyMatch(c -> c >= '0' && c <= '9');
        if (!strong) {
            throw new Failure.Invalid(WEAK);
        }
    }

    /** Refuses what nobody can be called, or be reached by. */
    static void profile(String email, String name, String comment) {
        if (email.isEmpty()) {
            throw new Failure.Invalid("email cannot be empty");
        }
        if (email.length() > LONGEST_EMAIL || !EMAIL.matcher(email).matches()) {
            throw new Failure.Invalid("email with illegal format");
        }
        if (!isOfLength(name, 1, LONGEST_NAME)) {
            throw new Failure.Invalid("realname with illegal length");
        }
        if (name.chars().anyMatch(c -> ",~#%$".indexOf(c) >= 0)) {
            throw new Failure.Invalid("realname contains illegal characters");
        }
        if (!isOfLength(comment, 0, LONGEST_COMMENT)) {
            throw new Failure.Invalid("comment with illegal length");
        }
    }

    private static boolean isOfLength(String text, int least, int most) {
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        return length >= least && length <= most;
    }
}

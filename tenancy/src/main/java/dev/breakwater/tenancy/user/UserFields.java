package dev.breakwater.tenancy.user;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.json.Json;
import java.util.regex.Pattern;

/** What the admin API and pages accept of a user; older APIs have rules of their own. */
public final class UserFields {

    private static final Pattern USERNAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]{1,64}@[^@\\s]{1,255}");

    private UserFields() {}

    /**
     * A sound username.
     *
     * @throws Failure.Invalid naming {@code username}
     */
    public static String username(String username) {
        if (!USERNAME.matcher(username).matches()) {
            throw Json.invalidValue(
                    "username",
                    "it must have 1 to 64 letters, digits or any of . _ @ - and begin with a letter or digit");
        }
        return username;
    }

    /**
     * A sound email address.
     *
     * @throws Failure.Invalid naming {@code email}
     */
    public static String email(String email) {
        if (!EMAIL.matcher(email).matches()) {
            throw Json.invalidValue("email", "it must be an email address");
        }
        return email;
    }
}

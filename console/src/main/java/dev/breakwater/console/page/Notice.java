package dev.breakwater.console.page;

import java.util.Arrays;
import java.util.Optional;

/**
 * What a page says about the change that led to it. Addresses name it by a code, so that nobody can make a page say
 * anything else.
 */
public enum Notice {
    /** The session is over. */
    SIGNED_OUT("You are signed out."),
    /** All sessions are over. */
    SIGNED_OUT_EVERYWHERE("You are signed out on every device."),
    /** The session had ended before the form came. */
    SESSION_ENDED("Your session had ended, so nothing was changed. Sign in, then try again."),
    /** A new password holds. */
    PASSWORD_CHANGED("Your password is changed. Your other devices are signed out.");

    private final String text;

    Notice(String text) {
        this.text = text;
    }

    /** What people read. */
    public String text() {
        return text;
    }

    /** How addresses name it. */
    public String code() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    static Optional<Notice> of(Optional<String> code) {
        return code.flatMap(text ->
                Arrays.stream(values()).filter(each -> each.code().equals(text)).findFirst());
    }
}

package dev.breakwater.console.page;

import dev.breakwater.kernel.http.Call;

/** Whether pages are light or dark. It is remembered by a cookie of the browser, which the page's script sets. */
public enum Theme {
    /** As the browser prefers. */
    AUTO("auto"),
    /** Dark on light. */
    LIGHT("light"),
    /** Light on dark. */
    DARK("dark");

    private static final String COOKIE = "breakwater_theme";

    private final String value;

    Theme(String value) {
        this.value = value;
    }

    /** As the page and the cookie spell it. */
    public String value() {
        return value;
    }

    static Theme of(Call call) {
        return switch (call.cookie(COOKIE).orElse("")) {
            case "light" -> LIGHT;
            case "dark" -> DARK;
            default -> AUTO;
        };
    }
}

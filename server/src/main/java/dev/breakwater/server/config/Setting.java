package dev.breakwater.server.config;

import java.util.Locale;

/**
 * One declared setting.
 *
 * @param key dotted, such as {@code http.port}
 * @param type its values
 * @param fallback the text that holds when nobody sets it; empty for none
 * @param meaning one sentence for the operator
 * @param secret whether its value must never be printed
 */
public record Setting<T>(String key, SettingType<T> type, String fallback, String meaning, boolean secret) {

    private static final String VARIABLE_PREFIX = "BREAKWATER_";

    static <T> Setting<T> of(String key, SettingType<T> type, String fallback, String meaning) {
        return new Setting<>(key, type, fallback, meaning, false);
    }

    static <T> Setting<T> secret(String key, SettingType<T> type, String fallback, String meaning) {
        return new Setting<>(key, type, fallback, meaning, true);
    }

    /** The environment variable, for example {@code BREAKWATER_HTTP_PUBLIC_URL}. */
    public String variable() {
        return VARIABLE_PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** The command-line flag, for example {@code --http.port}. */
    public String flag() {
        return "--" + key;
    }

    static boolean claims(String variable) {
        return variable.startsWith(VARIABLE_PREFIX);
    }
}

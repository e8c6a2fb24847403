package dev.breakwater.registry.classic.dialect;

import dev.breakwater.kernel.http.Call;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Whole numbers in paths and queries. */
public final class Numbers {

    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,30}");
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");

    private Numbers() {}

    /** A whole number in decimal digits; empty for anything else, and for what takes more than 64 bits. */
    public static OptionalLong parse(String text) {
        try {
            return WHOLE.matcher(text).matches() ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
        } catch (NumberFormatException tooLarge) {
            return OptionalLong.empty();
        }
    }

    /** The number of a path; empty when it takes more than 64 bits. A text that is no number fits no route. */
    public static OptionalLong ofPath(Call call, String name) {
        String text = call.pathParameter(name);
        if (!DIGITS.matcher(text).matches()) {
            throw Refusal.noPage();
        }
        return parse(text);
    }
}

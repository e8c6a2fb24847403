package dev.breakwater.console.page;

import dev.breakwater.kernel.failure.Failure;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What was wrong with a form.
 *
 * @param field that was wrong; null for the form as a whole
 * @param text what people read
 */
public record Problem(@Nullable String field, String text) {

    /** How the APIs say it; on a page the message already stands beside its field. */
    private static final Pattern NAMED = Pattern.compile("Invalid value for [a-z_]+: (.)(.*)", Pattern.DOTALL);

    /** What a failure says of the form that caused it. */
    public static Problem of(Failure failure) {
        Matcher named = NAMED.matcher(failure.explanation());
        String text = named.matches()
                ? named.group(1).toUpperCase(java.util.Locale.ROOT) + named.group(2)
                : failure.explanation();
        return new Problem(failure.param(), text);
    }

    /** Whether this field was wrong. */
    public boolean concerns(String name) {
        return name.equals(field);
    }
}

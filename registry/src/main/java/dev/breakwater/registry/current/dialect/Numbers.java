package dev.breakwater.registry.current.dialect;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads numbers and truth values from paths and queries; what is neither is 422 (registry.md 3.1). */
public final class Numbers {

    private Numbers() {}

    /** A number in the path. */
    public static long path(Call call, String name) {
        return number(name + " in path", call.pathParameter(name));
    }

    /** A number in the query, if it was sent. */
    public static OptionalLong query(Call call, String name) {
        Optional<String> text = call.query(name).filter(value -> !value.isEmpty());
        return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(number(name + " in query", text.get()));
    }

    /** A truth value in the query, if it was sent. */
    public static Optional<Boolean> truth(Call call, String name) {
        return call.query(name).filter(value -> !value.isEmpty()).map(value -> truth(name + " in query", value));
    }

    /** Whether something is asked for by a truth value in the query. */
    public static boolean isOn(Call call, String name, boolean usual) {
        return truth(call, name).orElse(usual);
    }

    /** Whether a header asks for something. */
    public static boolean header(Call call, String name) {
        return call.header(name)
                .filter(value -> !value.isEmpty())
                .map(value -> truth(name + " in header", value))
                .orElse(false);
    }

    private static boolean truth(String where, String text) {
        return switch (text) {
            case "true", "True", "TRUE", "t", "T", "1" -> true;
            case "false", "False", "FALSE", "f", "F", "0" -> false;
            default -> throw new Failure.Unprocessable(where + " must be of type boolean: \"" + text + "\"");
        };
    }

    private static long number(String where, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new Failure.Unprocessable(where + " must be of type int64: \"" + text + "\"");
        }
    }
}

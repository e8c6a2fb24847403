package dev.breakwater.registry.current.dialect;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.ErrorDialect;
import dev.breakwater.kernel.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Spells failures as a list of errors, each with a code and a message (registry.md 3.1): mostly one, and where there are
 * details they follow it.
 */
public final class CurrentDialect implements ErrorDialect {

    private static final Pattern CODE = Pattern.compile("[A-Z_]+");

    @Override
    public Answer render(Failure failure, String requestId) {
        StringBuilder out = new StringBuilder(128);
        out.append("{\"errors\":[");
        append(out, failure, message(failure));
        for (String detail : failure.details()) {
            append(out.append(','), failure, detail);
        }
        out.append("]}\n");
        return Answer.json(failure.status(), out.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void append(StringBuilder out, Failure failure, String message) {
        out.append("{\"code\":\"").append(code(failure)).append("\",\"message\":");
        Json.quote(out, message);
        out.append('}');
    }

    private static String message(Failure failure) {
        return failure instanceof Failure.Internal ? "internal server error" : failure.explanation();
    }

    /** Codes of this API are in capitals; those that other code uses for its own purposes are not shown. */
    private static String code(Failure failure) {
        @Nullable String finer = failure.code();
        if (finer != null && CODE.matcher(finer).matches()) {
            return finer;
        }
        return switch (failure) {
            case Failure.Invalid f -> "BAD_REQUEST";
            case Failure.TooSlow f -> "BAD_REQUEST";
            case Failure.TooLong f -> "BAD_REQUEST";
            case Failure.UnsupportedMediaType f -> "BAD_REQUEST";
            case Failure.WrongRange f -> "BAD_REQUEST";
            case Failure.Unauthenticated f -> "UNAUTHORIZED";
            case Failure.Forbidden f -> "FORBIDDEN";
            case Failure.NotFound f -> "NOT_FOUND";
            case Failure.MethodNotAllowed f -> "METHOD_NOT_ALLOWED";
            case Failure.Conflict f -> "CONFLICT";
            case Failure.Precondition f -> "PRECONDITION";
            case Failure.TooLarge f -> "REQUEST_ENTITY_TOO_LARGE";
            case Failure.Unprocessable f -> "UNPROCESSABLE_ENTITY";
            case Failure.TooManyRequests f -> "TOO_MANY_REQUEST";
            case Failure.Internal f -> "UNKNOWN";
            case Failure.Unavailable f -> "UNKNOWN";
            case Failure.NoRoom f -> "UNKNOWN";
        };
    }
}

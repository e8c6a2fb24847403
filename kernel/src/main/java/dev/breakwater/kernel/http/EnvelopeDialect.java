package dev.breakwater.kernel.http;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Spells failures as one {@code error} object with a stable code, a message for people and the request id
 * (events.md 7). A wrong field is named by {@code param}, an exceeded allowance tells {@code retry_after_ms}; no
 * other member ever appears.
 */
public final class EnvelopeDialect implements ErrorDialect {

    @Override
    public Answer render(Failure failure, String requestId) {
        StringBuilder out = new StringBuilder(192);
        out.append("{\"error\":{\"code\":");
        Json.quote(out, code(failure));
        out.append(",\"message\":");
        Json.quote(out, failure.explanation());
        out.append(",\"request_id\":");
        Json.quote(out, requestId);
        @Nullable String param = failure.param();
        if (param != null) {
            out.append(",\"param\":");
            Json.quote(out, param);
        }
        if (failure instanceof Failure.TooManyRequests many) {
            out.append(",\"retry_after_ms\":").append(milliseconds(many.retryAfter()));
        }
        out.append("}}");
        Answer answer = Answer.json(failure.status(), out.toString().getBytes(StandardCharsets.UTF_8));
        return failure instanceof Failure.Unauthenticated ? answer.with("WWW-Authenticate", "Bearer") : answer;
    }

    private static String code(Failure failure) {
        @Nullable String finer = failure.code();
        if (finer != null) {
            return finer;
        }
        return switch (failure) {
            case Failure.Unauthenticated f -> "authentication_failed";
            case Failure.Forbidden f -> "permission_denied";
            case Failure.NotFound f -> "resource_not_found";
            case Failure.Conflict f -> "conflict";
            case Failure.TooManyRequests f -> "rate_limit_exceeded";
            case Failure.Internal f -> "internal_error";
            case Failure.Unavailable f -> "service_unavailable";
            case Failure.NoRoom f -> "service_unavailable";
            case Failure.Invalid f -> "invalid_request";
            case Failure.MethodNotAllowed f -> "invalid_request";
            case Failure.TooSlow f -> "invalid_request";
            case Failure.TooLarge f -> "invalid_request";
            case Failure.TooLong f -> "invalid_request";
            case Failure.UnsupportedMediaType f -> "invalid_request";
            case Failure.Precondition f -> "conflict";
            case Failure.WrongRange f -> "invalid_request";
            case Failure.Unprocessable f -> "invalid_request";
        };
    }

    /** Rounded up, so that whoever waits that long does pass. */
    private static long milliseconds(Duration wait) {
        return wait.plusNanos(999_999).toMillis();
    }
}

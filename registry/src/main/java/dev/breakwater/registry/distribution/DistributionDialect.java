package dev.breakwater.registry.distribution;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.ErrorDialect;
import dev.breakwater.kernel.json.Json;
import dev.breakwater.registry.content.ErrorCode;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Spells failures as the distribution API does: {@code {"errors":[{"code","message","detail"}]}} (registry.md 2.1). */
final class DistributionDialect implements ErrorDialect {

    private static final Pattern OWN_CODE = Pattern.compile("[A-Z_]+");

    @Override
    public Answer render(Failure failure, String requestId) {
        ObjectNode body = Json.mapper().createObjectNode();
        ArrayNode errors = body.putArray("errors");
        String code = code(failure);
        if (failure.details().isEmpty()) {
            errors.addObject().put("code", code).put("message", failure.explanation());
        }
        for (String detail : failure.details()) {
            ObjectNode error = errors.addObject().put("code", code).put("message", failure.explanation());
            error.putObject("detail").put("digest", detail);
        }
        return Answer.json(failure.status(), Json.mapper().writeValueAsBytes(body));
    }

    /**
     * A full store is spelled as a refusal: clients show the message and give up, where they would try again and again
     * after a code that they do not know.
     */
    private static String code(Failure failure) {
        @Nullable String own = failure.code();
        if (own != null && OWN_CODE.matcher(own).matches()) {
            return own;
        }
        return switch (failure) {
            case Failure.Unauthenticated nobody -> "UNAUTHORIZED";
            case Failure.Forbidden refused -> "DENIED";
            case Failure.NoRoom full -> "DENIED";
            case Failure.NotFound none -> "NOT_FOUND";
            case Failure.MethodNotAllowed wrong -> "UNSUPPORTED";
            case Failure.Precondition state -> "PRECONDITION";
            case Failure.WrongRange range -> "RANGE_INVALID";
            case Failure.TooLarge large -> ErrorCode.SIZE_INVALID;
            case Failure.TooManyRequests many -> "TOOMANYREQUESTS";
            case Failure.Unavailable later -> "UNAVAILABLE";
            case Failure.Invalid wrong -> "BAD_REQUEST";
            default -> "UNKNOWN";
        };
    }
}

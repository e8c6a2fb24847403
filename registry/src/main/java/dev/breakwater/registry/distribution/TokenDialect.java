package dev.breakwater.registry.distribution;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.ErrorDialect;
import java.nio.charset.StandardCharsets;

/** Spells the failures of the token service: the text alone, none for a wrong login (registry.md 1.1, 2.5). */
final class TokenDialect implements ErrorDialect {

    @Override
    public Answer render(Failure failure, String requestId) {
        String text = switch (failure) {
            case Failure.Unauthenticated nobody -> "";
            case Failure.NotFound none -> "page not found";
            case Failure.MethodNotAllowed wrong -> "Method Not Allowed";
            case Failure.Internal fault -> "Internal Server Error";
            default -> failure.explanation();
        };
        return Answer.of(failure.status(), "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }
}

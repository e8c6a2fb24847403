package dev.breakwater.registry.classic.dialect;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.ErrorDialect;
import java.nio.charset.StandardCharsets;

/**
 * Spells failures as the 2017 API does: plain text in one of two forms (registry.md 1.1). Which one is part of the
 * contract of each refusal, so {@link Refusal} marks it by the code. What comes from elsewhere has the first form with
 * the text that is usual for its kind.
 */
public final class ClassicDialect implements ErrorDialect {

    /** The code of a refusal whose text is followed by a line feed: the form E1. */
    static final String LINE = "line";
    /** The code of a refusal whose text stands alone: the form E2. */
    static final String PLAIN = "plain";

    private static final String TEXT = "text/plain; charset=utf-8";

    @Override
    public Answer render(Failure failure, String requestId) {
        return switch (String.valueOf(failure.code())) {
            case LINE -> line(failure.status(), failure.explanation());
            case PLAIN -> text(failure.status(), failure.explanation());
            default -> line(failure.status(), usual(failure));
        };
    }

    private static String usual(Failure failure) {
        return switch (failure) {
            case Failure.NotFound unknown -> "page not found";
            case Failure.MethodNotAllowed wrong -> "Method Not Allowed";
            case Failure.Unauthenticated nobody -> "";
            case Failure.Forbidden denied -> "";
            case Failure.Internal fault -> "";
            default -> failure.explanation();
        };
    }

    private static Answer line(int status, String text) {
        return text(status, text + "\n").with("X-Content-Type-Options", "nosniff");
    }

    private static Answer text(int status, String text) {
        return Answer.of(status, TEXT, text.getBytes(StandardCharsets.UTF_8));
    }
}

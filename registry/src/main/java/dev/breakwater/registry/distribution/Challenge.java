package dev.breakwater.registry.distribution;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.registry.token.Tokens;
import java.util.regex.Pattern;

/** Tells a caller how to show who it is (registry.md 2.5). */
final class Challenge {

    private static final String HEADER = "WWW-Authenticate";
    private static final Pattern SOUND_HOST = Pattern.compile("[A-Za-z0-9._:\\[\\]-]{1,255}");

    private Challenge() {}

    /**
     * A refusal that sends the caller to the token service, at the very host and by the very scheme of the request.
     *
     * @param scope what to ask for there; empty for nothing in particular
     */
    static Failure bearer(Call call, String scope, String message) {
        String host = SOUND_HOST.matcher(call.authority()).matches() ? call.authority() : "localhost";
        call.answerHeader(
                HEADER,
                "Bearer realm=\"%s://%s/service/token\",service=\"%s\"%s"
                        .formatted(
                                call.secure() ? "https" : "http",
                                host,
                                Tokens.SERVICE,
                                scope.isEmpty() ? "" : ",scope=\"" + scope + "\""));
        return new Failure.Unauthenticated(message);
    }

    /** A refusal of credentials that were sent with the request itself. */
    static Failure basic(Call call, String message) {
        call.answerHeader(HEADER, "Basic realm=\"harbor\"");
        return new Failure.Unauthenticated(message);
    }
}

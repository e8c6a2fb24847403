package dev.breakwater.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.kernel.failure.Failure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The error envelope of events.md 7.1 with the codes of 7.2. */
class EnvelopeDialectTest {

    private final EnvelopeDialect dialect = new EnvelopeDialect();

    @Test
    void anErrorHasACodeAMessageAndTheRequestId() {
        Answer answer = dialect.render(new Failure.Forbidden("API key missing required scope: events:write."), "req_1");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.headers()).containsEntry("Content-Type", "application/json; charset=utf-8");
        assertThat(text(answer))
                .isEqualTo("{\"error\":{\"code\":\"permission_denied\","
                        + "\"message\":\"API key missing required scope: events:write.\",\"request_id\":\"req_1\"}}");
    }

    @Test
    void aWrongFieldIsNamed() {
        Answer answer = dialect.render(new Failure.Invalid("limit", "limit must be between 1 and 100."), "req_1");

        assertThat(text(answer)).endsWith("\"request_id\":\"req_1\",\"param\":\"limit\"}}");
    }

    @Test
    void anExceededAllowanceTellsTheExactWaitRoundedUpToMilliseconds() {
        Answer answer =
                dialect.render(new Failure.TooManyRequests(Duration.ofNanos(1_999_000_001), "Too many."), "req_1");

        assertThat(text(answer)).endsWith("\"request_id\":\"req_1\",\"retry_after_ms\":2000}}");
    }

    @Test
    void aRefusedCredentialAsksForABearerToken() {
        Answer answer = dialect.render(new Failure.Unauthenticated("Invalid API key provided."), "req_1");

        assertThat(answer.headers()).containsEntry("WWW-Authenticate", "Bearer");
    }

    @Test
    void whatTheCallerSentCannotBreakOutOfTheMessage() {
        Answer answer = dialect.render(new Failure.NotFound("No \"x\"\n\u0001 \ud800."), "req_1");

        assertThat(text(answer)).contains("\"No \\\"x\\\"\\n\\u0001 \\ud800.\"");
    }

    @ParameterizedTest
    @MethodSource
    void eachKindOfFailureHasItsCode(Failure failure, int status, String code) {
        Answer answer = dialect.render(failure, "req_1");

        assertThat(answer.status()).isEqualTo(status);
        assertThat(text(answer)).startsWith("{\"error\":{\"code\":\"" + code + "\",");
    }

    static Stream<Arguments> eachKindOfFailureHasItsCode() {
        return Stream.of(
                Arguments.of(new Failure.Invalid("x"), 400, "invalid_request"),
                Arguments.of(new Failure.Unauthenticated("x"), 401, "authentication_failed"),
                Arguments.of(new Failure.Forbidden("x"), 403, "permission_denied"),
                Arguments.of(new Failure.Forbidden("workspace_suspended", "x"), 403, "workspace_suspended"),
                Arguments.of(new Failure.NotFound("x"), 404, "resource_not_found"),
                Arguments.of(new Failure.MethodNotAllowed("x", List.of("GET")), 405, "invalid_request"),
                Arguments.of(new Failure.TooSlow("x"), 408, "invalid_request"),
                Arguments.of(new Failure.Conflict("x"), 409, "conflict"),
                Arguments.of(new Failure.Conflict("idempotency_conflict", "x"), 409, "idempotency_conflict"),
                Arguments.of(new Failure.TooLarge("payload", "x"), 413, "invalid_request"),
                Arguments.of(new Failure.UnsupportedMediaType("x"), 415, "invalid_request"),
                Arguments.of(new Failure.TooManyRequests(Duration.ofSeconds(2), "x"), 429, "rate_limit_exceeded"),
                Arguments.of(new Failure.Internal("x"), 500, "internal_error"),
                Arguments.of(new Failure.Unavailable(Duration.ofSeconds(1), "x"), 503, "service_unavailable"));
    }

    private static String text(Answer answer) {
        return answer.body() instanceof Answer.Bytes bytes ? new String(bytes.content(), StandardCharsets.UTF_8) : "";
    }
}

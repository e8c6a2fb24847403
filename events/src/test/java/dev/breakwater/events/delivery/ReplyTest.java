package dev.breakwater.events.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyTest {

    private static final Instant NOW = Instant.parse("2026-05-25T12:00:00Z");

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 204, 299})
    void anyTwoHundredIsSuccess(int status) {
        assertThat(response(status, Map.of(), "Invalid signature").error()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {199, 300, 302, 400, 404, 410, 429, 500, 503})
    void anyOtherStatusIsFailure(int status) {
        assertThat(response(status, Map.of(), "").error()).contains(ErrorCode.HTTP_STATUS);
    }

    @ParameterizedTest
    @CsvSource({
        "400, Invalid signature, WEBHOOK_SIGNATURE_INVALID",
        "401, oh: INVALID SIGNATURE!, WEBHOOK_SIGNATURE_INVALID",
        "403, {\"code\":\"webhook_signature_invalid\"}, WEBHOOK_SIGNATURE_INVALID",
        "400, bad request, HTTP_STATUS",
        "500, Invalid signature, HTTP_STATUS"
    })
    void aRejectedSignatureHasALabelOfItsOwn(int status, String body, ErrorCode label) {
        assertThat(response(status, Map.of(), body).error()).contains(label);
    }

    @Test
    void theReceiverMaySayItInAHeader() {
        assertThat(response(403, Map.of("harbor-error", "webhook_signature_invalid"), "")
                        .error())
                .contains(ErrorCode.WEBHOOK_SIGNATURE_INVALID);
    }

    @ParameterizedTest
    @CsvSource({
        "120, PT2M",
        "999999999, PT24H",
        "'Mon, 25 May 2026 12:10:00 GMT', PT10M",
        "'Wed, 27 May 2026 12:00:00 GMT', PT24H"
    })
    void retryAfterIsSecondsOrADateAndAtMostADay(String value, Duration wait) {
        assertThat(response(503, Map.of("retry-after", value), "").retryAfter(NOW))
                .contains(wait);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-5", "soon", "", "99999999999999999999", "Mon, 25 May 2026 11:00:00 GMT"})
    void anyOtherRetryAfterIsIgnored(String value) {
        assertThat(response(503, Map.of("retry-after", value), "").retryAfter(NOW))
                .isEmpty();
    }

    private static Reply.Response response(int status, Map<String, String> headers, String body) {
        return new Reply.Response(status, headers, body);
    }
}

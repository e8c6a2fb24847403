package dev.breakwater.console.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.events.DeliveryLog;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdviceTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http_status",
                "webhook_signature_invalid",
                "timeout",
                "connection_failed",
                "tls_failed",
                "dns_failed",
                "address_blocked"
            })
    void every_failure_has_its_own(String code) {
        assertThat(Advice.of(attempt(code))).isNotEmpty().isNotEqualTo(Advice.of(attempt("something_new")));
    }

    @Test
    void success_needs_none() {
        assertThat(Advice.of(attempt(null))).isEmpty();
    }

    private static DeliveryLog.Attempt attempt(@Nullable String code) {
        return new DeliveryLog.Attempt(1, "automatic", Instant.EPOCH, 12, null, Map.of(), null, code);
    }
}

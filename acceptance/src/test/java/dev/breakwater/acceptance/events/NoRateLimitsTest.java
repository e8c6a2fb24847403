package dev.breakwater.acceptance.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.Organization;
import dev.breakwater.acceptance.harness.WithServer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** events.md, checklist: rate limits, switched off. */
@WithServer(settings = "events.rate-limits.enabled=false")
class NoRateLimitsTest {

    @Test
    @Proves(contract = "events", lines = 88)
    void ten_thousand_requests_in_a_minute_pass(Organization acme) {
        Client program = acme.sandbox();
        AtomicInteger passed = new AtomicInteger();

        IntStream.range(0, 10_000).parallel().forEach(i -> {
            program.get("/v1/workspaces/" + acme.workspace()).expect(200);
            passed.incrementAndGet();
        });

        assertThat(passed).hasValue(10_000);
    }
}

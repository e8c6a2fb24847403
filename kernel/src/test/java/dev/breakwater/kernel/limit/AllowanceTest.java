package dev.breakwater.kernel.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.kernel.limit.Allowance.Limit;
import dev.breakwater.kernel.limit.Allowance.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The numbers of the sandbox: 120 a minute, 30 at once (events.md 12). */
class AllowanceTest {

    private static final Instant START = Instant.parse("2026-05-25T12:00:00Z");
    private static final Limit SANDBOX = new Limit(120, Duration.ofMinutes(1), 30);

    private final Allowance allowance = new Allowance(SANDBOX);

    @Test
    void letsABurstThroughAndThenMakesOneWait() {
        for (int i = 0; i < 30; i++) {
            assertThat(allowance.take(START).allowed()).isTrue();
        }

        Verdict refused = allowance.take(START);

        assertThat(refused.allowed()).isFalse();
        assertThat(refused.retryAfter()).isEqualTo(Duration.ofMillis(500));
        assertThat(allowance.take(START.plus(refused.retryAfter())).allowed()).isTrue();
    }

    @Test
    void letsNoMoreThroughThanTheWindowHolds() {
        Instant now = START;
        int passed = 0;
        for (int i = 0; i < 130; i++, now = now.plusMillis(450)) {
            passed += allowance.take(now).allowed() ? 1 : 0;
        }

        Verdict refused = allowance.take(START.plusMillis(59_500));

        assertThat(passed).isEqualTo(120);
        assertThat(refused.allowed()).isFalse();
        assertThat(refused.resetsAt()).isEqualTo(START.plusSeconds(60));
        assertThat(refused.retryAfter()).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void opensTheWindowWithTheFirstRequestAfterThePreviousOne() {
        allowance.take(START);

        Verdict later = allowance.take(START.plusSeconds(90));

        assertThat(later.resetsAt()).isEqualTo(START.plusSeconds(150));
        assertThat(later.remaining()).isEqualTo(119);
    }

    @Property
    void aRefusedRequestPassesExactlyWhenItWasTold(
            @ForAll @Size(min = 1, max = 300) List<@IntRange(max = 2_000) Integer> pauses) {
        Allowance any = new Allowance(SANDBOX);
        Instant now = START;
        for (int pause : pauses) {
            now = now.plusMillis(pause);
            Verdict verdict = any.take(now);
            if (!verdict.allowed()) {
                Instant early = now.plus(verdict.retryAfter()).minusNanos(1);
                assertThat(any.take(early).allowed()).isFalse();
                now = now.plus(verdict.retryAfter());
                assertThat(any.take(now).allowed()).isTrue();
            }
        }
    }
}

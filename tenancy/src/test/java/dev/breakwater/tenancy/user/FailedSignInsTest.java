package dev.breakwater.tenancy.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FailedSignInsTest {

    private static final String HERE = "192.0.2.1";
    private static final String THERE = "192.0.2.2";

    private final ManualTime time = new ManualTime(Instant.parse("2026-05-25T12:00:00Z"));
    private final FailedSignIns failures = new FailedSignIns(time);

    @Test
    void theWaitBeginsAfterFiveFailuresAndDoubles() {
        fail("ada", HERE, 5);
        assertThat(refused("ada", HERE)).isEqualTo(Duration.ofMillis(1_500));

        time.advance(Duration.ofMillis(1_499));
        assertThat(refused("ada", HERE)).isEqualTo(Duration.ofMillis(1));

        time.advance(Duration.ofMillis(1));
        fail("ada", HERE, 1);
        assertThat(refused("ada", HERE)).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void theWaitIsNeverLongerThanFiveMinutes() {
        fail("ada", HERE, 5);
        for (int i = 0; i < 20; i++) {
            time.advance(Duration.ofMinutes(5));
            fail("ada", HERE, 1);
        }

        assertThat(refused("ada", HERE)).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void othersAreNotHeldUp() {
        fail("ada", HERE, 5);

        assertThatNoException().isThrownBy(() -> failures.attempt("grace", HERE));
        assertThatNoException().isThrownBy(() -> failures.attempt("ada", THERE));
    }

    @Test
    void whoeverNeedsNoAttemptIsHeldUpByGuessesOfThatNameOnly() {
        fail("ada", HERE, 4);
        assertThatNoException().isThrownBy(() -> failures.requireNoWait("ada", HERE));

        fail("ada", HERE, 1);
        assertThatExceptionOfType(Failure.TooManyRequests.class)
                .isThrownBy(() -> failures.requireNoWait("Ada", HERE))
                .satisfies(refusal -> assertThat(refusal.retryAfter()).isEqualTo(Duration.ofMillis(1_500)));
        assertThatNoException().isThrownBy(() -> failures.requireNoWait("grace", HERE));
        assertThatNoException().isThrownBy(() -> failures.requireNoWait("ada", THERE));

        time.advance(Duration.ofMillis(1_500));
        assertThatNoException().isThrownBy(() -> failures.requireNoWait("ada", HERE));
    }

    @Test
    void aNameIsGuessedAtAlsoWhileItsAddressWaits() {
        for (int i = 0; i < 100; i++) {
            failures.attempt("name" + i, HERE);
        }
        for (int i = 0; i < 5; i++) {
            refused("ada", HERE);
        }

        assertThatExceptionOfType(Failure.TooManyRequests.class).isThrownBy(() -> failures.requireNoWait("ada", HERE));
    }

    @Test
    void theCaseOfTheNameMakesNoDifference() {
        fail("ada", HERE, 3);
        fail("ADA", HERE, 2);

        assertThat(refused("Ada", HERE)).isPositive();
    }

    @Test
    void aSuccessForgetsTheFailures() {
        fail("ada", HERE, 5);
        failures.succeeded("ada", HERE);

        fail("ada", HERE, 5);
        assertThat(refused("ada", HERE)).isEqualTo(Duration.ofMillis(1_500));
    }

    @Test
    void failuresAreForgottenAfterFifteenMinutes() {
        fail("ada", HERE, 5);
        time.advance(Duration.ofMinutes(15));

        fail("ada", HERE, 5);
    }

    @Test
    void oneAddressCannotTryManyNames() {
        for (int i = 0; i < 100; i++) {
            failures.attempt("name" + i, HERE);
        }

        assertThat(refused("another", HERE)).isEqualTo(Duration.ofMillis(1_500));
        assertThatNoException().isThrownBy(() -> failures.attempt("another", THERE));
    }

    @Test
    void successesOfOneAddressNeverAddUp() {
        for (int i = 0; i < 500; i++) {
            failures.attempt("name" + i, HERE);
            failures.succeeded("name" + i, HERE);
        }

        assertThatNoException().isThrownBy(() -> failures.attempt("ada", HERE));
    }

    private void fail(String name, String address, int times) {
        for (int i = 0; i < times; i++) {
            failures.attempt(name, address);
        }
    }

    private Duration refused(String name, String address) {
        Failure.TooManyRequests[] refusal = new Failure.TooManyRequests[1];
        assertThatExceptionOfType(Failure.TooManyRequests.class)
                .isThrownBy(() -> failures.attempt(name, address))
                .satisfies(thrown -> refusal[0] = thrown);
        return refusal[0].retryAfter();
    }
}

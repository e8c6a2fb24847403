package dev.breakwater.tenancy.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class VerifiedSecretsTest {

    private static final String HERE = "192.0.2.1";
    /** Takes next to no time to verify. */
    private static final Optional<String> CHEAP =
            Optional.of("$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc");

    private final ManualTime time = new ManualTime(Instant.parse("2026-05-25T12:00:00Z"));
    private final VerifiedSecrets secrets = new VerifiedSecrets(new Passwords(), time);
    private final Optional<String> hash = Optional.of(secrets.hash("correct horse"));

    @Test
    void aSecretFitsItsHashAndNoOther() {
        assertThat(secrets.verify("robot", "correct horse", hash, HERE)).isTrue();

        assertThat(secrets.verify("robot", "correct horse", Optional.of(secrets.hash("battery staple")), HERE))
                .isFalse();
        assertThat(secrets.verify("robot", "correct horse", Optional.empty(), HERE))
                .isFalse();
        assertThat(secrets.verify("robot", "correct hors", hash, HERE)).isFalse();
        assertThat(secrets.verify("robot", "correct horse", hash, HERE)).isTrue();
    }

    @Test
    void aGuessThatWasWrongStaysWrong() {
        assertThat(secrets.verify("robot", "guess", CHEAP, HERE)).isFalse();
        assertThat(secrets.verify("robot", "guess", CHEAP, HERE)).isFalse();
    }

    @Test
    void afterFiveFailuresEvenTheRightSecretHasToWait() {
        assertThat(secrets.verify("robot", "correct horse", hash, HERE)).isTrue();
        for (int i = 0; i < 5; i++) {
            assertThat(secrets.verify("ROBOT", "guess " + i, CHEAP, HERE)).isFalse();
        }

        assertRefused("robot");
        assertThat(secrets.verify("robot", "correct horse", hash, "192.0.2.2")).isTrue();
        time.advance(Duration.ofMillis(1_500));
        assertThat(secrets.verify("robot", "correct horse", hash, HERE)).isTrue();
    }

    @Test
    void whoeverWasVerifiedIsNotHeldUpByTheGuessesOfOthersFromTheSameAddress() {
        assertThat(secrets.verify("robot", "correct horse", hash, HERE)).isTrue();
        failEverywhere(100);

        assertThat(secrets.verify("robot", "correct horse", hash, HERE)).isTrue();
        assertThatExceptionOfType(Failure.TooManyRequests.class)
                .isThrownBy(() -> secrets.verify("another", "guess", CHEAP, HERE));
    }

    @Test
    void whatWasVerifiedIsForgottenAfterFiveMinutes() {
        assertThat(secrets.verify("robot", "correct horse", hash, HERE)).isTrue();
        failEverywhere(100);
        time.advance(Duration.ofMinutes(5).minusMillis(1));
        failEverywhere(1);
        assertThat(secrets.verify("robot", "correct horse", hash, HERE)).isTrue();

        time.advance(Duration.ofMillis(1));
        assertRefused("robot");
    }

    @Test
    void manyAtOnceWithTheSameSecretAreOneAttempt() throws Exception {
        Callable<Boolean> attempt = () -> secrets.verify("robot", "correct horse", hash, HERE);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> all = threads.invokeAll(Collections.nCopies(50, attempt));

            for (Future<Boolean> each : all) {
                assertThat(each.get()).isTrue();
            }
        }
    }

    @Test
    void whatNobodyHasIsNoAttempt() {
        for (int i = 0; i < 10; i++) {
            assertThat(secrets.verify("robot", "x".repeat(129), hash, HERE)).isFalse();
            assertThat(secrets.verify(" ", "correct horse", hash, HERE)).isFalse();
            assertThat(secrets.verify("r".repeat(321), "correct horse", hash, HERE))
                    .isFalse();
        }

        assertThat(secrets.verify("robot", "correct horse", hash, HERE)).isTrue();
    }

    private void failEverywhere(int times) {
        for (int i = 0; i < times; i++) {
            assertThat(secrets.verify("name " + i, "guess", CHEAP, HERE)).isFalse();
        }
    }

    private void assertRefused(String name) {
        assertThatExceptionOfType(Failure.TooManyRequests.class)
                .isThrownBy(() -> secrets.verify(name, "correct horse", hash, HERE));
    }
}

package dev.breakwater.tenancy.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class PasswordsTest {

    private final Passwords passwords = new Passwords();

    @Test
    void aHashHoldsItsParametersAndNotThePassword() {
        String hash = passwords.hash("correct horse");

        assertThat(hash)
                .matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}")
                .doesNotContain("correct");
    }

    @Test
    void onlyTheSamePasswordFits() {
        Optional<String> hash = Optional.of(passwords.hash("correct horse"));

        assertThat(passwords.verify("correct horse", hash)).isTrue();
        assertThat(passwords.verify("correct hors", hash)).isFalse();
        assertThat(passwords.verify("Correct horse", hash)).isFalse();
        assertThat(passwords.verify("", hash)).isFalse();
    }

    @Test
    void theSamePasswordNeverHasTheSameHashTwice() {
        assertThat(passwords.hash("correct horse")).isNotEqualTo(passwords.hash("correct horse"));
    }

    @Test
    void nothingFitsWhereThereIsNoHash() {
        assertThat(passwords.verify("", Optional.empty())).isFalse();
        assertThat(passwords.verify("correct horse", Optional.empty())).isFalse();
    }

    /** Made by the reference implementation: argon2 somesalt -id -t 2 -k 65536 -p 1 (password "password"). */
    @Test
    void hashesOfOtherParametersStillFit() {
        Optional<String> hash =
                Optional.of("$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc");

        assertThat(passwords.verify("password", hash)).isTrue();
        assertThat(passwords.verify("passwort", hash)).isFalse();
    }
}

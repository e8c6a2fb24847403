package dev.breakwater.tenancy.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.kernel.identity.Environment;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The forms of tokens (events.md 2.2, delivery.md 3.1). */
class TokenSecretTest {

    @Test
    void theBeginningTellsTheFamilyAndTheEnvironment() {
        assertThat(TokenSecret.apiKey(Environment.LIVE).text()).matches("hb_live_[0-9A-Za-z]{32}");
        assertThat(TokenSecret.apiKey(Environment.SANDBOX).text()).matches("hb_test_[0-9A-Za-z]{32}");
        assertThat(TokenSecret.personal("ACCOUNT").text()).matches("pat\\.ACCOUNT\\.[0-9a-f]{24}\\.[0-9A-Za-z]{32}");
        assertThat(TokenSecret.serviceAccount("ACCOUNT").text())
                .matches("sat\\.ACCOUNT\\.[0-9a-f]{24}\\.[0-9A-Za-z]{32}");
    }

    @Test
    void allCharactersAreAboutEquallyLikely() {
        Map<Integer, Integer> seen = new HashMap<>();
        Set<String> keys = new HashSet<>();
        int keysMade = 20_000;
        for (int i = 0; i < keysMade; i++) {
            String key = TokenSecret.apiKey(Environment.LIVE).text();
            keys.add(key);
            key.substring(8).chars().forEach(c -> seen.merge(c, 1, Integer::sum));
        }

        assertThat(keys).hasSize(keysMade);
        assertThat(seen).hasSize(62);
        // 10,323 of each are expected; ten standard deviations are about 1,000.
        double expected = keysMade * 32 / 62.0;
        assertThat(seen.values())
                .allSatisfy(count -> assertThat((double) count).isBetween(expected - 1_000, expected + 1_000));
    }

    @Test
    void whatIsShownDoesNotGiveTheTokenAway() {
        TokenSecret key = TokenSecret.apiKey(Environment.LIVE);

        assertThat(key.toString()).isEqualTo("hb_live_…" + key.text().substring(36));
        assertThat(TokenSecret.personal("ACCOUNT").prefix()).matches("pat\\.ACCOUNT\\.[0-9a-f]{24}\\.");
    }

    @Test
    void aHashIsReadAsItWasStored() {
        TokenHash hash = TokenHash.of("hb_live_" + "x".repeat(32));

        assertThat(hash.bytes()).hasSize(32);
        assertThat(TokenHash.of(hash.bytes())).isEqualTo(hash);
        assertThat(TokenHash.of("hb_live_" + "y".repeat(32))).isNotEqualTo(hash);
    }
}

package dev.breakwater.registry.classic.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SessionIdsTest {

    private static final Instant NOW = Instant.parse("2026-05-25T12:00:00Z");

    private final SessionIds ids = new SessionIds(new byte[32]);

    @Test
    void every_id_is_another_and_ours() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            String id = ids.next(NOW);
            assertThat(id).matches("[0-9a-f]{32}");
            assertThat(ids.isOurs(id)).isTrue();
            assertThat(seen.add(id)).isTrue();
        }
    }

    @Test
    void an_id_is_fresh_for_an_hour() {
        String id = ids.next(NOW);

        assertThat(ids.isFresh(id, NOW)).isTrue();
        assertThat(ids.isFresh(id, NOW.plus(Duration.ofMinutes(59)))).isTrue();
        assertThat(ids.isFresh(id, NOW.plus(Duration.ofHours(1)))).isFalse();
        // Another node's clock may be a little ahead, but nobody lives in the future.
        assertThat(ids.isFresh(id, NOW.minusSeconds(30))).isTrue();
        assertThat(ids.isFresh(id, NOW.minus(Duration.ofMinutes(2)))).isFalse();
    }

    @Test
    void altered_invented_and_foreign_ids_are_not_ours() {
        String id = ids.next(NOW);
        for (int i = 0; i < id.length(); i++) {
            char other = id.charAt(i) == '0' ? '1' : '0';
            assertThat(ids.isOurs(id.substring(0, i) + other + id.substring(i + 1)))
                    .isFalse();
        }
        assertThat(ids.isOurs("")).isFalse();
        assertThat(ids.isOurs("g".repeat(32))).isFalse();
        assertThat(ids.isOurs(id.toUpperCase(java.util.Locale.ROOT) + "0")).isFalse();
        byte[] otherKey = new byte[32];
        otherKey[0] = 1;
        assertThat(new SessionIds(otherKey).isOurs(id)).isFalse();
    }
}

package dev.breakwater.registry.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionIdsTest {

    private final SessionIds ids = with("one secret");

    private static SessionIds with(String secret) {
        return new SessionIds(() -> new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    }

    @Test
    void an_id_fits_its_owner_and_its_repository_on_every_node() {
        UUID id = ids.issue("library/app", "user:1");

        assertThat(ids.fits(id, "library/app", "user:1")).isTrue();
        assertThat(with("one secret").fits(id, "library/app", "user:1")).isTrue();
        assertThat(id.version()).isEqualTo(8);
        assertThat(id.variant()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"library/app,user:2", "library/other,user:1", "library/appuser,:1", "library,/appuser:1"})
    void it_fits_nobody_else(String repository, String owner) {
        assertThat(ids.fits(ids.issue("library/app", "user:1"), repository, owner))
                .isFalse();
    }

    @Test
    void it_fits_no_other_installation() {
        assertThat(with("another secret").fits(ids.issue("library/app", "user:1"), "library/app", "user:1"))
                .isFalse();
    }

    @Test
    void no_bit_of_it_can_be_changed() {
        UUID id = ids.issue("library/app", "user:1");

        assertThat(IntStream.range(0, 128).mapToObj(bit -> flipped(id, bit)))
                .noneMatch(changed -> ids.fits(changed, "library/app", "user:1"));
    }

    private static UUID flipped(UUID id, int bit) {
        long mask = 1L << (bit & 63);
        return bit < 64
                ? new UUID(id.getMostSignificantBits() ^ mask, id.getLeastSignificantBits())
                : new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits() ^ mask);
    }

    @Test
    void every_session_has_its_own() {
        assertThat(Stream.generate(() -> ids.issue("library/app", "user:1")).limit(10_000))
                .doesNotHaveDuplicates();
    }
}

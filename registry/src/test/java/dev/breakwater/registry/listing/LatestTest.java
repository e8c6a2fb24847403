package dev.breakwater.registry.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.kernel.failure.Failure;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a page of a list ended. */
class LatestTest {

    @Test
    void a_place_is_read_as_it_was_spelled() {
        Latest place = new Latest(Instant.ofEpochSecond(1_764_103_980, 123_456_000), 42);

        assertThat(place).hasToString("1764103980123456-42");
        assertThat(Latest.parse(place.toString())).isEqualTo(place);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1-", "-1", "1-2-3", "x-1", "1-x", "1 - 1", "999999999999999999999-1"})
    void anything_else_is_no_place(String text) {
        assertThatThrownBy(() -> Latest.parse(text)).isInstanceOf(Failure.Invalid.class);
    }
}

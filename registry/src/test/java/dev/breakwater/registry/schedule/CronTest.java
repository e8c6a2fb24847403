package dev.breakwater.registry.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTest {

    @ParameterizedTest
    @CsvSource({
        "0 0 * * * *, 2026-05-25T12:34:56Z, 2026-05-25T13:00:00Z",
        "0 0 0 * * *, 2026-05-25T00:00:00Z, 2026-05-26T00:00:00Z",
        "0 0 0 * * 0, 2026-05-25T12:00:00Z, 2026-05-31T00:00:00Z",
        "0 0 0 * * SUN, 2026-05-25T12:00:00Z, 2026-05-31T00:00:00Z",
        "0 0 0 * * 7, 2026-05-25T12:00:00Z, 2026-05-31T00:00:00Z",
        "*/20 * * * * *, 2026-05-25T12:00:19Z, 2026-05-25T12:00:20Z",
        "0 0/15 9-17 ? * MON-FRI, 2026-05-22T17:45:00Z, 2026-05-25T09:00:00Z",
        "0 0 0 29 2 *, 2026-05-25T12:00:00Z, 2028-02-29T00:00:00Z",
        "0 0 0 1 * 1, 2026-05-26T00:00:00Z, 2026-06-01T00:00:00Z",
        "0 0 0 13 * 5, 2026-06-01T12:00:00Z, 2026-06-05T00:00:00Z",
    })
    void the_next_time_is_found(String cron, Instant after, Instant next) {
        assertThat(Cron.parse(cron).next(after)).contains(next);
    }

    @Test
    void what_never_comes_is_empty() {
        assertThat(Cron.parse("0 0 0 30 2 *").next(Instant.parse("2026-05-25T12:00:00Z")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "* * * * *",
                "60 * * * * *",
                "* * * 0 * *",
                "* * * * 13 *",
                "* * * * * 8",
                "5-1 * * * * *",
                "*/0 * * * * *",
                "a * * * * *",
                "1,,2 * * * * *",
                "1-2-3 * * * * *"
            })
    void anything_else_is_refused(String text) {
        assertThatThrownBy(() -> Cron.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}

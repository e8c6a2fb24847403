package dev.breakwater.kernel.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class WireTimeTest {

    @Example
    void timesAreSpelledInWholeSeconds() {
        assertThat(WireTime.text(Instant.parse("2026-05-25T12:00:00.987654321Z")))
                .isEqualTo("2026-05-25T12:00:00Z");
    }

    @Property
    void everyTimeIsSpelledAsTheStandardLibraryDoes(
            @ForAll @LongRange(min = -70_000_000_000L, max = 300_000_000_000L) long seconds,
            @ForAll @LongRange(min = 0, max = 999_999_999) long nanos) {
        Instant instant = Instant.ofEpochSecond(seconds, nanos);

        assertThat(WireTime.text(instant))
                .isEqualTo(instant.truncatedTo(ChronoUnit.SECONDS).toString());
    }
}

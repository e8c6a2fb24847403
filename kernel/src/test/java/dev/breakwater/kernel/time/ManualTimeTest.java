package dev.breakwater.kernel.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManualTimeTest {

    private static final Instant START = Instant.parse("2026-05-25T12:00:00Z");

    private final ManualTime time = new ManualTime(START);

    @Test
    void ringsAlarmsInTheOrderOfTheirTimesAndShowsEachItsOwn() {
        List<Instant> rung = new ArrayList<>();
        time.at(START.plusSeconds(20), () -> rung.add(time.instant()));
        time.at(START.plusSeconds(10), () -> {
            rung.add(time.instant());
            time.at(START.plusSeconds(15), () -> rung.add(time.instant()));
        });
        time.at(START.plusSeconds(12), () -> rung.add(Instant.MAX)).cancel();

        time.advance(Duration.ofSeconds(30));

        assertThat(rung).containsExactly(START.plusSeconds(10), START.plusSeconds(15), START.plusSeconds(20));
        assertThat(time.instant()).isEqualTo(START.plusSeconds(30));
        assertThat(time.pending()).isEmpty();
    }
}

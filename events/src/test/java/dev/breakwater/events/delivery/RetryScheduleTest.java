package dev.breakwater.events.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** events.md 10.6. */
class RetryScheduleTest {

    @Test
    void attemptsComeAtTheDocumentedTimes() {
        RetrySchedule schedule = new RetrySchedule(0, () -> 1);
        List<Duration> times = new ArrayList<>();
        Duration since = Duration.ZERO;
        for (int step = 1; schedule.delayAfter(step).isPresent(); step++) {
            since = since.plus(schedule.delayAfter(step).orElseThrow());
            times.add(since);
        }

        assertThat(times).extracting(Duration::toMinutes).containsExactly(5L, 35L, 155L, 455L, 1_055L, 2_495L, 3_935L);
    }

    @Test
    void theEighthFailureIsTheLast() {
        assertThat(new RetrySchedule(0.1, () -> 1).delayAfter(8)).isEqualTo(Optional.empty());
    }

    @Property
    void jitterOnlyLengthensAndNeverBeyondADay(
            @ForAll @IntRange(min = 1, max = 7) int step, @ForAll @DoubleRange(min = 0, max = 1) double random) {
        Duration exact = new RetrySchedule(0, () -> random).delayAfter(step).orElseThrow();
        Duration longer = new RetrySchedule(0.1, () -> random).delayAfter(step).orElseThrow();

        assertThat(longer).isBetween(exact, Duration.ofDays(1));
        assertThat(longer.toNanos()).isLessThanOrEqualTo((long) (exact.toNanos() * 1.1) + 1);
    }
}

package dev.breakwater.server.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.breakwater.kernel.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadinessTest {

    private final ManualTime time = new ManualTime(Instant.parse("2026-05-25T12:00:00Z"));
    private final Readiness readiness = new Readiness(time);
    private final List<String> stopped = new ArrayList<>();

    @Test
    void namesWhatStandsInTheWayUntilItIsGone() {
        readiness.add("events", () -> stopped.stream().findFirst());
        readiness.add("database", Optional::empty);
        assertThat(readiness.hindrances()).isEmpty();

        stopped.add("the writers of events have stopped");
        time.advance(Duration.ofSeconds(2));
        assertThat(readiness.hindrances()).containsOnly(entry("events", "the writers of events have stopped"));

        stopped.clear();
        time.advance(Duration.ofSeconds(2));
        assertThat(readiness.hindrances()).isEmpty();
    }

    @Test
    void checksAtMostOnceASecondHoweverOftenItIsAsked() {
        readiness.add("counted", () -> {
            stopped.add("asked");
            return Optional.empty();
        });

        readiness.hindrances();
        readiness.hindrances();
        time.advance(Duration.ofMillis(900));
        readiness.hindrances();
        assertThat(stopped).hasSize(1);

        time.advance(Duration.ofMillis(200));
        readiness.hindrances();
        assertThat(stopped).hasSize(2);
    }
}

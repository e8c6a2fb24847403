package dev.breakwater.events.delivery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** What operators see of deliveries (events.md 15). */
final class DeliveryMetrics {

    private final MeterRegistry registry;
    private final Timer firstAttempts;
    private final Counter retries;
    private final Counter replays;
    private final AtomicReference<Map<String, Long>> depths = new AtomicReference<>(Map.of());
    private final AtomicReference<Duration> oldest = new AtomicReference<>(Duration.ZERO);

    DeliveryMetrics(MeterRegistry registry, Lanes lanes) {
        this.registry = registry;
        firstAttempts = Timer.builder("breakwater.deliveries.first.attempt.delay")
                .description("Time from the creation of a delivery to the start of its first attempt")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofMinutes(5))
                .register(registry);
        retries = Counter.builder("breakwater.deliveries.retries")
                .description("Attempts after the first one that the schedule made")
                .register(registry);
        replays = Counter.builder("breakwater.deliveries.replays")
                .description("Attempts that somebody asked for")
                .register(registry);
        Gauge.builder("breakwater.deliveries.memory.waiting", lanes, Lanes::waiting)
                .description("Deliveries of this node that wait in memory")
                .register(registry);
        Gauge.builder("breakwater.deliveries.memory.running", lanes, Lanes::running)
                .description("Attempts of this node that are under way")
                .register(registry);
        gauges(registry);
    }

    private void gauges(MeterRegistry target) {
        for (String state : List.of("pending", "delivering", "retrying", "held")) {
            Gauge.builder("breakwater.deliveries.open", depths, all -> all.get().getOrDefault(state, 0L))
                    .description("Deliveries that have not ended, by state; counted every half minute")
                    .tag("state", state)
                    .register(target);
        }
        Gauge.builder(
                        "breakwater.deliveries.oldest.due.age",
                        oldest,
                        age -> age.get().toMillis() / 1_000.0)
                .description("For how long the oldest delivery that waits in the table has been due")
                .baseUnit("seconds")
                .register(target);
    }

    void counted(Map<String, Long> open) {
        depths.set(Map.copyOf(open));
    }

    void oldestDue(Duration age) {
        oldest.set(age);
    }

    void started(Work work, Instant now) {
        if (work.trigger() == Trigger.REPLAY) {
            replays.increment();
        } else if (work.attempts() > 0) {
            retries.increment();
        } else {
            Duration delay = Duration.between(work.createdAt(), now);
            firstAttempts.record(delay.isNegative() ? Duration.ZERO : delay);
        }
    }

    void ended(Outcome outcome) {
        Timer.builder("breakwater.deliveries.attempts")
                .description("Attempts by result, with the time until the response was read")
                .tag("result", outcome.reply().error().map(ErrorCode::code).orElse("success"))
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(15))
                .register(registry)
                .record(outcome.duration());
    }

    /** The status after an attempt: delivered, retrying, failed or canceled. */
    void recorded(String status) {
        registry.counter("breakwater.deliveries", "result", status).increment();
    }
}

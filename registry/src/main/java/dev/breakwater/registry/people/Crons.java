package dev.breakwater.registry.people;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.registry.schedule.Cron;
import java.util.Optional;

/** Reads the times that people write. */
final class Crons {

    private Crons() {}

    /**
     * Six fields; empty for never.
     *
     * @throws Failure.Invalid naming the field {@code cron} when they are wrong
     */
    static Optional<Cron> check(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Cron.parse(text));
        } catch (IllegalArgumentException e) {
            throw new Failure.Invalid(
                    "cron", "These are no times: %s. Write six fields, as 0 0 3 * * *.".formatted(e.getMessage()));
        }
    }
}

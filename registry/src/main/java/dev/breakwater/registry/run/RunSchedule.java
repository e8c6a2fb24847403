package dev.breakwater.registry.run;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When and how work is done by itself (registry.md 3.6).
 *
 * @param type {@code Hourly}, {@code Daily}, {@code Weekly} or {@code Custom}, as it was sent
 * @param cron as it was written
 * @param nextAt when it is due; null for never
 * @param updatedAt when this was set
 * @param parameters how it is done
 */
public record RunSchedule<P>(
        String type, String cron, @Nullable Instant nextAt, Instant updatedAt, P parameters) {}

package dev.breakwater.registry.scanning;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.job.Jobs;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.configuration.Configuration;
import dev.breakwater.registry.configuration.ConfigurationKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalInt;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.JsonNode;

/**
 * Has all images scanned once a day at the time that {@code scan_all_policy} names, in seconds after midnight UTC
 * (registry.md 1.11). A time that is set after it has passed is due on the next day.
 */
public final class DailyScan {

    private static final Duration LOOK = Duration.ofMinutes(1);
    private static final int DAY = 24 * 60 * 60;

    /** In whose name it is asked for. */
    private static final String USERNAME = "scan-all";

    private final Database database;
    private final TimeSource time;
    private final Configuration configuration;
    private final ScanAll all;

    /** Does as this configuration says. */
    public DailyScan(Database database, TimeSource time, Configuration configuration, ScanAll all) {
        this.database = database;
        this.time = time;
        this.configuration = configuration;
        this.all = all;
    }

    /** The recurring look at the clock. */
    public Jobs.Job job() {
        return new Jobs.Job("registry-daily-scan", LOOK, this::look);
    }

    private void look() {
        if (all.isPossible() && database.transact(this::isDue)) {
            all.request(null, USERNAME);
        }
    }

    private boolean isDue(Handle handle) {
        OptionalInt second = second(configuration.read(handle).value(ConfigurationKey.SCAN_ALL_POLICY));
        if (second.isEmpty()) {
            DailyScanStore.forget(handle);
            return false;
        }
        Instant now = time.instant();
        Instant today = now.truncatedTo(ChronoUnit.DAYS).plusSeconds(second.getAsInt());
        return DailyScanStore.advance(
                handle, second.getAsInt(), today.isAfter(now) ? today.minus(Duration.ofDays(1)) : today);
    }

    /** The time of the day; empty when nothing is to be scanned. */
    private static OptionalInt second(JsonNode policy) {
        if (!policy.path("type").asString("").equals("daily")) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(
                Math.floorMod(policy.path("parameter").path("daily_time").asInt(0), DAY));
    }
}

package dev.breakwater.registry.scanning;

import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** The one row of the daily scan. */
final class DailyScanStore {

    private DailyScanStore() {}

    static void forget(Handle handle) {
        handle.execute("DELETE FROM registry.daily_scan");
    }

    /** Notes the last moment at which a scan was due; whether it is a new one of the same time of the day. */
    static boolean advance(Handle handle, int secondOfDay, Instant due) {
        boolean advanced = handle.execute(
                        "UPDATE registry.daily_scan SET due_at = ? WHERE second_of_day = ? AND due_at < ?",
                        due,
                        secondOfDay,
                        due)
                == 1;
        if (!advanced) {
            handle.execute(
                    "INSERT INTO registry.daily_scan (second_of_day, due_at) VALUES (?, ?)"
                            + " ON CONFLICT (only_one) DO UPDATE SET second_of_day = excluded.second_of_day,"
                            + " due_at = excluded.due_at"
                            + " WHERE daily_scan.second_of_day <> excluded.second_of_day",
                    secondOfDay,
                    due);
        }
        return advanced;
    }
}

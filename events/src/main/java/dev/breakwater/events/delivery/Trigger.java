package dev.breakwater.events.delivery;

import java.util.Locale;

/** What causes an attempt (events.md 4.11). */
enum Trigger {
    /** The event itself, or the retry schedule. */
    AUTOMATIC,
    /** Somebody asked for it. */
    REPLAY;

    /** As the table and the API spell it. */
    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}

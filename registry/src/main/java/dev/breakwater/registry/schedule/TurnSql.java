package dev.breakwater.registry.schedule;

import org.jdbi.v3.core.Handle;

/** Locks of PostgreSQL that belong to a session. */
final class TurnSql {

    private static final String KEY = "hashtextextended('registry.turn.' || :name, 0)";

    private TurnSql() {}

    static boolean take(Handle handle, String name) {
        return handle.createQuery("SELECT pg_try_advisory_lock(" + KEY + ")")
                .bind("name", name)
                .mapTo(boolean.class)
                .one();
    }

    static void end(Handle handle, String name) {
        handle.createQuery("SELECT pg_advisory_unlock(" + KEY + ")")
                .bind("name", name)
                .mapTo(boolean.class)
                .one();
    }
}

package dev.breakwater.registry.schedule;

import dev.breakwater.kernel.db.Database;
import java.util.function.BooleanSupplier;

/**
 * Work that one node at a time does. Who has the turn loses it with its connection, so a node that dies holds up
 * nobody.
 */
public final class Turn {

    private final Database database;
    private final String name;

    /** The name is unique in the installation. */
    public Turn(Database database, String name) {
        this.database = database;
        this.name = name;
    }

    /** Does the work now, unless somebody is doing it; whether it was done. */
    public boolean take(Runnable work) {
        return database.apart(name, handle -> {
            if (!TurnSql.take(handle, name)) {
                return false;
            }
            try {
                work.run();
            } finally {
                TurnSql.end(handle, name);
            }
            return true;
        });
    }

    /**
     * Does the work, and does it again while there is more of it after the turn was given back: who added that found the
     * turn taken and went away.
     */
    public void takeWhile(BooleanSupplier more, Runnable work) {
        boolean again = true;
        while (again) {
            again = take(work) && more.getAsBoolean();
        }
    }
}

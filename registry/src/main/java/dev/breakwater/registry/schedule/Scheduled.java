package dev.breakwater.registry.schedule;

import org.jdbi.v3.core.Handle;

/** A kind of thing that recurs. */
public interface Scheduled {

    /** The kind in the table of schedules. */
    String kind();

    /** A time has come: notes in this transaction what is to be done, and does not do it yet. */
    void due(Handle handle, Schedule schedule);

    /** Something was noted: begins to do it and returns at once. */
    void begin();
}

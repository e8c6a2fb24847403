package dev.breakwater.registry.collection;

/** Hears what a collection does, from several threads, and may end it. */
interface Progress {

    /** Something was freed. */
    void freed(Freed freed);

    /** A line for those who read the log. */
    void log(String line);

    /** Whether it may go on. */
    boolean goesOn();
}

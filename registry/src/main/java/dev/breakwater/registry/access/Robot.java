package dev.breakwater.registry.access;

import java.util.List;

/**
 * A robot account as the caller of a request.
 *
 * @param id its number
 * @param name its full name, for example {@code robot$demo+ci}
 * @param level whose it is
 * @param grants what it was granted
 */
public record Robot(long id, String name, Level level, List<Grant> grants) {

    /** Whose a robot is. */
    public enum Level {
        /** Of the system; it may be granted something in several projects. */
        SYSTEM,
        /** Of one project. */
        PROJECT
    }

    /** An immutable copy of the grants. */
    public Robot {
        grants = List.copyOf(grants);
    }
}

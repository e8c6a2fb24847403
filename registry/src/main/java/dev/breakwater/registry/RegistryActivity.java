package dev.breakwater.registry;

import dev.breakwater.kernel.identity.Principal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** How much is stored and how much happens in the projects of an organization that somebody may read, for people. */
public interface RegistryActivity {

    /** How far things are counted; what is more is told as this and one more. */
    int MOST_COUNTED = 50_000;

    /**
     * What is there.
     *
     * @param projects how many
     * @param repositories how many of them hold something
     * @param artifacts how many, each platform and each signature by itself
     * @param contents how many different blobs and manifests there are, counted once for each project
     * @param bytes of these
     */
    record Totals(long projects, long repositories, long artifacts, long contents, long bytes) {}

    /**
     * What happened within an hour.
     *
     * @param from when the hour begins
     * @param pushes how many, as far as they are in the log
     * @param pulls how many, at most five seconds late
     */
    record Hour(Instant from, long pushes, long pulls) {}

    /** What is there now. */
    Totals totals(Principal caller, UUID organization);

    /** The latest hours, the oldest first, without gaps; the last one has only begun. */
    List<Hour> latest(Principal caller, UUID organization, int hours);
}

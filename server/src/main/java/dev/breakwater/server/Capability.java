package dev.breakwater.server;

import dev.breakwater.kernel.http.Surface;
import dev.breakwater.kernel.job.Jobs;
import java.util.List;
import java.util.Optional;

/** One capability as the process sees it: surfaces to mount, work to start, and an end. */
interface Capability extends AutoCloseable {

    /** Its name in health reports. */
    String name();

    /** What it answers to. */
    List<Surface> surfaces();

    /** Starts background work; called when everything is built and before the first request. */
    void start();

    /** What it does from time to time. */
    List<Jobs.Job> jobs();

    /** Why it can't do its work at this moment; empty when it can. Shown by {@code /health/ready}. */
    Optional<String> hindrance();

    /** Ends requests that would never end by themselves, such as open streams; called before the port is closed. */
    void endStreams();

    /** Ends background work within ten seconds; no request arrives any more. */
    @Override
    void close();
}

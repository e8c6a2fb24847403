package dev.breakwater.bench.report;

import java.io.PrintWriter;

/** Tells the waiting user what is going on, with the time since the beginning. */
public final class Progress {

    private final PrintWriter out;
    private final long start = System.nanoTime();

    /** Lines go to {@code out}. */
    public Progress(PrintWriter out) {
        this.out = out;
    }

    /** Prints one line. */
    public void say(String line) {
        out.printf("[%4d s] %s%n", (System.nanoTime() - start) / 1_000_000_000, line);
        out.flush();
    }
}

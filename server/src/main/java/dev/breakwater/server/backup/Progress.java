package dev.breakwater.server.backup;

import java.io.PrintWriter;
import java.time.Duration;

/** Tells a person how far long work has come: a line for each part, and one every two seconds in between. */
final class Progress {

    private static final long PAUSE = Duration.ofSeconds(2).toNanos();
    private static final long MEGABYTE = 1 << 20;

    private final PrintWriter out;
    private long lastLine = System.nanoTime();

    Progress(PrintWriter out) {
        this.out = out;
    }

    void underWay(String part, long bytes) {
        if (System.nanoTime() - lastLine > PAUSE) {
            line("  %s: %,d MB so far".formatted(part, bytes / MEGABYTE));
        }
    }

    void done(BackupContents.Table table, BackupContents.Entry entry) {
        line("  %s: %,d rows, %,d bytes".formatted(table.title(), entry.rows(), entry.bytes()));
    }

    void line(String text) {
        out.println(text);
        out.flush();
        lastLine = System.nanoTime();
    }
}

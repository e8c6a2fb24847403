package dev.breakwater.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;

/** The signals by which PostgreSQL is told how to stop; the JDK itself can send only TERM, which waits for all clients. */
enum Signal {
    /** Fast: roll back, disconnect, checkpoint, end. */
    INT,
    /** Immediate: end without a checkpoint; the next start recovers. */
    QUIT;

    void send(ProcessHandle process) throws InterruptedException {
        try {
            new ProcessBuilder("/bin/sh", "-c", "kill -s " + name() + " " + process.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

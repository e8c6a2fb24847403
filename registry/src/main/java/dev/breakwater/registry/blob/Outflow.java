package dev.breakwater.registry.blob;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Copies in pieces that suit a disk and a socket, and no larger than the content. */
final class Outflow {

    private Outflow() {}

    /** Copies all of it; {@code expected} is how many bytes that probably are. */
    static long copy(InputStream source, long expected, OutputStream target) throws IOException {
        byte[] buffer = new byte[Math.clamp(expected, 1, Inflow.LARGEST)];
        long copied = 0;
        for (int read; (read = source.read(buffer, 0, buffer.length)) >= 0; copied += read) {
            target.write(buffer, 0, read);
        }
        return copied;
    }
}

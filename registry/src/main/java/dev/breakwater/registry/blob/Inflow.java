package dev.breakwater.registry.blob;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Takes a stream in large pieces, whatever its own pieces are, and does not lose what arrived before it broke off. The
 * buffer begins small, because most blobs are.
 */
final class Inflow {

    private static final int FIRST = 8 << 10;
    static final int LARGEST = 128 << 10;

    private final InputStream content;
    private byte[] bytes = new byte[FIRST];
    private int count;
    private boolean ended;
    private @Nullable Exception failure;

    Inflow(InputStream content) {
        this.content = content;
    }

    /** Reads the next piece; false when there is none. */
    boolean next() {
        if (ended) {
            return false;
        }
        if (count == bytes.length && count < LARGEST) {
            bytes = new byte[LARGEST];
        }
        count = 0;
        fill();
        return count > 0;
    }

    // Whatever the transport throws, the bytes before it did arrive.
    private void fill() {
        try {
            while (count < bytes.length && !ended) {
                int read = content.read(bytes, count, bytes.length - count);
                if (read < 0) {
                    ended = true;
                } else {
                    count += read;
                }
            }
        } catch (IOException | RuntimeException e) {
            failure = e;
            ended = true;
        }
    }

    byte[] bytes() {
        return bytes;
    }

    /** How many bytes the piece has. */
    int count() {
        return count;
    }

    /** Throws what the stream threw, if it did. */
    void requireWhole() throws IOException {
        switch (failure) {
            case null -> {}
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            default -> throw new IOException(failure);
        }
    }
}

package dev.breakwater.registry.blob;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;

/** The bytes of a blob or of a part of one, of which it is known how many there are: never more are given away. */
abstract class MeasuredStream extends InputStream {

    private long remaining;

    MeasuredStream(long length) {
        remaining = length;
    }

    /** How many bytes are still to come. */
    final long remaining() {
        return remaining;
    }

    /** Reads at least one byte and at most {@code length}, which is not 0; -1 where the medium ends too early. */
    abstract int readSome(byte[] bytes, int offset, int length) throws IOException;

    /** All bytes were read; called before the last of them are given away, and whenever more are asked for. */
    void ended() throws IOException {
        // most have nothing to say to it
    }

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public final int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) {
            return 0;
        }
        if (remaining == 0) {
            ended();
            return -1;
        }
        int read = readSome(bytes, offset, (int) Math.min(length, remaining));
        if (read > 0) {
            remaining -= read;
        }
        if (remaining == 0) {
            ended();
        }
        return read;
    }

    @Override
    public final long transferTo(OutputStream out) throws IOException {
        return Outflow.copy(this, remaining, out);
    }
}

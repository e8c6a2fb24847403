package dev.breakwater.registry.blob;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;

/** Bytes to store, and streams of them that behave in a certain way. */
final class Content {

    private Content() {}

    static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    static InputStream of(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }

    /** Gives the bytes, in pieces of a thousand, and then breaks off. */
    static InputStream brokenAfter(byte[] bytes, IOException failure) {
        return new InputStream() {
            private final InputStream whole = of(bytes);

            @Override
            public int read() throws IOException {
                throw new IOException("read in pieces");
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                int read = whole.read(target, offset, Math.min(length, 1_000));
                if (read < 0) {
                    throw failure;
                }
                return read;
            }
        };
    }

    /** So many bytes of a repeated piece, without holding them. */
    static InputStream repeated(byte[] piece, long length) {
        return new InputStream() {
            private long position;

            @Override
            public int read() {
                return position < length ? piece[(int) (position++ % piece.length)] & 0xff : -1;
            }

            @Override
            public int read(byte[] target, int offset, int wanted) {
                if (position >= length) {
                    return -1;
                }
                int from = (int) (position % piece.length);
                int count = (int) Math.min(Math.min(wanted, piece.length - from), length - position);
                System.arraycopy(piece, from, target, offset, count);
                position += count;
                return count;
            }
        };
    }
}

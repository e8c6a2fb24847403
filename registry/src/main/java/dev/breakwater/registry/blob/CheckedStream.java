package dev.breakwater.registry.blob;

import dev.breakwater.registry.blob.BlobStore.DamagedBlobException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.Objects;

/**
 * A whole blob whose bytes are hashed as they are read. The last of them are only given away when all of them are those
 * that the digest names.
 */
final class CheckedStream extends InputStream {

    private final InputStream source;
    private final Digest expected;
    private final MessageDigest computation;
    private final Runnable proven;
    private long remaining;
    private boolean compared;
    private boolean damaged;

    /**
     * Begins a check.
     *
     * @param length of the blob, as the medium says
     * @param proven is run when the blob has turned out to be undamaged
     */
    CheckedStream(InputStream source, Digest expected, long length, Runnable proven) {
        this.source = source;
        this.expected = expected;
        this.computation = expected.algorithm().start();
        this.remaining = length;
        this.proven = proven;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) {
            return 0;
        }
        if (remaining == 0) {
            compare();
            return -1;
        }
        int read = source.read(bytes, offset, (int) Math.min(length, remaining));
        if (read < 0) {
            damaged = true;
            throw new DamagedBlobException(expected);
        }
        computation.update(bytes, offset, read);
        remaining -= read;
        if (remaining == 0) {
            compare();
        }
        return read;
    }

    private void compare() throws IOException {
        if (!compared) {
            compared = true;
            damaged = !expected.algorithm().finish(computation).equals(expected);
            if (!damaged) {
                proven.run();
            }
        }
        if (damaged) {
            throw new DamagedBlobException(expected);
        }
    }

    @Override
    public long transferTo(OutputStream out) throws IOException {
        return Outflow.copy(this, remaining, out);
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}

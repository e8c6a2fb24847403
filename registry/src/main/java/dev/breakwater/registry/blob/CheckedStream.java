package dev.breakwater.registry.blob;

import dev.breakwater.registry.blob.BlobStore.DamagedBlobException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/**
 * A whole blob whose bytes are hashed as they are read. The last of them are only given away when all of them are those
 * that the digest names.
 */
final class CheckedStream extends MeasuredStream {

    private final InputStream source;
    private final Digest expected;
    private final MessageDigest computation;
    private final Runnable proven;
    private boolean compared;
    private boolean damaged;

    /**
     * Begins a check.
     *
     * @param length of the blob, as the medium says
     * @param proven is run when the blob has turned out to be undamaged
     */
    CheckedStream(InputStream source, Digest expected, long length, Runnable proven) {
        super(length);
        this.source = source;
        this.expected = expected;
        this.computation = expected.algorithm().start();
        this.proven = proven;
    }

    @Override
    int readSome(byte[] bytes, int offset, int length) throws IOException {
        int read = source.read(bytes, offset, length);
        if (read < 0) {
            damaged = true;
            throw new DamagedBlobException(expected);
        }
        computation.update(bytes, offset, read);
        return read;
    }

    @Override
    void ended() throws IOException {
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
    public void close() throws IOException {
        source.close();
    }
}

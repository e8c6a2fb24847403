package dev.breakwater.registry.blob;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;

/** The content of an object. Closed early, it ends the connection and does not read the rest. */
final class S3Stream extends InputStream {

    private final ResponseInputStream<?> source;
    private long remaining;

    S3Stream(ResponseInputStream<?> source, long length) {
        this.source = source;
        this.remaining = length;
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
            return -1;
        }
        int read = readSource(bytes, offset, (int) Math.min(length, remaining));
        if (read < 0) {
            throw new IOException("S3 ended the content " + remaining + " bytes too early");
        }
        remaining -= read;
        return read;
    }

    private int readSource(byte[] bytes, int offset, int length) throws IOException {
        try {
            return source.read(bytes, offset, length);
        } catch (SdkException e) {
            throw new IOException("S3 broke off: " + e.getMessage(), e);
        }
    }

    @Override
    public long transferTo(OutputStream out) throws IOException {
        return Outflow.copy(this, remaining, out);
    }

    @Override
    public void close() throws IOException {
        if (remaining > 0) {
            source.abort();
        } else {
            source.close();
        }
    }
}

package dev.breakwater.registry.blob;

import java.io.IOException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;

/** The content of an object. Closed early, it ends the connection and does not read the rest. */
final class S3Stream extends MeasuredStream {

    private final ResponseInputStream<?> source;

    S3Stream(ResponseInputStream<?> source, long length) {
        super(length);
        this.source = source;
    }

    @Override
    int readSome(byte[] bytes, int offset, int length) throws IOException {
        try {
            int read = source.read(bytes, offset, length);
            if (read < 0) {
                throw new IOException("S3 ended the content " + remaining() + " bytes too early");
            }
            return read;
        } catch (SdkException e) {
            throw new IOException("S3 broke off: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        if (remaining() > 0) {
            source.abort();
        } else {
            source.close();
        }
    }
}

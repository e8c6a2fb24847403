package dev.breakwater.registry.upstream;

import java.io.InputStream;

/**
 * The bytes of a blob as they arrive from a registry elsewhere. They are not compared with its digest: the reader does
 * that. Closing it ends the transfer.
 *
 * @param length in bytes; negative when the registry does not tell
 * @param content the stream, which must be closed
 */
public record RemoteBlob(long length, InputStream content) implements AutoCloseable {
    @Override
    public void close() throws java.io.IOException {
        content.close();
    }
}

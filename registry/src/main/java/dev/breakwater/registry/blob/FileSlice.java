package dev.breakwater.registry.blob;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Objects;

/** A part of a file. It ends early only when the file does. */
final class FileSlice extends InputStream {

    private final FileChannel channel;
    private long position;
    private long remaining;

    /** Closes {@code channel} when it is closed. */
    FileSlice(FileChannel channel, long offset, long length) {
        this.channel = channel;
        this.position = offset;
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
        int read = channel.read(ByteBuffer.wrap(bytes, offset, (int) Math.min(length, remaining)), position);
        if (read > 0) {
            position += read;
            remaining -= read;
        }
        return read;
    }

    @Override
    public int available() {
        return (int) Math.min(remaining, Integer.MAX_VALUE);
    }

    @Override
    public long transferTo(OutputStream out) throws IOException {
        return Outflow.copy(this, remaining, out);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

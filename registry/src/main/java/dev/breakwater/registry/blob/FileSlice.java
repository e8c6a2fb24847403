package dev.breakwater.registry.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A part of a file. It ends early only when the file does. */
final class FileSlice extends MeasuredStream {

    private final FileChannel channel;
    private long position;

    /** Closes {@code channel} when it is closed. */
    FileSlice(FileChannel channel, long offset, long length) {
        super(length);
        this.channel = channel;
        this.position = offset;
    }

    @Override
    int readSome(byte[] bytes, int offset, int length) throws IOException {
        int read = channel.read(ByteBuffer.wrap(bytes, offset, length), position);
        if (read > 0) {
            position += read;
        }
        return read;
    }

    @Override
    public int available() {
        return (int) Math.min(remaining(), Integer.MAX_VALUE);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

package dev.breakwater.bench.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One non-blocking connection with the bytes that have arrived on it and those that it could not take yet. */
final class Wire {

    private static final int ROOM = 8 * 1024;
    private static final int MOST = 16 * 1024 * 1024;

    private final SocketChannel channel;
    private final SelectionKey key;
    private byte[] bytes = new byte[ROOM];
    private ByteBuffer in = ByteBuffer.wrap(bytes);
    private @Nullable ByteBuffer unsent;

    Wire(SocketChannel channel, Selector selector) throws IOException {
        this.channel = channel;
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        key = channel.register(selector, SelectionKey.OP_READ);
    }

    static Wire to(SocketAddress address, Selector selector) throws IOException {
        return new Wire(SocketChannel.open(address), selector);
    }

    /** Whom the selector's key leads to. */
    void ownedBy(Object owner) {
        key.attach(owner);
    }

    /** Sends all of {@code message}, now or as soon as the connection takes it. */
    void send(ByteBuffer message) throws IOException {
        channel.write(message);
        if (message.hasRemaining()) {
            ByteBuffer rest = ByteBuffer.allocate(message.remaining());
            rest.put(message).flip();
            unsent = rest;
            key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        }
    }

    /** Goes on sending what is left. */
    void sendRest() throws IOException {
        ByteBuffer rest = unsent;
        if (rest != null) {
            channel.write(rest);
            if (rest.hasRemaining()) {
                return;
            }
        }
        unsent = null;
        key.interestOps(SelectionKey.OP_READ);
    }

    /** Takes in what has arrived. Throws {@link EOFException} when the other side has closed. */
    void receive() throws IOException {
        if (!in.hasRemaining()) {
            if (bytes.length >= MOST) {
                throw new IOException("A message of more than " + MOST + " bytes has arrived.");
            }
            int filled = in.position();
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
            in = ByteBuffer.wrap(bytes).position(filled);
        }
        if (channel.read(in) < 0) {
            throw new EOFException("The other side has closed the connection.");
        }
    }

    byte[] bytes() {
        return bytes;
    }

    int filled() {
        return in.position();
    }

    /** Forgets the bytes before {@code position}. */
    void drop(int position) {
        if (position == in.position()) {
            in.clear();
        } else {
            in.flip().position(position);
            in.compact();
        }
    }

    void close() {
        key.cancel();
        try {
            channel.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }
}

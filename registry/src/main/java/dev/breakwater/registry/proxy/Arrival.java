package dev.breakwater.registry.proxy;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.registry.blob.BlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A blob on its way here. Any number of readers follow it, each at its own pace and from the first byte on: they read
 * what lies in the store already, so nothing is kept in memory and nobody holds up anybody. The last byte is only given
 * away when the blob has turned out to be what its digest names and is here to stay.
 */
final class Arrival implements BlobStore.Watcher {

    private static final int PIECE = 64 << 10;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private OptionalLong length = OptionalLong.empty();
    private BlobStore.@Nullable Taken bytes;
    private long size;
    private boolean ended;
    private boolean here;
    private @Nullable RuntimeException failure;

    /** Gives what is in the store from a byte on. */
    @FunctionalInterface
    interface Rest {
        /** Opens it. */
        InputStream from(long position) throws IOException;
    }

    /** The other registry has it, and says how long it is. */
    void announce(long announced) {
        change(() -> length = OptionalLong.of(announced));
    }

    @Override
    public void taken(BlobStore.Taken taken, long total) {
        change(() -> {
            bytes = taken;
            size = total;
        });
    }

    /** It is here now, or the other registry has none. */
    void end(boolean arrived) {
        change(() -> {
            here = arrived;
            ended = true;
        });
    }

    /** It will not come. */
    void fail(RuntimeException reason) {
        change(() -> {
            failure = reason;
            ended = true;
        });
    }

    private void change(Runnable what) {
        lock.lock();
        try {
            what.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Its length as soon as that is known; empty when it ended without, see {@link #await}. */
    OptionalLong awaitLength() {
        lock.lock();
        try {
            pauseUntil(() -> length.isPresent() || ended);
            return length;
        } finally {
            lock.unlock();
        }
    }

    /** Whether it came; throws what it failed with. */
    boolean await() {
        lock.lock();
        try {
            pauseUntil(() -> ended);
            if (failure instanceof Failure known) {
                throw known;
            }
            if (failure != null) {
                throw new IllegalStateException("What was fetched for others as well failed", failure);
            }
            return here;
        } finally {
            lock.unlock();
        }
    }

    private void pauseUntil(BooleanSupplier done) {
        try {
            while (!done.getAsBoolean()) {
                changed.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure.Unavailable(Duration.ofSeconds(1), "Service temporarily unavailable.");
        }
    }

    /**
     * Writes all of it as it comes.
     *
     * @throws IOException when it does not come whole, or the reader has gone
     */
    void copyTo(OutputStream out, Rest rest) throws IOException {
        byte[] piece = new byte[PIECE];
        long position = 0;
        for (int read = next(piece, position); read > 0; read = next(piece, position)) {
            out.write(piece, 0, read);
            position += read;
        }
        requireHere();
        try (InputStream in = rest.from(position)) {
            in.transferTo(out);
        }
    }

    private void requireHere() throws IOException {
        try {
            if (!await()) {
                throw new IOException("The blob did not come");
            }
        } catch (RuntimeException e) {
            throw new IOException("The blob did not come whole", e);
        }
    }

    /** The next bytes that may be given away; none when no more can be had before the end. */
    private int next(byte[] piece, long position) throws IOException {
        BlobStore.Taken source;
        int count;
        lock.lock();
        try {
            pauseUntil(() -> ended || readable() > position || isLast(position));
            if (ended || bytes == null || isLast(position)) {
                return 0;
            }
            source = bytes;
            count = (int) Math.min(piece.length, readable() - position);
        } finally {
            lock.unlock();
        }
        return read(source, ByteBuffer.wrap(piece, 0, count), position);
    }

    private boolean isLast(long position) {
        return position >= length.orElse(Long.MAX_VALUE) - 1;
    }

    private long readable() {
        return Math.min(size, length.orElse(Long.MAX_VALUE) - 1);
    }

    /** What is no longer to be had from the upload is in the store in a moment, or will not be there. */
    private static int read(BlobStore.Taken source, ByteBuffer target, long position) {
        try {
            return source.read(target, position);
        } catch (IOException e) {
            return 0;
        }
    }
}

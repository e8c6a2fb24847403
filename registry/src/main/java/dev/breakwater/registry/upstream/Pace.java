package dev.breakwater.registry.upstream;

import dev.breakwater.kernel.time.TimeSource;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;

/** A stream that gives no more bytes per second, on average since it was opened, than it is told to. */
public final class Pace extends FilterInputStream {

    private static final int LARGEST_STEP = 64 * 1024;
    private static final long NANOS = 1_000_000_000L;

    private final TimeSource time;
    private final long bytesPerSecond;
    private final Instant start;
    private long given;

    private Pace(InputStream content, long bytesPerSecond, TimeSource time) {
        super(content);
        this.time = time;
        this.bytesPerSecond = bytesPerSecond;
        start = time.instant();
    }

    /** The same bytes at that pace; as they come when it is zero or less. */
    public static InputStream of(InputStream content, long bytesPerSecond, TimeSource time) {
        return bytesPerSecond <= 0 ? content : new Pace(content, bytesPerSecond, time);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        await();
        int most = (int) Math.min(Math.min(length, LARGEST_STEP), Math.max(1, bytesPerSecond));
        int read = super.read(buffer, offset, most);
        given += Math.max(0, read);
        return read;
    }

    private void await() throws InterruptedIOException {
        Instant due =
                start.plusSeconds(given / bytesPerSecond).plusNanos(given % bytesPerSecond * NANOS / bytesPerSecond);
        if (!due.isAfter(time.instant())) {
            return;
        }
        CountDownLatch turn = new CountDownLatch(1);
        TimeSource.Alarm alarm = time.at(due, turn::countDown);
        try {
            turn.await();
        } catch (InterruptedException e) {
            alarm.cancel();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while keeping the pace");
        }
    }
}

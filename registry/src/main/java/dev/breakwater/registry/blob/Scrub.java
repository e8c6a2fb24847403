package dev.breakwater.registry.blob;

import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.blob.BlobStore.NoSuchBlobException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One walk through all blobs: each is read and compared with its digest, at a bounded pace, and the store is compared
 * with what the database expects. It reports and changes nothing. It is run once.
 */
public final class Scrub {

    private static final int BATCH = 500;

    private final BlobStore store;
    private final Expected expected;
    private final Findings findings;
    private final Pace pace;
    private final byte[] buffer = new byte[Inflow.LARGEST];
    private final List<Digest> batch = new ArrayList<>(BATCH);
    private volatile boolean cancelled;
    private long blobs;
    private long bytes;

    /**
     * Prepares a walk.
     *
     * @param bytesPerSecond that are read at most, on average
     */
    public Scrub(BlobStore store, Expected expected, Findings findings, TimeSource time, long bytesPerSecond) {
        this.store = store;
        this.expected = expected;
        this.findings = findings;
        this.pace = new Pace(time, bytesPerSecond);
    }

    /** What the database says. */
    public interface Expected {

        /** Those of a few hundred digests that there should be. */
        Set<Digest> among(Collection<Digest> digests);

        /** Names every digest that there should be. */
        void forEach(Consumer<Digest> visitor);
    }

    /** Hears what is found, on the thread of the walk. */
    public interface Findings {

        /** The bytes of this blob are not what its digest names; they were read twice to be sure. */
        void damaged(Digest digest);

        /** There is this blob, nobody expects it, and its bytes are what its digest names. */
        void sound(Digest digest);

        /** The medium could not give all bytes of this blob, for this reason. */
        void unreadable(Digest digest, IOException reason);

        /** There should be this blob, and there is none. */
        void missing(Digest digest);

        /** There is this blob, and nobody expects it. It may be so young that its row isn't committed. */
        void unexpected(Digest digest);

        /** So much has been read. */
        void progress(long blobs, long bytes);
    }

    /**
     * Walks; takes as long as the pace demands.
     *
     * @return whether it came to the end, and was not cancelled
     * @throws IOException when the store cannot be listed
     */
    public boolean run() throws IOException, InterruptedException {
        try {
            store.forEachBlob(this::gather);
            look();
            expected.forEach(this::requireThere);
            return true;
        } catch (Stopped e) {
            if (e.getCause() instanceof InterruptedException interruption) {
                throw interruption;
            }
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            return false;
        }
    }

    /** Ends the walk soon; from any thread. */
    public void cancel() {
        cancelled = true;
        pace.release();
    }

    private void gather(Digest digest) {
        batch.add(digest);
        if (batch.size() == BATCH) {
            look();
        }
    }

    private void look() {
        Set<Digest> known = expected.among(List.copyOf(batch));
        for (Digest digest : batch) {
            requireGoingOn();
            boolean expectedHere = known.contains(digest);
            if (!expectedHere) {
                findings.unexpected(digest);
            }
            compare(digest, expectedHere);
        }
        batch.clear();
        findings.progress(blobs, bytes);
    }

    private void compare(Digest digest, boolean expectedHere) {
        try {
            boolean sound = isSound(digest);
            if (!sound) {
                // Memory errs as well as disks do, and a blob that is said to be damaged is gone for everybody.
                sound = isSound(digest);
            }
            if (!sound) {
                findings.damaged(digest);
            } else if (!expectedHere) {
                findings.sound(digest);
            }
            blobs++;
        } catch (NoSuchBlobException e) {
            // It has been deleted since it was listed.
            requireGoingOn();
        } catch (IOException e) {
            findings.unreadable(digest, e);
        }
    }

    private boolean isSound(Digest digest) throws IOException {
        try (InputStream content = store.openUnchecked(digest)) {
            return digest.algorithm().finish(hash(digest, content)).equals(digest);
        }
    }

    private MessageDigest hash(Digest digest, InputStream content) throws IOException {
        MessageDigest computation = digest.algorithm().start();
        for (int read; (read = content.read(buffer, 0, buffer.length)) >= 0; ) {
            computation.update(buffer, 0, read);
            bytes += read;
            keepPace(read);
            requireGoingOn();
        }
        return computation;
    }

    private void keepPace(int read) {
        try {
            pace.spent(read);
        } catch (InterruptedException e) {
            throw new Stopped(e);
        }
    }

    private void requireThere(Digest digest) {
        requireGoingOn();
        try {
            // Asked again, because it may have been deleted since the database named it.
            if (store.size(digest).isEmpty() && expected.among(List.of(digest)).contains(digest)) {
                findings.missing(digest);
            }
        } catch (IOException e) {
            throw new Stopped(e);
        }
    }

    private void requireGoingOn() {
        if (cancelled) {
            throw new Stopped(null);
        }
    }

    /** Leaves a walk from within its visitors. */
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1;

        Stopped(@Nullable Exception reason) {
            super(reason);
        }
    }
}

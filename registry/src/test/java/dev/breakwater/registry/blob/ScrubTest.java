package dev.breakwater.registry.blob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.kernel.time.ManualTime;
import dev.breakwater.kernel.time.TimeSource;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScrubTest {

    private static final Instant START = Instant.parse("2026-05-25T12:00:00Z");
    private static final long FAST = 1L << 50;

    @TempDir
    private Path root = Path.of("");

    private final ManualTime time = new ManualTime(START);
    private final Set<Digest> expected = new HashSet<>();
    private final List<String> found = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private BlobStore store;

    @BeforeEach
    void open() throws IOException {
        store = new FileBlobs(root, time);
    }

    @Test
    void aWholeStoreGivesNothingToReport() throws Exception {
        expected.add(BlobStoreContract.push(store, Content.random(1_000)));
        expected.add(BlobStoreContract.push(store, new byte[0]));

        assertThat(scrub(time, FAST).run()).isTrue();
        assertThat(found).containsExactly("2 blobs, 1000 bytes");
    }

    @Test
    void whatIsDamagedMissingOrUnexpectedIsReported() throws Exception {
        Digest damaged = BlobStoreContract.push(store, Content.random(300_000));
        Digest shortened = BlobStoreContract.push(store, Content.random(5_000));
        Digest missing = Digest.sha256(Content.random(7));
        expected.addAll(List.of(damaged, shortened, missing));
        Digest unexpected = BlobStoreContract.push(store, Content.random(8));
        change(damaged, 299_999);
        try (RandomAccessFile file = new RandomAccessFile(file(shortened), "rw")) {
            file.setLength(4_999);
        }

        assertThat(scrub(time, FAST).run()).isTrue();
        assertThat(found)
                .containsExactlyInAnyOrder(
                        "damaged " + damaged,
                        "damaged " + shortened,
                        "missing " + missing,
                        "unexpected " + unexpected,
                        "sound " + unexpected,
                        "3 blobs, 610006 bytes");
    }

    @Test
    void thousandsOfBlobsAreAskedForInBatches() throws Exception {
        for (int i = 0; i < 1_001; i++) {
            expected.add(BlobStoreContract.push(store, Integer.toString(i).getBytes(StandardCharsets.UTF_8)));
        }

        assertThat(scrub(time, FAST).run()).isTrue();
        assertThat(found).hasSize(3).last().asString().startsWith("1001 blobs");
    }

    /** The clock moves only by the waits of the scrub itself. */
    @Test
    void thePaceIsKept() throws Exception {
        expected.add(BlobStoreContract.push(store, Content.random(10 << 20)));

        assertThat(scrub(new WaitingMovesIt(time), 1 << 20).run()).isTrue();
        assertThat(Duration.between(START, time.instant())).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(10));
    }

    @Test
    void aCancelledWalkEndsWhileItWaits() throws Exception {
        expected.add(BlobStoreContract.push(store, Content.random(10 << 20)));
        AtomicReference<Runnable> cancel = new AtomicReference<>(() -> {});
        TimeSource never = new TimeSource() {
            @Override
            public Instant instant() {
                return START;
            }

            @Override
            public Alarm at(Instant when, Runnable task) {
                cancel.get().run();
                return () -> {};
            }
        };
        Scrub scrub = scrub(never, 1 << 20);
        cancel.set(scrub::cancel);

        assertThat(scrub.run()).isFalse();
        assertThat(found).isEmpty();
    }

    private record WaitingMovesIt(ManualTime time) implements TimeSource {
        @Override
        public Instant instant() {
            return time.instant();
        }

        @Override
        public Alarm at(Instant when, Runnable task) {
            time.moveTo(when);
            task.run();
            return () -> {};
        }
    }

    private Scrub scrub(TimeSource clock, long bytesPerSecond) {
        return new Scrub(
                store,
                new Scrub.Expected() {
                    @Override
                    public Set<Digest> among(Collection<Digest> digests) {
                        assertThat(digests).hasSizeLessThanOrEqualTo(500);
                        Set<Digest> known = new HashSet<>(digests);
                        known.retainAll(expected);
                        return known;
                    }

                    @Override
                    public void forEach(Consumer<Digest> visitor) {
                        expected.forEach(visitor);
                    }
                },
                new Scrub.Findings() {
                    @Override
                    public void damaged(Digest digest) {
                        found.add("damaged " + digest);
                    }

                    @Override
                    public void sound(Digest digest) {
                        found.add("sound " + digest);
                    }

                    @Override
                    public void unreadable(Digest digest, IOException reason) {
                        found.add("unreadable " + digest);
                    }

                    @Override
                    public void missing(Digest digest) {
                        found.add("missing " + digest);
                    }

                    @Override
                    public void unexpected(Digest digest) {
                        found.add("unexpected " + digest);
                    }

                    @Override
                    public void progress(long blobs, long bytes) {
                        found.add(blobs + " blobs, " + bytes + " bytes");
                    }
                },
                clock,
                bytesPerSecond);
    }

    private String file(Digest digest) {
        return root + "/blobs/sha256/" + digest.hex().substring(0, 2) + "/" + digest.hex();
    }

    private void change(Digest digest, long position) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(file(digest), "rw")) {
            file.seek(position);
            int before = file.read();
            file.seek(position);
            file.write(~before);
        }
    }
}

package dev.breakwater.registry.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.breakwater.kernel.time.ManualTime;
import dev.breakwater.registry.blob.BlobStore.NoSuchBlobException;
import dev.breakwater.registry.blob.BlobStore.NoSuchUploadException;
import dev.breakwater.registry.blob.BlobStore.TooLongException;
import dev.breakwater.registry.blob.BlobStore.Upload;
import dev.breakwater.registry.blob.BlobStore.UploadInUseException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store must do, whatever the medium. */
abstract class BlobStoreContract {

    private static final Digest.Algorithm SHA256 = Digest.Algorithm.SHA256;
    private static final long ANY = Long.MAX_VALUE;
    private static final int MIB = 1 << 20;

    final ManualTime time = new ManualTime(Instant.parse("2026-05-25T12:00:00Z"));
    private final List<BlobStore> opened = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    BlobStore store;

    /** Opens the one medium of this test, as another server would. */
    abstract BlobStore openStore() throws IOException;

    /** How many copies of a blob the medium holds, and uploads. */
    abstract int objects() throws IOException;

    @BeforeEach
    void open() throws IOException {
        store = another();
    }

    @AfterEach
    void close() throws IOException {
        for (BlobStore each : opened) {
            each.close();
        }
    }

    final BlobStore another() throws IOException {
        BlobStore next = openStore();
        opened.add(next);
        return next;
    }

    @Test
    void whatWasPushedCanBePulled() throws IOException {
        byte[] content = Content.random(3 * MIB + 17);
        Digest digest = push(content);

        assertThat(digest).isEqualTo(Digest.sha256(content));
        assertThat(store.size(digest)).hasValue(content.length);
        assertThat(pull(digest)).isEqualTo(content);
        assertThat(objects()).isEqualTo(1);
    }

    @Test
    void anUploadGrowsByAppendsAndOneByteMoreThanAllowedLeavesItAsItWas() throws IOException {
        byte[] first = Content.random(300_000);
        byte[] second = Content.random(200_000);
        UUID id = UUID.randomUUID();
        try (Upload upload = store.begin(id)) {
            assertThat(upload.size()).isZero();
            assertThat(upload.append(Content.of(first), first.length)).isEqualTo(first.length);
            assertThatExceptionOfType(TooLongException.class)
                    .isThrownBy(() -> upload.append(Content.of(second), second.length - 1));
            assertThat(upload.size()).isEqualTo(first.length);
            upload.append(Content.of(second), ANY);
            assertThat(upload.size()).isEqualTo(500_000);
            Digest digest = upload.digest(SHA256);
            assertThat(digest).isEqualTo(Digest.sha256(Content.joined(first, second)));
            upload.commit(digest);
            assertThat(pull(digest)).isEqualTo(Content.joined(first, second));
        }
    }

    @Test
    void anUploadGoesOnInTheNextRequestAndOnAnotherServer() throws IOException {
        byte[] first = Content.random(70_000);
        byte[] second = Content.random(6 * MIB);
        byte[] third = Content.random(5);
        UUID id = UUID.randomUUID();
        store.begin(id).close();
        BlobStore other = another();
        long expected = 0;
        for (byte[] part : List.of(first, second)) {
            for (BlobStore server : List.of(store, store, other)) {
                try (Upload upload = server.resume(id)) {
                    assertThat(upload.size()).isEqualTo(expected);
                    upload.append(Content.of(part), ANY);
                    expected += part.length;
                }
            }
        }
        byte[] whole = Content.joined(
                Content.joined(Content.joined(first, first), Content.joined(first, second)),
                Content.joined(Content.joined(second, second), third));
        try (Upload upload = store.resume(id)) {
            upload.append(Content.of(third), ANY);
            assertThat(upload.size()).isEqualTo(whole.length);
            assertThat(upload.digest(SHA256)).isEqualTo(Digest.sha256(whole));
            upload.commit(Digest.sha256(whole));
        }

        assertThat(pull(Digest.sha256(whole))).isEqualTo(whole);
        assertThat(other.size(Digest.sha256(whole))).hasValue(whole.length);
        assertThatExceptionOfType(NoSuchUploadException.class).isThrownBy(() -> other.resume(id));
        assertThat(objects()).isEqualTo(1);
    }

    @Test
    void manySmallAppendsBecomeOneBlob() throws IOException {
        byte[] part = Content.random(1_000);
        UUID id = UUID.randomUUID();
        byte[] whole = new byte[0];
        store.begin(id).close();
        for (int i = 0; i < 12; i++) {
            try (Upload upload = store.resume(id)) {
                upload.append(Content.of(part), ANY);
                whole = Content.joined(whole, part);
            }
        }
        try (Upload upload = another().resume(id)) {
            assertThat(upload.size()).isEqualTo(12_000);
            upload.commit(upload.digest(SHA256));
        }

        assertThat(pull(Digest.sha256(whole))).isEqualTo(whole);
    }

    /** One kind of store lets in one server at a time, the other keeps their bytes apart. */
    @Test
    void theBytesOfTwoServersThatAppendAtOnceAreNotMixed() throws IOException {
        byte[] ours = Content.random(70_000);
        byte[] theirs = new byte[70_000];
        UUID id = UUID.randomUUID();
        store.begin(id).close();
        BlobStore other = another();
        try (Upload upload = store.resume(id)) {
            try (Upload second = other.resume(id)) {
                upload.append(Content.of(ours), ANY);
                second.append(Content.of(theirs), ANY);
            } catch (UploadInUseException e) {
                assertThat(other.uploaded(id)).isZero();
                upload.append(Content.of(ours), ANY);
            }
            Digest digest = upload.digest(SHA256);
            assertThat(digest).isEqualTo(Digest.sha256(ours));
            upload.commit(digest);
        }
        assertThat(pull(Digest.sha256(ours))).isEqualTo(ours);
    }

    @Test
    void whatArrivedBeforeABreakIsKept() throws IOException {
        byte[] arrived = Content.random(200_500);
        byte[] rest = Content.random(99);
        IOException failure = new IOException("connection reset");
        UUID id = UUID.randomUUID();
        try (Upload upload = store.begin(id)) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> upload.append(Content.brokenAfter(arrived, failure), ANY))
                    .isSameAs(failure);
            assertThat(upload.size()).isEqualTo(arrived.length);
        }
        try (Upload upload = another().resume(id)) {
            assertThat(upload.size()).isEqualTo(arrived.length);
            upload.append(Content.of(rest), ANY);
            assertThat(upload.digest(SHA256)).isEqualTo(Digest.sha256(Content.joined(arrived, rest)));
        }
    }

    @Test
    void aDigestCanBeOfEitherAlgorithm() throws IOException {
        byte[] content = Content.random(100_000);
        Digest sha512 = Digest.of(Digest.Algorithm.SHA512, content);
        try (Upload upload = store.begin(UUID.randomUUID())) {
            upload.append(Content.of(content), ANY);
            assertThat(upload.digest(Digest.Algorithm.SHA512)).isEqualTo(sha512);
            assertThat(upload.digest(SHA256)).isEqualTo(Digest.sha256(content));
            upload.commit(sha512);
        }

        assertThat(pull(sha512)).isEqualTo(content);
        assertThat(store.size(Digest.sha256(content))).isEmpty();
    }

    @Test
    void anUploadWithTheWrongDigestIsDiscarded() throws IOException {
        UUID id = UUID.randomUUID();
        try (Upload upload = store.begin(id)) {
            upload.append(Content.of(Content.random(10)), ANY);
            assertThat(upload.digest(SHA256)).isNotEqualTo(Digest.sha256(new byte[10]));
            upload.discard();
        }

        assertThatExceptionOfType(NoSuchUploadException.class).isThrownBy(() -> store.resume(id));
        assertThat(objects()).isZero();
    }

    @Test
    void theEmptyBlobIsABlob() throws IOException {
        Digest digest = push(new byte[0]);

        assertThat(digest.hex()).startsWith("e3b0c44298fc");
        assertThat(store.size(digest)).hasValue(0);
        assertThat(pull(digest)).isEmpty();
        try (InputStream part = store.open(digest, 0, 0)) {
            assertThat(part.read()).isEqualTo(-1);
        }
    }

    @Test
    void partsOfABlob() throws IOException {
        byte[] content = Content.random(400_000);
        Digest digest = push(content);

        assertThat(part(digest, 0, 1)).isEqualTo(Arrays.copyOf(content, 1));
        assertThat(part(digest, 399_999, 1)).isEqualTo(Arrays.copyOfRange(content, 399_999, 400_000));
        assertThat(part(digest, 100, 250_000)).isEqualTo(Arrays.copyOfRange(content, 100, 250_100));
        assertThat(part(digest, 390_000, 99_999)).isEqualTo(Arrays.copyOfRange(content, 390_000, 400_000));
        assertThat(part(digest, 7, 0)).isEmpty();
        assertThat(part(digest, 0, content.length)).isEqualTo(content);
        try (InputStream in = store.open(digest, 5, 2)) {
            assertThat(in.read()).isEqualTo(Byte.toUnsignedInt(content[5]));
            assertThat(in.read()).isEqualTo(Byte.toUnsignedInt(content[6]));
            assertThat(in.read()).isEqualTo(-1);
        }
        try (InputStream in = store.openUnchecked(digest)) {
            assertThat(in.readAllBytes()).isEqualTo(content);
        }
    }

    @Test
    void aBlobThatIsNotThere() throws IOException {
        Digest digest = Digest.sha256(Content.random(3));

        assertThat(store.size(digest)).isEmpty();
        assertThatExceptionOfType(NoSuchBlobException.class).isThrownBy(() -> store.open(digest));
        assertThatExceptionOfType(NoSuchBlobException.class).isThrownBy(() -> store.open(digest, 1, 1));
        assertThatExceptionOfType(NoSuchBlobException.class).isThrownBy(() -> store.openUnchecked(digest));
        store.delete(digest);
    }

    @Test
    void aDeletedBlobIsGoneAndCanBePushedAgain() throws IOException {
        byte[] content = Content.random(2_000);
        Digest digest = push(content);

        store.delete(digest);
        assertThat(another().size(digest)).isEmpty();
        assertThatExceptionOfType(NoSuchBlobException.class).isThrownBy(() -> store.open(digest));

        push(content);
        assertThat(pull(digest)).isEqualTo(content);
    }

    @Test
    void concurrentUploadsOfOneBlobKeepOneCopy() throws Exception {
        byte[] content = Content.random(MIB);
        Digest digest = Digest.sha256(content);
        List<BlobStore> servers = List.of(store, another());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<OptionalLong>> pushes = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                BlobStore server = servers.get(i % 2);
                pushes.add(() -> {
                    push(server, content);
                    return server.size(digest);
                });
            }
            for (Future<OptionalLong> push : threads.invokeAll(pushes)) {
                assertThat(push.get()).hasValue(content.length);
            }
        }

        assertThat(objects()).isEqualTo(1);
        assertThat(pull(digest)).isEqualTo(content);
    }

    @Test
    void everyBlobIsNamed() throws IOException {
        List<Digest> pushed = new ArrayList<>();
        for (int i = 1; i < 12; i++) {
            pushed.add(push(Content.random(i)));
        }
        try (Upload upload = store.begin(UUID.randomUUID())) {
            upload.append(Content.of(Content.random(20)), ANY);
        }

        List<Digest> named = new ArrayList<>();
        store.forEachBlob(named::add);

        assertThat(named).containsExactlyInAnyOrderElementsOf(pushed);
    }

    @Test
    void uploadsWithoutTrafficAreNamed() throws IOException {
        UUID untouched = UUID.randomUUID();
        UUID touched = UUID.randomUUID();
        store.begin(untouched).close();
        store.begin(touched).close();
        time.advance(Duration.ofHours(23));
        try (Upload upload = store.resume(touched)) {
            upload.append(Content.of(Content.random(5)), ANY);
        }
        push(Content.random(6));
        time.advance(Duration.ofHours(1).plusSeconds(1));

        List<UUID> idle = new ArrayList<>();
        another().forEachUploadIdleSince(time.instant().minus(Duration.ofHours(24)), idle::add);
        assertThat(idle).containsExactly(untouched);

        try (Upload upload = store.resume(untouched)) {
            upload.discard();
        }
        time.advance(Duration.ofHours(24));
        idle.clear();
        store.forEachUploadIdleSince(time.instant().minus(Duration.ofHours(24)), idle::add);
        assertThat(idle).containsExactly(touched);
    }

    @Test
    void anUploadThatNeverBeganCannotGoOn() {
        assertThatExceptionOfType(NoSuchUploadException.class).isThrownBy(() -> store.resume(UUID.randomUUID()));
    }

    @Test
    void aLargeBlobPassesThroughLittleMemory() throws Exception {
        long length = 100L * MIB;
        byte[] piece = Content.random(MIB - 3);
        MessageDigest sent = SHA256.start();
        try (InputStream content = Content.repeated(piece, length)) {
            content.transferTo(updating(sent));
        }
        Digest expected = SHA256.finish(sent);
        long before = allocated();

        try (Upload upload = store.begin(UUID.randomUUID())) {
            upload.append(Content.repeated(piece, length), length);
            assertThat(upload.digest(SHA256)).isEqualTo(expected);
            upload.commit(expected);
        }
        MessageDigest received = SHA256.start();
        try (InputStream content = store.open(expected)) {
            assertThat(content.transferTo(updating(received))).isEqualTo(length);
        }

        assertThat(SHA256.finish(received)).isEqualTo(expected);
        assertThat(allocated() - before).isLessThan(mostAllocated());
    }

    /** What this thread may allocate, in bytes, while 100 MiB go in and out. */
    long mostAllocated() {
        return 2 * MIB;
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    private static OutputStream updating(MessageDigest computation) {
        return new OutputStream() {
            @Override
            public void write(int b) {
                computation.update((byte) b);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                computation.update(bytes, offset, length);
            }
        };
    }

    @Test
    void theMediumAnswers() throws IOException {
        store.check();
        assertThat(store.room().free())
                .isPositive()
                .isLessThanOrEqualTo(store.room().total());
        assertThat(store.kind()).matches("[a-z0-9]+");
    }

    final Digest push(byte[] content) throws IOException {
        return push(store, content);
    }

    static Digest push(BlobStore server, byte[] content) throws IOException {
        try (Upload upload = server.begin(UUID.randomUUID())) {
            upload.append(Content.of(content), ANY);
            Digest digest = upload.digest(SHA256);
            upload.commit(digest);
            return digest;
        }
    }

    final byte[] pull(Digest digest) throws IOException {
        try (InputStream content = store.open(digest)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            content.transferTo(out);
            return out.toByteArray();
        }
    }

    private byte[] part(Digest digest, long offset, long length) throws IOException {
        try (InputStream content = store.open(digest, offset, length)) {
            return content.readAllBytes();
        }
    }
}

package dev.breakwater.registry.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.breakwater.registry.BlobSettings;
import dev.breakwater.registry.blob.BlobStore.DamagedBlobException;
import dev.breakwater.registry.blob.BlobStore.Upload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3BlobsTest extends BlobStoreContract {

    private static final int MIB = 1 << 20;

    /** Small enough for a test to meet each limit. */
    private static final S3Sizes SIZES = new S3Sizes(5 * MIB, 8 * MIB, 16 * MIB, 24 * MIB);

    @TempDir
    private static Path objects = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private static S3Server server;

    @TempDir
    private Path staging = Path.of("");

    private final String bucket = "bucket-" + UUID.randomUUID();

    @BeforeAll
    static void start() throws Exception {
        server = S3Server.start(objects);
    }

    @AfterAll
    static void stop() throws Exception {
        server.stop();
    }

    @Override
    BlobStore openStore() throws IOException {
        server.makeBucket(bucket);
        return new S3Blobs(new S3Bucket(server.settings(bucket)), SIZES, "some/where/", staging, time);
    }

    @Override
    int objects() throws IOException {
        return files(objects.resolve(bucket)).size();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile).toList();
        }
    }

    /** The client makes garbage of its own for every request, but not for every byte. */
    @Override
    long mostAllocated() {
        return 24 * MIB;
    }

    @Test
    void largeAppendsAreCopiedAndSmallOnesGathered() throws IOException {
        UUID id = UUID.randomUUID();
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (int mebibytes : new int[] {1, 17, 2, 2, 2, 30, 1}) {
            byte[] part = Content.random(mebibytes * MIB + 1);
            whole.write(part);
            try (Upload upload = whole.size() == part.length ? store.begin(id) : store.resume(id)) {
                upload.append(Content.of(part), part.length);
            }
        }
        Digest digest = Digest.sha256(whole.toByteArray());
        try (Upload upload = store.resume(id)) {
            assertThat(upload.digest(Digest.Algorithm.SHA256)).isEqualTo(digest);
            upload.commit(digest);
        }

        assertThat(pull(digest)).isEqualTo(whole.toByteArray());
        assertThat(objects()).isEqualTo(1);
        assertThat(files(staging)).isEmpty();
    }

    @Test
    void aDamagedObjectIsNeverReadToItsEnd() throws IOException {
        byte[] content = Content.random(300_000);
        Digest digest = push(content);
        Path file = objects.resolve(
                bucket + "/some/where/blobs/sha256/" + digest.hex().substring(0, 2) + "/" + digest.hex());
        content[200_000]++;
        Files.write(file, content);

        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        try (InputStream in = store.open(digest)) {
            assertThatExceptionOfType(DamagedBlobException.class).isThrownBy(() -> in.transferTo(sent));
        }
        assertThat(sent.size()).isLessThan(content.length);

        content[200_000]--;
        push(content);
        assertThat(pull(digest)).isEqualTo(content);
    }

    @Test
    void aCommitThatWasInterruptedIsRepeated() throws IOException {
        byte[] content = Content.random(1_000);
        Digest digest = push(content);
        UUID id = UUID.randomUUID();
        try (Upload upload = store.begin(id)) {
            upload.append(Content.of(content), content.length);
        }

        // As after a crash between the copy and the removal of what was copied.
        try (Upload upload = another().resume(id)) {
            upload.commit(digest);
        }

        assertThat(objects()).isEqualTo(1);
        assertThat(pull(digest)).isEqualTo(content);
    }

    @Test
    void otherObjectsBelowThePrefixAreLeftAlone() throws IOException {
        Digest digest = push(Content.random(10));
        UUID id = UUID.randomUUID();
        store.begin(id).close();
        try (S3Bucket raw = new S3Bucket(server.settings(bucket))) {
            raw.put("some/where/uploads/README", new byte[1]);
            raw.put("some/where/uploads/" + id + "/x", new byte[1]);
            raw.put("some/where/uploads/a/00000001-1780000000000", new byte[1]);
            raw.put("some/where/blobs/sha256/README", new byte[1]);
        }
        time.advance(Duration.ofDays(30));

        List<UUID> idle = new ArrayList<>();
        store.forEachUploadIdleSince(time.instant(), idle::add);
        assertThat(idle).containsExactly(id);
        List<Digest> blobs = new ArrayList<>();
        store.forEachBlob(blobs::add);
        assertThat(blobs).containsExactly(digest);
    }

    @Test
    void nothingBelowAnotherPrefixIsSeen() throws IOException {
        push(Content.random(10));
        List<Digest> seen = new ArrayList<>();
        try (BlobStore other = new S3Blobs(new S3Bucket(server.settings(bucket)), SIZES, "elsewhere/", staging, time)) {
            other.forEachBlob(seen::add);
            assertThat(other.size(Digest.sha256(Content.random(10)))).isEmpty();
        }
        assertThat(seen).isEmpty();
    }

    @Test
    void aWrongSecretIsRefusedAndNeverShown() throws IOException {
        BlobSettings.S3 wrong = server.settings(bucket, "not-the-secret");
        assertThat(wrong.toString()).doesNotContain("secret", "breakwater");
        try (BlobStore refused = BlobStores.open(wrong, staging, time)) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> push(refused, new byte[1]))
                    .withMessageStartingWith("S3 refused: bucket " + bucket + " at " + server.endpoint())
                    .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("not-the-secret"));
            assertThatExceptionOfType(IOException.class).isThrownBy(refused::check);
        }
    }

    @Test
    void aBucketThatIsNotThereIsAnErrorAndNoEmptyStore() throws IOException {
        try (BlobStore nowhere = BlobStores.open(server.settings("no-such-bucket"), staging, time)) {
            assertThatExceptionOfType(IOException.class).isThrownBy(nowhere::check);
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> nowhere.openUnchecked(Digest.sha256(new byte[1])))
                    .withMessageStartingWith("S3 refused: bucket no-such-bucket");
        }
    }

    @Test
    void aServerThatIsAwayIsSaidToBeAway() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        BlobSettings.S3 away = new BlobSettings.S3(
                Optional.of(URI.create("http://127.0.0.1:" + free)),
                "us-east-1",
                bucket,
                "",
                Optional.of(new BlobSettings.Credentials("a", "b")),
                true);
        try (BlobStore store = BlobStores.open(away, staging, time)) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(store::check)
                    .withMessageStartingWith("S3 cannot be reached: bucket " + bucket + " at http://127.0.0.1:" + free);
        }
    }
}

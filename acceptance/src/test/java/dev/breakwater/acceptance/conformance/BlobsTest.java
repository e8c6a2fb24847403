package dev.breakwater.acceptance.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Blobs: every way of pushing one, with either digest algorithm, and what can be done with it then. */
@WithServer
class BlobsTest {

    private static final int CHUNK = 1_024;
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final TestServer server;
    private final Repository repository;

    BlobsTest(TestServer server) {
        this.server = server;
        repository = newRepository();
    }

    /** How the bytes of a blob travel. */
    enum Way {
        ONE_REQUEST,
        POST_THEN_PUT,
        ONE_CHUNK,
        CHUNKS,
        CHUNKS_LAST_WITH_PUT,
        STREAMED
    }

    static Stream<Arguments> ways() {
        return Stream.of("sha256", "sha512")
                .flatMap(algorithm -> Stream.of(Way.values()).map(way -> Arguments.of(algorithm, way)));
    }

    @ParameterizedTest
    @MethodSource("ways")
    @Proves(
            contract = "registry",
            lines = {118, 123, 126, 138})
    void a_blob_is_pushed_read_and_deleted(String algorithm, Way way) {
        byte[] content = content(3 * CHUNK - 5);
        String digest = Repository.digest(algorithm, content);

        Reply pushed = push(way, content, digest).expect(201);

        assertThat(Repository.location(pushed)).isEqualTo(repository.path("blobs/" + digest));
        assertReadable(digest, content);
        assertDeletable(digest);
    }

    @ParameterizedTest
    @MethodSource("ways")
    @Proves(contract = "registry", lines = 124)
    void a_blob_that_is_not_what_its_digest_says_is_refused(String algorithm, Way way) {
        byte[] content = content(3 * CHUNK - 5);
        String digest = Repository.digest(algorithm, content(7));

        Reply refused = push(way, content, digest).expect(400);

        assertThat(refused.json().at("/errors/0/code").asString()).isEqualTo("DIGEST_INVALID");
        repository.get("blobs/" + digest).expect(404);
        repository.get("blobs/" + Repository.digest(algorithm, content)).expect(404);
    }

    @ParameterizedTest
    @CsvSource({"sha256,0", "sha512,0", "sha256,2", "sha512,2"})
    void the_empty_blob_and_the_empty_object_are_blobs_like_others(String algorithm, int length) {
        byte[] content = Arrays.copyOf(new byte[] {'{', '}'}, length);

        String digest = repository.blob(algorithm, content);

        assertReadable(digest, content);
        assertDeletable(digest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha256", "sha512"})
    @Proves(
            contract = "registry",
            lines = {119, 121})
    void a_chunk_out_of_order_is_refused_and_the_right_one_goes_on(String algorithm) {
        byte[] content = content(3 * CHUNK - 5);
        String location = repository.startUpload();

        repository.patch(location, piece(content, 1), CHUNK).expect(416);
        repository.patch(location, piece(content, 0), 0).expect(202);
        repository.patch(location, piece(content, 0), 0).expect(416);
        assertThat(repository.state(location).expect(204).header("Range")).contains("0-" + (CHUNK - 1));
        repository.patch(location, piece(content, 2), 2 * CHUNK).expect(416);
        repository.patch(location, piece(content, 1), CHUNK).expect(202);
        repository.patch(location, piece(content, 2), 2 * CHUNK).expect(202);

        String digest = Repository.digest(algorithm, content);
        repository.put(location, digest, new byte[0], -1).expect(201);
        assertReadable(digest, content);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha256", "sha512"})
    @Proves(contract = "registry", lines = 120)
    void a_last_chunk_out_of_order_is_refused_and_the_upload_lives_on(String algorithm) {
        byte[] content = content(2 * CHUNK);
        String digest = Repository.digest(algorithm, content);
        String location = repository.startUpload();

        repository.put(location, digest, piece(content, 1), CHUNK).expect(416);
        repository.patch(location, piece(content, 0), 0).expect(202);

        repository.put(location, digest, piece(content, 1), CHUNK).expect(201);
        assertReadable(digest, content);
    }

    @Test
    @Proves(contract = "registry", lines = 122)
    void a_cancelled_upload_is_gone() {
        String location = repository.startUpload();
        repository.patch(location, content(10), 0).expect(202);

        repository.cancel(location).expect(204);

        Reply gone = repository.state(location).expect(404);
        assertThat(gone.json().at("/errors/0/code").asString()).isEqualTo("BLOB_UPLOAD_UNKNOWN");
        repository.patch(location, content(10), 10).expect(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha256", "sha512"})
    void a_blob_is_mounted_with_and_without_naming_its_source(String algorithm) {
        byte[] content = content(512);
        String digest = repository.blob(algorithm, content);
        Repository named = newRepository();
        Repository searched = newRepository();

        Reply fromNamed = named.post("?mount=" + digest + "&from=" + repository.name(), new byte[0])
                .expect(201);
        Reply fromAnywhere = searched.post("?mount=" + digest, new byte[0]).expect(201);

        assertThat(Repository.location(fromNamed)).isEqualTo(named.path("blobs/" + digest));
        assertThat(Repository.location(fromAnywhere)).isEqualTo(searched.path("blobs/" + digest));
        assertThat(named.get("blobs/" + digest).expect(200).body()).isEqualTo(content);
        assertThat(searched.get("blobs/" + digest).expect(200).body()).isEqualTo(content);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha256", "sha512"})
    void a_mount_of_what_is_missing_becomes_an_upload(String algorithm) {
        byte[] content = content(512);
        String digest = Repository.digest(algorithm, content);

        for (String query : new String[] {"?mount=" + digest, "?mount=" + digest + "&from=library/nothing"}) {
            Reply started = repository.post(query, new byte[0]).expect(202);
            assertThat(Repository.location(started)).startsWith(repository.path("blobs/uploads/"));
            repository.put(Repository.location(started), digest, content, -1).expect(201);
            assertReadable(digest, content);
            assertDeletable(digest);
        }
    }

    @ParameterizedTest
    @CsvSource({"500-1499, 500, 1499", "500-, 500, 2047", "-500, 1548, 2047", "2000-5000, 2000, 2047", "0-0, 0, 0"})
    @Proves(contract = "registry", lines = 129)
    void a_range_of_a_blob_is_read(String range, int first, int last) {
        byte[] content = content(2_048);
        String digest = repository.blob("sha256", content);

        Reply part =
                repository.get("blobs/" + digest, "Range", "bytes=" + range).expect(206);

        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(content, first, last + 1));
        assertThat(part.header("Content-Range")).contains("bytes " + first + "-" + last + "/2048");
        assertThat(part.header("Content-Length")).contains(Integer.toString(last - first + 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"500-0", "5000-10000", "2048-"})
    @Proves(contract = "registry", lines = 129)
    void a_range_outside_of_a_blob_is_refused(String range) {
        String digest = repository.blob("sha256", content(2_048));

        Reply refused =
                repository.get("blobs/" + digest, "Range", "bytes=" + range).expect(416);

        assertThat(refused.header("Content-Range")).contains("bytes */2048");
    }

    private Reply push(Way way, byte[] content, String digest) {
        if (way == Way.ONE_REQUEST) {
            return repository.post("?digest=" + digest, content);
        }
        String location = repository.startUpload();
        switch (way) {
            case POST_THEN_PUT -> {
                return repository.put(location, digest, content, -1);
            }
            case ONE_CHUNK -> assertAccepted(repository.patch(location, content, 0), content.length - 1);
            case STREAMED -> assertAccepted(repository.stream(location, content), content.length - 1);
            default -> {
                int chunks = way == Way.CHUNKS ? 3 : 2;
                for (int i = 0; i < chunks; i++) {
                    byte[] piece = piece(content, i);
                    assertAccepted(repository.patch(location, piece, i * CHUNK), i * CHUNK + piece.length - 1);
                }
            }
        }
        return way == Way.CHUNKS_LAST_WITH_PUT
                ? repository.put(location, digest, piece(content, 2), 2 * CHUNK)
                : repository.put(location, digest, new byte[0], -1);
    }

    private static void assertAccepted(Reply reply, int last) {
        reply.expect(202);
        assertThat(reply.header("Range")).contains("0-" + last);
        assertThat(reply.header("Location")).isPresent();
    }

    private void assertReadable(String digest, byte[] content) {
        Reply head = repository.head("blobs/" + digest).expect(200);
        Reply read = repository.get("blobs/" + digest).expect(200);
        assertThat(head.header("Content-Length")).contains(Integer.toString(content.length));
        assertThat(head.header("Docker-Content-Digest")).contains(digest);
        assertThat(read.header("Docker-Content-Digest")).contains(digest);
        assertThat(read.body()).isEqualTo(content);
    }

    private void assertDeletable(String digest) {
        repository.delete("blobs/" + digest).expect(202);
        repository.head("blobs/" + digest).expect(404);
    }

    private static byte[] piece(byte[] content, int number) {
        return Arrays.copyOfRange(content, number * CHUNK, Math.min(content.length, (number + 1) * CHUNK));
    }

    private static byte[] content(int length) {
        byte[] content = new byte[length];
        new Random(NAMES.incrementAndGet()).nextBytes(content);
        return content;
    }

    private Repository newRepository() {
        return Repository.of(server, "blobs" + NAMES.incrementAndGet());
    }
}

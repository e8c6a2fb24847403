package dev.breakwater.acceptance.registry;

import static dev.breakwater.acceptance.registry.Distribution.begin;
import static dev.breakwater.acceptance.registry.Distribution.bytes;
import static dev.breakwater.acceptance.registry.Distribution.expectError;
import static dev.breakwater.acceptance.registry.Distribution.noise;
import static dev.breakwater.acceptance.registry.Distribution.pushBlob;
import static dev.breakwater.acceptance.registry.Distribution.send;
import static dev.breakwater.acceptance.registry.Distribution.sha256;
import static dev.breakwater.acceptance.registry.Distribution.sha512;
import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** registry.md, checklist I: uploads. */
@WithServer
class UploadsTest {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Distribution registry;
    private final Client admin;
    private final String repository;
    private final String uploads;

    UploadsTest(TestServer server) {
        registry = new Distribution(server);
        admin = registry.admin();
        repository = registry.newRepository();
        uploads = "/v2/" + repository + "/blobs/uploads/";
    }

    private Reply piece(String location, String range, byte[] content) {
        return send(admin.with("Content-Range", range), "PATCH", location, content);
    }

    private Reply finish(String location, String digest) {
        return admin.send("PUT", location + "?digest=" + digest);
    }

    private Reply blob(String digest) {
        return admin.get("/v2/" + repository + "/blobs/" + digest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", ""})
    @Proves(contract = "registry", lines = 116)
    void a_session_begins(String slash) {
        Reply reply = admin.send("POST", "/v2/" + repository + "/blobs/uploads" + slash)
                .expect(202);

        String id = reply.header("Docker-Upload-UUID").orElseThrow();
        assertThat(UUID.fromString(id)).hasToString(id);
        assertThat(reply.header("Location")).contains(uploads + id);
        assertThat(reply.header("Range")).contains("0-0");
        assertThat(reply.header("Content-Length")).contains("0");
    }

    @Test
    @Proves(contract = "registry", lines = 117)
    void a_whole_blob_is_pushed_in_one_request() {
        byte[] content = noise(3_000);
        Reply reply = send(admin, "POST", uploads + "?digest=" + sha256(content), content)
                .expect(201);

        assertThat(reply.header("Location")).contains("/v2/" + repository + "/blobs/" + sha256(content));
        assertThat(reply.header("Docker-Content-Digest")).contains(sha256(content));
        assertThat(blob(sha256(content)).expect(200).body()).isEqualTo(content);
        expectError(send(admin, "POST", uploads + "?digest=" + sha256(noise(5)), content), 400, "DIGEST_INVALID");
        expectError(send(admin, "POST", uploads + "?digest=sha256:abc", content), 400, "DIGEST_INVALID");
    }

    /** Small blobs lie in the database and larger ones in the store, which nobody may notice. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16_384, 16_385})
    void a_blob_of_any_size_is_read_as_it_was_pushed(int size) {
        byte[] inOne = noise(size);
        byte[] inPieces = noise(size);
        send(admin, "POST", uploads + "?digest=" + sha256(inOne), inOne).expect(201);
        String location = begin(admin, repository);
        send(admin, "PATCH", location, Arrays.copyOf(inPieces, size / 2)).expect(202);
        send(admin, "PUT", location + "?digest=" + sha256(inPieces), Arrays.copyOfRange(inPieces, size / 2, size))
                .expect(201);

        for (byte[] content : List.of(inOne, inPieces)) {
            Reply whole = blob(sha256(content)).expect(200);
            assertThat(whole.body()).isEqualTo(content);
            assertThat(whole.header("Content-Length")).contains(String.valueOf(size));
            assertThat(admin.send("HEAD", "/v2/" + repository + "/blobs/" + sha256(content))
                            .expect(200)
                            .header("Content-Length"))
                    .contains(String.valueOf(size));
            if (size > 0) {
                Reply last = admin.with("Range", "bytes=" + (size - 1) + "-")
                        .get("/v2/" + repository + "/blobs/" + sha256(content))
                        .expect(206);
                assertThat(last.body()).containsExactly(content[size - 1]);
            }
        }
    }

    @Test
    @Proves(
            contract = "registry",
            lines = {118, 121})
    void pieces_come_one_after_the_other_and_the_first_location_stays_good() {
        byte[] content = noise(30);
        String location = begin(admin, repository);
        for (int first = 0; first < 30; first += 10) {
            Reply reply = piece(location, first + "-" + (first + 9), Arrays.copyOfRange(content, first, first + 10))
                    .expect(202);
            assertThat(reply.header("Range")).contains("0-" + (first + 9));
            assertThat(reply.header("Location")).contains(location);
            assertThat(reply.header("Content-Length")).contains("0");

            Reply state = admin.get(location).expect(204);
            assertThat(state.header("Range")).contains("0-" + (first + 9));
            assertThat(state.header("Location")).contains(location);
        }
        finish(location, sha256(content)).expect(201);
        assertThat(blob(sha256(content)).expect(200).body()).isEqualTo(content);
        expectError(admin.get(location), 404, "BLOB_UPLOAD_UNKNOWN");
        expectError(finish(location, sha256(content)), 404, "BLOB_UPLOAD_UNKNOWN");
    }

    @Test
    @Proves(contract = "registry", lines = 119)
    void a_piece_out_of_order_is_refused_and_a_right_one_goes_on() {
        byte[] content = noise(20);
        String location = begin(admin, repository);
        expectError(piece(location, "10-19", Arrays.copyOfRange(content, 10, 20)), 416, "RANGE_INVALID");
        piece(location, "0-9", Arrays.copyOf(content, 10)).expect(202);
        Reply again = piece(location, "0-9", Arrays.copyOf(content, 10));
        expectError(again, 416, "RANGE_INVALID");
        assertThat(again.header("Range")).contains("0-9");
        piece(location, "10-19", Arrays.copyOfRange(content, 10, 20)).expect(202);
        finish(location, sha256(content)).expect(201);
    }

    @Test
    @Proves(contract = "registry", lines = 120)
    void a_last_piece_out_of_order_is_refused_and_the_session_lives_on() {
        byte[] content = noise(20);
        String location = begin(admin, repository);
        piece(location, "0-9", Arrays.copyOf(content, 10)).expect(202);
        Reply wrong = send(
                admin.with("Content-Range", "11-20"),
                "PUT",
                location + "?digest=" + sha256(content),
                Arrays.copyOfRange(content, 10, 20));
        expectError(wrong, 416, "RANGE_INVALID");
        assertThat(admin.get(location).expect(204).header("Range")).contains("0-9");
        send(
                        admin.with("Content-Range", "10-19"),
                        "PUT",
                        location + "?digest=" + sha256(content),
                        Arrays.copyOfRange(content, 10, 20))
                .expect(201);
        assertThat(blob(sha256(content)).expect(200).body()).isEqualTo(content);
    }

    @Test
    void a_range_that_contradicts_the_length_or_is_none_stores_nothing() {
        String location = begin(admin, repository);
        expectError(piece(location, "0-10", noise(10)), 400, "SIZE_INVALID");
        expectError(piece(location, "9-0", noise(10)), 400, "SIZE_INVALID");
        expectError(piece(location, "ten", noise(10)), 400, "BLOB_UPLOAD_INVALID");
        assertThat(admin.get(location).expect(204).header("Range")).contains("0-0");
        piece(location, "bytes 0-9/20", noise(10)).expect(202);
    }

    @Test
    @Proves(contract = "registry", lines = 122)
    void a_session_is_given_up() {
        String location = begin(admin, repository);
        piece(location, "0-9", noise(10)).expect(202);
        admin.delete(location).expect(204);
        expectError(admin.get(location), 404, "BLOB_UPLOAD_UNKNOWN");
        expectError(admin.delete(location), 404, "BLOB_UPLOAD_UNKNOWN");
        expectError(piece(location, "10-19", noise(10)), 404, "BLOB_UPLOAD_UNKNOWN");
    }

    @Test
    @Proves(contract = "registry", lines = 123)
    void a_stream_without_a_length_is_appended() throws IOException, InterruptedException {
        byte[] content = noise(300_000);
        String location = begin(admin, repository);
        HttpRequest patch = HttpRequest.newBuilder(admin.base().resolve(location))
                .header("Authorization", ClassicApi.authorization("admin", "Harbor12345"))
                .method("PATCH", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(content)))
                .build();
        assertThat(patch.bodyPublisher().orElseThrow().contentLength()).isNegative();
        var response = HTTP.send(patch, BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
        assertThat(response.headers().firstValue("Range")).contains("0-299999");

        finish(location, sha256(content)).expect(201);
        assertThat(blob(sha256(content)).expect(200).body()).isEqualTo(content);
    }

    @Test
    @Proves(contract = "registry", lines = 124)
    void a_wrong_digest_ends_the_session_and_nothing_can_be_read() {
        byte[] content = noise(100);
        String wrong = sha256(noise(100));
        String location = begin(admin, repository);
        piece(location, "0-99", content).expect(202);
        expectError(finish(location, wrong), 400, "DIGEST_INVALID");
        expectError(admin.get(location), 404, "BLOB_UPLOAD_UNKNOWN");
        expectError(blob(wrong), 404, "BLOB_UNKNOWN");
        expectError(blob(sha256(content)), 404, "BLOB_UNKNOWN");
    }

    @Test
    @Proves(contract = "registry", lines = 125)
    void without_a_digest_nothing_ends() {
        byte[] content = noise(100);
        String location = begin(admin, repository);
        piece(location, "0-99", content).expect(202);
        expectError(admin.send("PUT", location), 400, "DIGEST_INVALID");
        expectError(finish(location, "md5:d41d8cd98f00b204e9800998ecf8427e"), 400, "DIGEST_INVALID");
        admin.get(location).expect(204);
        finish(location, sha256(content)).expect(201);
    }

    @Test
    @Proves(contract = "registry", lines = 126)
    void the_longer_hash_names_blobs_as_well() {
        byte[] content = noise(1_000);
        String digest = sha512(content);
        send(admin, "POST", uploads + "?digest=" + digest, content).expect(201);
        Reply read = blob(digest).expect(200);
        assertThat(read.body()).isEqualTo(content);
        assertThat(read.header("Docker-Content-Digest")).contains(digest);

        byte[] other = noise(20);
        String location = admin.send("POST", uploads + "?digest-algorithm=sha512")
                .expect(202)
                .header("Location")
                .orElseThrow();
        piece(location, "0-9", Arrays.copyOf(other, 10)).expect(202);
        piece(location, "10-19", Arrays.copyOfRange(other, 10, 20)).expect(202);
        finish(location, sha512(other)).expect(201);
        assertThat(blob(sha512(other)).expect(200).body()).isEqualTo(other);
        expectError(blob(sha256(other)), 404, "BLOB_UNKNOWN");
        expectError(admin.send("POST", uploads + "?digest-algorithm=md5"), 400, "DIGEST_INVALID");
    }

    @Test
    @Proves(contract = "registry", lines = 127)
    void the_empty_blob_is_a_blob() {
        String digest = sha256(new byte[0]);
        finish(begin(admin, repository), digest).expect(201);
        Reply head =
                admin.send("HEAD", "/v2/" + repository + "/blobs/" + digest).expect(200);
        assertThat(head.header("Content-Length")).contains("0");
        Reply read = blob(digest).expect(200);
        assertThat(read.header("Content-Length")).contains("0");
        assertThat(read.body()).isEmpty();
    }

    @Test
    void a_session_belongs_to_the_one_who_began_it() {
        ClassicApi.User developer = registry.api().newUser();
        long project = ClassicApi.id(registry.api()
                .admin()
                .post("/api/projects", "{\"project_name\": \"" + ClassicApi.fresh("owned") + "\", \"public\": 0}")
                .expect(201));
        registry.api().join(project, developer, 2);
        String name = registry.api().admin().get("/api/projects/" + project).string("name") + "/app";
        String location = begin(admin, name);
        expectError(developer.client().get(location), 404, "BLOB_UPLOAD_UNKNOWN");
        expectError(send(developer.client(), "PATCH", location, noise(5)), 404, "BLOB_UPLOAD_UNKNOWN");
        expectError(developer.client().delete(location), 404, "BLOB_UPLOAD_UNKNOWN");
        String other = registry.newRepository();
        expectError(
                admin.get("/v2/" + other + location.substring(location.indexOf("/blobs"))), 404, "BLOB_UPLOAD_UNKNOWN");
        admin.get(location).expect(204);
    }

    @Test
    @Proves(contract = "registry", lines = 132)
    void a_blob_is_mounted_from_where_the_caller_may_read_it_and_nothing_is_revealed() {
        ClassicApi.User developer = registry.api().newUser();
        String own = ClassicApi.fresh("own");
        registry.api().newProject(developer.client(), own, false);
        String target = own + "/app";
        String digest = pushBlob(admin, repository, noise(100));
        String open = registry.newRepository(true);
        String readable = pushBlob(admin, open, noise(100));

        Reply mounted =
                mount(developer.client(), target, readable, "&from=" + open).expect(201);
        assertThat(mounted.header("Location")).contains("/v2/" + target + "/blobs/" + readable);
        developer.client().get("/v2/" + target + "/blobs/" + readable).expect(200);

        Reply hidden =
                mount(developer.client(), target, digest, "&from=" + repository).expect(202);
        Reply unknown =
                mount(developer.client(), target, digest, "&from=nowhere/app").expect(202);
        Reply absent = mount(developer.client(), target, sha256(noise(9)), "&from=" + open)
                .expect(202);
        mount(developer.client(), target, readable, "&from=NOT/A/NAME").expect(202);
        for (Reply reply : List.of(hidden, unknown, absent)) {
            assertThat(reply.header("Range")).contains("0-0");
            assertThat(reply.headers().keySet()).isEqualTo(hidden.headers().keySet());
        }
        expectError(developer.client().get("/v2/" + target + "/blobs/" + digest), 404, "BLOB_UNKNOWN");
    }

    @Test
    @Proves(contract = "registry", lines = 133)
    void without_a_source_a_blob_is_mounted_from_anywhere_the_caller_may_read() {
        ClassicApi.User developer = registry.api().newUser();
        String own = ClassicApi.fresh("own");
        registry.api().newProject(developer.client(), own, false);
        String digest = pushBlob(admin, repository, noise(100));
        String readable = pushBlob(admin, registry.newRepository(true), noise(100));

        mount(developer.client(), own + "/app", digest, "").expect(202);
        mount(developer.client(), own + "/app", readable, "").expect(201);
        mount(developer.client(), own + "/app", sha256(noise(5)), "").expect(202);
        mount(admin, own + "/other", digest, "").expect(201);
    }

    private static Reply mount(Client caller, String target, String digest, String from) {
        return caller.send("POST", "/v2/" + target + "/blobs/uploads/?mount=" + digest + from);
    }

    @Test
    @Proves(contract = "registry", lines = 135)
    void many_uploads_of_one_blob_all_succeed_and_keep_one_copy() throws Exception {
        byte[] content = noise(200_000);
        String digest = sha256(content);
        List<Integer> statuses = atOnce(IntStream.range(0, 32)
                .<java.util.concurrent.Callable<Integer>>mapToObj(i -> () -> send(
                                admin,
                                "POST",
                                "/v2/" + repository + i % 4 + "/blobs/uploads/?digest=" + digest,
                                content)
                        .status())
                .toList());
        assertThat(statuses).hasSize(32).containsOnly(201);
        assertThat(Blobs.copies(registry, digest)).isEqualTo(1);
        for (int i = 0; i < 4; i++) {
            assertThat(admin.get("/v2/" + repository + i + "/blobs/" + digest)
                            .expect(200)
                            .body())
                    .isEqualTo(content);
        }
    }

    @Test
    void of_several_that_end_one_session_one_succeeds() throws Exception {
        byte[] content = noise(1_000);
        String location = begin(admin, repository);
        piece(location, "0-999", content).expect(202);
        List<Integer> statuses = atOnce(Stream.<java.util.concurrent.Callable<Integer>>generate(
                        () -> () -> finish(location, sha256(content)).status())
                .limit(8)
                .toList());
        assertThat(statuses).containsOnlyOnce(201).containsOnly(201, 404);
        assertThat(blob(sha256(content)).expect(200).body()).isEqualTo(content);
    }

    private static <T> List<T> atOnce(List<java.util.concurrent.Callable<T>> calls) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> results = threads.invokeAll(calls);
            return results.stream().map(Future::resultNow).toList();
        }
    }

    @Test
    void a_caller_who_hangs_up_goes_on_where_the_bytes_ended() throws Exception {
        byte[] content = noise(50_000);
        String location = begin(admin, repository);
        try (var connection = new java.net.Socket(
                java.net.InetAddress.getLoopbackAddress(), admin.base().getPort())) {
            var out = connection.getOutputStream();
            out.write(bytes("PATCH " + location + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                    + ClassicApi.authorization("admin", "Harbor12345") + "\r\nContent-Length: 50000\r\n\r\n"));
            out.write(content, 0, 20_000);
            out.flush();
        }
        dev.breakwater.acceptance.harness.Await.until(
                "the bytes that arrived are kept",
                () -> admin.get(location).expect(204).header("Range").equals(java.util.Optional.of("0-19999")));
        piece(location, "20000-49999", Arrays.copyOfRange(content, 20_000, 50_000))
                .expect(202);
        finish(location, sha256(content)).expect(201);
    }
}

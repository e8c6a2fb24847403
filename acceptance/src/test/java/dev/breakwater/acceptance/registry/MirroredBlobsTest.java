package dev.breakwater.acceptance.registry;

import static dev.breakwater.acceptance.registry.Distribution.expectError;
import static dev.breakwater.acceptance.registry.Distribution.noise;
import static dev.breakwater.acceptance.registry.Distribution.sha256;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.acceptance.harness.Await;
import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A blob of a mirrored project is handed on while it comes, and never as whole when it is not. */
@WithServer
@Timeout(60)
class MirroredBlobsTest {

    private static final int SIZE = 1_000_000;
    private static final int HALF = SIZE / 2;
    /** So much comes before the other half is sent; the rest of the first half may still be in a buffer. */
    private static final int EARLY = 300_000;

    private final TestServer server;
    private final Distribution registry;
    private final Client admin;
    private final ScriptedUpstream upstream = new ScriptedUpstream();
    private final HttpClient http = HttpClient.newHttpClient();
    private final byte[] layer = noise(SIZE);
    private final String digest = sha256(layer);
    private final CountDownLatch gate = new CountDownLatch(1);
    private final String project;

    MirroredBlobsTest(TestServer server) {
        this.server = server;
        registry = new Distribution(server);
        admin = registry.admin();
        project = upstream.mirror(admin, "", "");
    }

    @AfterEach
    void end() {
        gate.countDown();
        http.close();
        upstream.close();
    }

    private String path() {
        return "/v2/" + project + "/some/app/blobs/" + digest;
    }

    private void halves(byte[] second) {
        upstream.blob("some/app", digest, SIZE, out -> {
            out.write(layer, 0, HALF);
            out.flush();
            gate.await();
            out.write(second);
        });
    }

    private byte[] secondHalf() {
        return java.util.Arrays.copyOfRange(layer, HALF, SIZE);
    }

    private InputStream open() throws IOException, InterruptedException {
        HttpResponse<InputStream> response = http.send(
                HttpRequest.newBuilder(server.url().resolve(path()))
                        .header("Authorization", ClassicApi.authorization("admin", "Harbor12345"))
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Length")).contains(Integer.toString(SIZE));
        assertThat(response.headers().firstValue("Docker-Content-Digest")).contains(digest);
        return response.body();
    }

    private void here() {
        Await.until("it is stored", () -> Blobs.copies(registry, digest) == 1);
        assertThat(admin.get(path()).expect(200).body()).isEqualTo(layer);
    }

    @Test
    void all_who_ask_while_it_comes_have_its_bytes_at_once_from_one_fetch() throws Exception {
        halves(secondHalf());
        try (InputStream first = open();
                InputStream second = open()) {
            byte[] early = first.readNBytes(EARLY);
            assertThat(second.readNBytes(EARLY)).isEqualTo(early);
            admin.send("HEAD", path()).expect(200);
            assertThat(Blobs.copies(registry, digest)).isZero();

            gate.countDown();

            assertThat(first.readAllBytes()).hasSize(SIZE - EARLY).endsWith(secondHalf());
            assertThat(second.readAllBytes()).hasSize(SIZE - EARLY).endsWith(secondHalf());
        }
        here();
        assertThat(upstream.fetched(digest)).isEqualTo(1);
    }

    @Test
    void a_part_of_it_waits_for_the_whole() {
        halves(secondHalf());
        gate.countDown();

        assertThat(admin.with("Range", "bytes=10-19").get(path()).expect(206).body())
                .isEqualTo(java.util.Arrays.copyOfRange(layer, 10, 20));
        assertThat(upstream.fetched(digest)).isEqualTo(1);
    }

    @Test
    void it_is_kept_although_who_asked_has_gone() throws Exception {
        halves(secondHalf());
        try (InputStream leaving = open()) {
            leaving.readNBytes(EARLY);
        }

        gate.countDown();

        here();
        assertThat(upstream.fetched(digest)).isEqualTo(1);
    }

    @Test
    void what_breaks_off_elsewhere_breaks_off_here_and_is_fetched_anew() throws Exception {
        upstream.blob("some/app", digest, SIZE, out -> {
            out.write(layer, 0, HALF);
            out.flush();
            gate.await();
            throw new IOException("gone");
        });
        try (InputStream cut = open()) {
            cut.readNBytes(EARLY);
            gate.countDown();
            assertThatThrownBy(cut::readAllBytes).isInstanceOf(IOException.class);
        }
        assertThat(Blobs.copies(registry, digest)).isZero();
        assertThat(Blobs.uploads(registry.data())).isZero();

        halves(secondHalf());
        assertThat(admin.get(path()).expect(200).body()).isEqualTo(layer);
        here();
        assertThat(upstream.fetched(digest)).isEqualTo(2);
    }

    @Test
    void other_bytes_than_the_digest_names_are_neither_kept_nor_sent_to_the_end() throws Exception {
        byte[] forged = secondHalf();
        forged[forged.length - 1]++;
        halves(forged);
        try (InputStream cut = open()) {
            gate.countDown();
            assertThatThrownBy(cut::readAllBytes).isInstanceOf(IOException.class);
        }
        assertThat(Blobs.copies(registry, digest)).isZero();
        assertThat(Blobs.uploads(registry.data())).isZero();
    }

    @Test
    void a_small_one_that_is_forged_is_an_error_and_no_answer() {
        byte[] small = noise(500);
        String name = sha256(small);
        upstream.blob("some/app", name, 500, out -> out.write(noise(500)));
        admin.get("/v2/" + project + "/some/app/blobs/" + name).expect(503);
        assertThat(Blobs.copies(registry, name)).isZero();
    }

    @Test
    void what_has_no_room_in_the_project_is_refused_before_it_is_fetched() {
        String full = upstream.mirror(admin, "", ",\"storage_limit\":" + HALF);
        upstream.blob("some/app", digest, SIZE, MirroredBlobsTest::never);

        expectError(admin.get("/v2/" + full + "/some/app/blobs/" + digest), 403, "DENIED");
    }

    private static void never(OutputStream out) throws IOException, InterruptedException {
        out.write(new byte[1_000]);
        out.flush();
        new CountDownLatch(1).await();
    }
}

package dev.breakwater.acceptance.registry;

import static dev.breakwater.acceptance.registry.Distribution.expectError;
import static dev.breakwater.acceptance.registry.Distribution.noise;
import static dev.breakwater.acceptance.registry.Distribution.send;
import static dev.breakwater.acceptance.registry.Distribution.sha256;
import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.harness.Await;
import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.RawConnection;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.ServerProcess;
import dev.breakwater.postgres.DatabaseAddress;
import dev.breakwater.postgres.TemporaryPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Two servers on one database and one folder, which are processes of their own, and requests for one upload to both. */
@Isolated
class OneUploadTwoServersTest {

    private static final String REPOSITORY = "library/shared";
    private static final String AUTHORIZATION = ClassicApi.authorization("admin", "Harbor12345");
    private static final int PIECE = 1 << 20;
    private static final int RACES = 40;

    @TempDir
    private Path data;

    @Test
    void their_bytes_are_never_mixed() throws Exception {
        DatabaseAddress database = TemporaryPostgres.shared().newDatabase();
        Map<String, String> settings = Map.of(
                "database.url", database.url(),
                "database.user", database.user(),
                "database.password", database.password());
        try (ServerProcess first = new ServerProcess(data, settings);
                ServerProcess second = new ServerProcess(data, settings)) {
            first.start();
            second.start();
            oneWaitsForTheOther(first, second);
            theyRace(admin(first), admin(second));
            oneGoesOnWhenTheOtherIsKilled(first, second);
        }
    }

    private static Client admin(ServerProcess server) {
        return Client.of(server.url(), exchange -> {}).with("Authorization", AUTHORIZATION);
    }

    /** The first has half of a piece, and the rest is still to come. */
    private RawConnection halfAPiece(ServerProcess server, String location, byte[] piece) throws IOException {
        RawConnection connection = RawConnection.to(server.url());
        connection
                .send(RawConnection.head(
                        "PATCH " + location + " HTTP/1.1",
                        "Host: localhost",
                        "Authorization: " + AUTHORIZATION,
                        "Content-Length: " + piece.length))
                .send(Arrays.copyOf(piece, piece.length / 2));
        Await.until("a part of it is there", () -> onDisk(location) > 0);
        return connection;
    }

    private long onDisk(String location) {
        try {
            return Files.size(Blobs.upload(data, location));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void oneWaitsForTheOther(ServerProcess first, ServerProcess second) throws IOException {
        Client other = admin(second);
        byte[] piece = noise(PIECE);
        byte[] last = noise(PIECE);
        String location = Distribution.begin(other, REPOSITORY);
        try (RawConnection connection = halfAPiece(first, location, piece)) {
            inUse(send(other, "PATCH", location, last));
            inUse(send(other, "PUT", location + "?digest=" + sha256(last), last));
            inUse(other.delete(location));
            assertThat(other.get(location).expect(204).header("Range"))
                    .isPresent()
                    .isNotEqualTo(Optional.of("0-0"));
            connection.send(Arrays.copyOfRange(piece, PIECE / 2, PIECE));
            assertThat(connection.readStatus()).isEqualTo(202);
        }
        byte[] whole = joined(piece, last);
        send(other, "PUT", location + "?digest=" + sha256(whole), last).expect(201);
        assertThat(admin(first)
                        .get("/v2/" + REPOSITORY + "/blobs/" + sha256(whole))
                        .expect(200)
                        .body())
                .isEqualTo(whole);
        expectError(send(admin(first), "PATCH", location, piece), 404, "BLOB_UPLOAD_UNKNOWN");
    }

    private static void inUse(Reply reply) {
        reply.expect(503);
        assertThat(reply.header("Retry-After")).contains("1");
        assertThat(reply.json().get("errors").get(0).get("message").asString())
                .isEqualTo("Another request is using this upload.");
    }

    /** Each tries to bring a whole blob of its own through the same session. */
    private static void theyRace(Client one, Client other) throws Exception {
        int created = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (int race = 0; race < RACES; race++) {
                String location = Distribution.begin(one, REPOSITORY);
                List<byte[]> contents = List.of(noise(PIECE), noise(PIECE));
                List<Future<Integer>> ends = new ArrayList<>();
                for (int i = 0; i < 2; i++) {
                    Client client = i == 0 ? one : other;
                    byte[] content = contents.get(i);
                    ends.add(threads.submit(() -> {
                        send(client, "PATCH", location, content);
                        return client.send("PUT", location + "?digest=" + sha256(content))
                                .status();
                    }));
                }
                for (int i = 0; i < 2; i++) {
                    int status = ends.get(i).get();
                    assertThat(status).isIn(201, 400, 404, 503);
                    String digest = sha256(contents.get(i));
                    if (status == 201) {
                        created++;
                        assertThat(other.get("/v2/" + REPOSITORY + "/blobs/" + digest)
                                        .expect(200)
                                        .body())
                                .isEqualTo(contents.get(i));
                    } else {
                        other.get("/v2/" + REPOSITORY + "/blobs/" + digest).expect(404);
                    }
                }
            }
        }
        System.out.println("OneUploadTwoServersTest: " + created + " of " + RACES + " races were won");
    }

    private void oneGoesOnWhenTheOtherIsKilled(ServerProcess first, ServerProcess second) throws IOException {
        Client other = admin(second);
        byte[] content = noise(PIECE);
        String location = Distribution.begin(other, REPOSITORY);
        try (RawConnection _ = halfAPiece(first, location, content)) {
            first.kill();
            byte[] rest = Arrays.copyOfRange(content, (int) onDisk(location), PIECE);
            send(other, "PUT", location + "?digest=" + sha256(content), rest).expect(201);
        }
        assertThat(other.get("/v2/" + REPOSITORY + "/blobs/" + sha256(content))
                        .expect(200)
                        .body())
                .isEqualTo(content);
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}

package dev.breakwater.acceptance.registry;

import static dev.breakwater.acceptance.registry.Distribution.OCI_CONFIG;
import static dev.breakwater.acceptance.registry.Distribution.OCI_MANIFEST;
import static dev.breakwater.acceptance.registry.Distribution.bytes;
import static dev.breakwater.acceptance.registry.Distribution.send;
import static dev.breakwater.acceptance.registry.Distribution.sha256;
import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.Await;
import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.RawConnection;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import tools.jackson.databind.JsonNode;

/** A server that is killed while images are pushed has everything that it acknowledged, and nothing by halves. */
@Isolated
class RegistryKillTest {

    private static final int ROUNDS = Integer.getInteger("breakwater.kill.rounds", 2);
    private static final int PUSHERS = 6;
    private static final String REPOSITORY = "library/pushed";
    private static final String V2 = "/v2/" + REPOSITORY;

    @TempDir
    private Path data;

    private final long seed = Long.getLong("breakwater.random.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Map<String, byte[]> acknowledged = new ConcurrentHashMap<>();
    private final Map<String, byte[]> sent = new ConcurrentHashMap<>();

    private final Map<String, Moving> moving = new ConcurrentHashMap<>();

    /** What a tag may point to: what was acknowledged, which is empty at first, and what was sent after that. */
    private record Moving(String last, String next) {}

    @BeforeEach
    void let_the_database_user_in() throws Exception {
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx--x--x"));
        System.out.println("RegistryKillTest: seed " + seed);
    }

    @Test
    @Proves(
            contract = "registry",
            lines = {136, 220})
    void what_was_acknowledged_is_complete_and_nothing_is_there_by_halves() throws Exception {
        try (ServerProcess server = new ServerProcess(data, Map.of());
                ExecutorService threads = Executors.newFixedThreadPool(PUSHERS)) {
            server.start();
            for (int round = 1; round <= ROUNDS; round++) {
                Client admin = admin(server);
                int now = round;
                List<Future<Integer>> pushers = IntStream.range(0, PUSHERS)
                        .mapToObj(number -> threads.submit(() -> push(admin, now, number, new Random(seed + number))))
                        .toList();
                UnderWay upload = new UnderWay(server, noise(random, 3 << 20));
                Await.until(
                        "pushes are acknowledged",
                        () -> acknowledged.keySet().stream().anyMatch(tag -> tag.startsWith("t" + now + "-")));
                TimeUnit.MILLISECONDS.sleep(random.nextInt(1_000));
                server.kill();
                int pushed = 0;
                for (Future<Integer> pusher : pushers) {
                    pushed += pusher.get();
                }
                System.out.println("RegistryKillTest: " + pushed + " images acknowledged in round " + round);
                server.start();
                Client again = admin(server);
                upload.verify(again);
                verify(again);
            }
            assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ROUNDS);
        }
    }

    private static Client admin(ServerProcess server) {
        return Client.of(server.url(), exchange -> {})
                .with("Authorization", ClassicApi.authorization("admin", "Harbor12345"));
    }

    private static byte[] noise(Random random, int size) {
        byte[] content = new byte[size];
        random.nextBytes(content);
        return content;
    }

    /** Pushes until the server is no more, and returns how many images it acknowledged. */
    private int push(Client admin, int round, int pusher, Random any) {
        String mine = "moving-" + pusher;
        int pushed = 0;
        while (true) {
            String tag = "t" + round + "-" + pusher + "-" + pushed;
            try {
                byte[] layer = noise(any, 1 + any.nextInt(60_000));
                byte[] config = bytes("{\"os\":\"linux\",\"tag\":\"" + tag + "\"}");
                byte[] manifest = Distribution.image(OCI_CONFIG, config, List.of(layer), "");
                List.of(layer, config, manifest).forEach(each -> sent.put(sha256(each), each));
                Distribution.pushBlob(admin, REPOSITORY, config);
                pushInPieces(admin, layer);
                tag(admin, tag, manifest);
                acknowledged.put(tag, manifest);
                String digest = sha256(manifest);
                moving.compute(mine, (name, before) -> new Moving(before == null ? "" : before.last(), digest));
                tag(admin, mine, manifest);
                moving.put(mine, new Moving(digest, digest));
            } catch (UncheckedIOException e) {
                return pushed;
            }
            pushed++;
        }
    }

    private static void pushInPieces(Client admin, byte[] layer) {
        String location = Distribution.begin(admin, REPOSITORY);
        int half = layer.length / 2;
        send(admin, "PATCH", location, Arrays.copyOf(layer, half)).expect(202);
        send(admin, "PUT", location + "?digest=" + sha256(layer), Arrays.copyOfRange(layer, half, layer.length))
                .expect(201);
    }

    private static void tag(Client admin, String tag, byte[] manifest) {
        Distribution.pushManifest(admin, REPOSITORY, tag, OCI_MANIFEST, manifest)
                .expect(201);
    }

    private void verify(Client admin) {
        acknowledged.forEach(
                (tag, manifest) -> assertThat(complete(admin, tag)).as(tag).isEqualTo(sha256(manifest)));
        moving.replaceAll((tag, pointer) -> {
            if (pointer.last().isEmpty() && admin.get(V2 + "/manifests/" + tag).status() == 404) {
                return pointer;
            }
            String found = complete(admin, tag);
            assertThat(List.of(pointer.last(), pointer.next())).as(tag).contains(found);
            return new Moving(found, found);
        });
        sent.forEach((digest, content) -> {
            Reply blob = admin.get(V2 + "/blobs/" + digest);
            if (blob.status() != 404) {
                assertThat(blob.expect(200).body()).isEqualTo(content);
            }
        });
    }

    /** Pulls an image as a client does, and returns the digest of its manifest. */
    private static String complete(Client admin, String tag) {
        Reply manifest = admin.get(V2 + "/manifests/" + tag).expect(200);
        String digest = sha256(manifest.body());
        assertThat(manifest.header("Docker-Content-Digest")).contains(digest);
        JsonNode image = manifest.json();
        List<JsonNode> parts = new ArrayList<>(List.of(image.get("config")));
        image.get("layers").forEach(parts::add);
        for (JsonNode part : parts) {
            String named = part.get("digest").asString();
            assertThat(sha256(admin.get(V2 + "/blobs/" + named).expect(200).body()))
                    .isEqualTo(named);
        }
        return digest;
    }

    /** A large upload whose second piece never ends. */
    private final class UnderWay {

        private static final int FIRST = 100_000;

        private final byte[] content;
        private final String location;

        UnderWay(ServerProcess server, byte[] content) throws IOException {
            this.content = content;
            Client admin = admin(server);
            location = Distribution.begin(admin, REPOSITORY);
            send(admin, "PATCH", location, Arrays.copyOf(content, FIRST)).expect(202);
            RawConnection connection = RawConnection.to(server.url());
            connection
                    .send(RawConnection.head(
                            "PATCH " + location + " HTTP/1.1",
                            "Host: localhost",
                            "Authorization: " + ClassicApi.authorization("admin", "Harbor12345"),
                            "Content-Length: " + (content.length - FIRST)))
                    .send(Arrays.copyOfRange(content, FIRST, content.length / 2));
            Await.until("the second piece arrives", () -> onDisk() > FIRST);
        }

        private long onDisk() {
            try {
                return Files.size(Blobs.upload(data, location));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** It is as far as the disk says, and goes on from there; or it is gone. */
        void verify(Client admin) {
            expectNoBlob(admin, content);
            expectNoBlob(admin, Arrays.copyOf(content, FIRST));
            Reply state = admin.get(location);
            if (state.status() == 404) {
                return;
            }
            int size = Math.toIntExact(onDisk());
            assertThat(size).isGreaterThan(FIRST);
            assertThat(state.expect(204).header("Range")).contains("0-" + (size - 1));
            expectNoBlob(admin, Arrays.copyOf(content, size));
            send(
                            admin,
                            "PUT",
                            location + "?digest=" + sha256(content),
                            Arrays.copyOfRange(content, size, content.length))
                    .expect(201);
            assertThat(admin.get(V2 + "/blobs/" + sha256(content)).expect(200).body())
                    .isEqualTo(content);
        }

        private static void expectNoBlob(Client admin, byte[] content) {
            Distribution.expectError(admin.get(V2 + "/blobs/" + sha256(content)), 404, "BLOB_UNKNOWN");
        }
    }
}

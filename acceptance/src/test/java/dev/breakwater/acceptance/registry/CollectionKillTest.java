package dev.breakwater.acceptance.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.harness.Await;
import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.ServerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** A server that is killed while it collects has lost nothing that is referred to, and the next frees the rest. */
@Isolated
class CollectionKillTest {

    private static final int ROUNDS = Integer.getInteger("breakwater.kill.rounds", 3);
    private static final int IMAGES = 40;
    private static final String REPOSITORY = "library/killed";
    /** One lies in the database, the other in a file. */
    private static final int SMALL = 1_000;

    private static final int LARGE = 20_000;

    @TempDir
    private Path data;

    private final long seed = Long.getLong("breakwater.random.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Map<String, byte[]> kept = new TreeMap<>();
    private final Map<String, byte[]> layers = new TreeMap<>();
    private final Set<String> gone = new TreeSet<>();

    @BeforeEach
    void let_the_database_user_in() throws Exception {
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx--x--x"));
        System.out.println("CollectionKillTest: seed " + seed);
    }

    @Test
    void no_blob_is_lost_and_no_orphan_survives() throws Exception {
        // A second of grace, because the server looks for garbage when it starts, and a push takes longer than no time.
        try (ServerProcess server =
                new ServerProcess(data, Map.of("registry.grace", "1s", "registry.undo-window", "0s"))) {
            server.start();
            for (int round = 1; round <= ROUNDS; round++) {
                Client admin = admin(server);
                push(admin, round);
                new Collections(admin).begin(true, false);
                TimeUnit.MILLISECONDS.sleep(random.nextInt(400));
                server.kill();
                server.start();
                verify(admin(server));
            }
            Client admin = admin(server);
            Collections collections = new Collections(admin);
            Await.value("all garbage is freed", Duration.ofSeconds(60), () -> {
                collections.run(true, false);
                collections.audit();
                return Optional.of(Blobs.names(data)).filter(large()::equals);
            });

            verify(admin);
            gone.forEach(digest ->
                    admin.get("/v2/" + REPOSITORY + "/blobs/" + digest).expect(404));
        }
    }

    private static Client admin(ServerProcess server) {
        return Client.of(server.url(), exchange -> {})
                .with("Authorization", ClassicApi.authorization("admin", "Harbor12345"));
    }

    /** Pushes images and deletes half of them; before the collection, for which no content is too young. */
    private void push(Client admin, int round) {
        for (int number = 0; number < IMAGES; number++) {
            byte[] config = Distribution.bytes("{\"os\":\"linux\",\"n\":\"%d-%d\"}".formatted(round, number));
            byte[] own = new byte[random.nextBoolean() ? SMALL : LARGE];
            random.nextBytes(own);
            List<byte[]> chosen = new ArrayList<>(List.of(own));
            layers.values().stream().skip(random.nextInt(20)).limit(2).forEach(chosen::add);
            chosen.forEach(layer -> Distribution.pushBlob(admin, REPOSITORY, layer));
            Distribution.pushBlob(admin, REPOSITORY, config);
            byte[] manifest = Distribution.image(Distribution.OCI_CONFIG, config, chosen, "");
            String tag = "t" + round + "-" + number;
            Distribution.pushManifest(admin, REPOSITORY, tag, Distribution.OCI_MANIFEST, manifest)
                    .expect(201);
            if (random.nextBoolean()) {
                kept.put(tag, manifest);
                chosen.forEach(layer -> layers.put(Distribution.sha256(layer), layer));
                layers.put(Distribution.sha256(config), config);
            } else {
                gone.addAll(List.of(Distribution.sha256(own), Distribution.sha256(config)));
                admin.delete("/v2/" + REPOSITORY + "/manifests/" + Distribution.sha256(manifest))
                        .expect(202);
            }
        }
    }

    private void verify(Client admin) {
        kept.forEach((tag, manifest) -> assertThat(admin.get("/v2/" + REPOSITORY + "/manifests/" + tag)
                        .expect(200)
                        .body())
                .isEqualTo(manifest));
        layers.forEach((digest, layer) -> assertThat(admin.get("/v2/" + REPOSITORY + "/blobs/" + digest)
                        .expect(200)
                        .body())
                .isEqualTo(layer));
    }

    /** Those that lie in files. */
    private Set<String> large() {
        return layers.entrySet().stream()
                .filter(layer -> layer.getValue().length == LARGE)
                .map(layer -> layer.getKey().substring(layer.getKey().indexOf(':') + 1))
                .collect(Collectors.toCollection(HashSet::new));
    }
}

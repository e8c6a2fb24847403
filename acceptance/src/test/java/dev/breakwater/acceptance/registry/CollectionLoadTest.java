package dev.breakwater.acceptance.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Collections one after the other while others push, mount, pull and delete at random. Each operation takes a second of
 * the server's clock, so that what is left behind grows old while the rest goes on.
 */
@WithServer(settings = {"registry.grace=1000s", "registry.undo-window=0s"})
class CollectionLoadTest {

    private static final int OPERATIONS = Integer.getInteger("breakwater.random.operations", 600);
    private static final int PEOPLE = 4;
    private static final int LAYERS = 40;
    private static final int TAGS = 6;

    private final TestServer server;
    private final Distribution registry;
    private final Client admin;
    private final Collections collections;
    private final long seed = Long.getLong("breakwater.random.seed", System.nanoTime());
    private final List<byte[]> layers =
            IntStream.range(0, LAYERS).mapToObj(number -> layer(number)).toList();
    private final List<String> repositories = new ArrayList<>();

    CollectionLoadTest(TestServer server) {
        this.server = server;
        registry = new Distribution(server);
        admin = Client.of(server.url(), exchange -> {})
                .with("Authorization", ClassicApi.authorization("admin", "Harbor12345"));
        collections = new Collections(registry.admin());
    }

    private byte[] layer(int number) {
        byte[] content = new byte[2_000];
        new Random(seed + number).nextBytes(content);
        return content;
    }

    @Test
    @Proves(
            contract = "registry",
            lines = {171})
    void no_push_or_pull_fails_and_nothing_that_is_referred_to_is_lost() throws Exception {
        System.out.println("CollectionLoadTest: seed " + seed + ", operations " + OPERATIONS);
        IntStream.range(0, PEOPLE).forEach(number -> repositories.add(registry.newRepository()));
        List<Person> people = IntStream.range(0, PEOPLE).mapToObj(Person::new).toList();
        AtomicBoolean going = new AtomicBoolean(true);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> collecting = threads.submit(() -> {
                while (going.get()) {
                    collections.run(true, false);
                }
            });
            List<Future<?>> working = new ArrayList<>();
            people.forEach(person -> working.add(threads.submit(person::work)));
            try {
                for (Future<?> work : working) {
                    work.get();
                }
            } finally {
                going.set(false);
            }
            collecting.get();
        }
        people.forEach(Person::verify);

        server.advance(Duration.ofSeconds(2_000));
        collections.run(true, false);

        people.forEach(Person::verify);
        server.advance(Duration.ofSeconds(2_000));
        assertThat(collections.run(true, true)).isEqualTo(new Collections.Freed(0, 0, 0));
        assertThat(collections.audit().get("strays").asInt()).isZero();
        assertThat(collections.audit().get("missing").asInt()).isZero();
    }

    /** Somebody with a repository that nobody else writes to, and layers that others have too. */
    private final class Person {

        private final String repository;
        private final Random random;
        private final Map<String, Image> tags = new TreeMap<>();

        private record Image(byte[] manifest, List<byte[]> blobs) {}

        Person(int number) {
            repository = repositories.get(number);
            random = new Random(seed * 31 + number);
        }

        void work() {
            for (int operation = 0; operation < OPERATIONS / PEOPLE; operation++) {
                server.advance(Duration.ofSeconds(1));
                switch (random.nextInt(8)) {
                    case 0, 1, 2 -> push();
                    case 3 -> deleteTag();
                    case 4 -> deleteManifest();
                    default -> pull();
                }
            }
        }

        private void push() {
            byte[] config = Distribution.bytes("{\"os\":\"linux\",\"n\":" + random.nextInt(30) + "}");
            List<byte[]> chosen = new ArrayList<>();
            for (int count = 1 + random.nextInt(3); count > 0; count--) {
                byte[] layer = layers.get(random.nextInt(LAYERS));
                if (!chosen.contains(layer)) {
                    chosen.add(layer);
                }
            }
            chosen.forEach(this::bring);
            bring(config);
            byte[] manifest = Distribution.image(Distribution.OCI_CONFIG, config, chosen, "");
            String tag = "t" + random.nextInt(TAGS);
            Distribution.pushManifest(admin, repository, tag, Distribution.OCI_MANIFEST, manifest)
                    .expect(201);
            List<byte[]> blobs = new ArrayList<>(chosen);
            blobs.add(config);
            tags.put(tag, new Image(manifest, blobs));
        }

        private void bring(byte[] content) {
            String digest = Distribution.sha256(content);
            if (random.nextBoolean()) {
                String from = repositories.get(random.nextInt(PEOPLE));
                Reply mount =
                        admin.send("POST", "/v2/" + repository + "/blobs/uploads/?mount=" + digest + "&from=" + from);
                if (mount.status() == 201) {
                    return;
                }
                mount.expect(202);
                admin.delete(mount.header("Location").orElseThrow()).expect(204);
            }
            Distribution.pushBlob(admin, repository, content);
        }

        private void deleteTag() {
            String tag = "t" + random.nextInt(TAGS);
            admin.delete("/v2/" + repository + "/manifests/" + tag).expect(tags.remove(tag) == null ? 404 : 202);
        }

        private void deleteManifest() {
            tags.values().stream().findFirst().ifPresent(image -> {
                String digest = Distribution.sha256(image.manifest());
                admin.delete("/v2/" + repository + "/manifests/" + digest).expect(202);
                tags.values()
                        .removeIf(other -> Distribution.sha256(other.manifest()).equals(digest));
            });
        }

        private void pull() {
            tags.keySet().stream().skip(random.nextInt(TAGS)).findFirst().ifPresent(this::pull);
        }

        private void pull(String tag) {
            Image image = Objects.requireNonNull(tags.get(tag));
            assertThat(admin.get("/v2/" + repository + "/manifests/" + tag)
                            .expect(200)
                            .body())
                    .isEqualTo(image.manifest());
            for (byte[] blob : image.blobs()) {
                assertThat(admin.get("/v2/" + repository + "/blobs/" + Distribution.sha256(blob))
                                .expect(200)
                                .body())
                        .isEqualTo(blob);
            }
        }

        void verify() {
            tags.keySet().forEach(this::pull);
        }
    }
}

package dev.breakwater.acceptance.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What nothing refers to is freed, and nothing else is. */
@WithServer
class CollectionTest {

    private static final Duration AFTER_GRACE = Duration.ofHours(3);
    private static final Duration AFTER_UNDO = Duration.ofHours(27);

    private final TestServer server;
    private final Distribution registry;
    private final Client admin;
    private final Collections collections;

    CollectionTest(TestServer server) {
        this.server = server;
        registry = new Distribution(server);
        admin = registry.admin();
        collections = new Collections(admin);
    }

    private Reply manifest(String repository, byte[] manifest) {
        return admin.get("/v2/" + repository + "/manifests/" + Distribution.sha256(manifest));
    }

    @Test
    @Proves(
            contract = "registry",
            lines = {170})
    void a_dry_run_frees_nothing_and_tells_what_the_real_one_frees() {
        String repository = registry.newRepository();
        byte[] kept = Distribution.pushImage(admin, repository, "v1");
        byte[] old = Distribution.pushImage(admin, repository, "v2");
        Distribution.pushImage(admin, repository, "v2");
        byte[] loose = Distribution.noise(20_000);
        String stray = Distribution.pushBlob(admin, repository, loose);
        server.advance(AFTER_GRACE);

        Collections.Freed foreseen = collections.run(true, true);

        assertThat(foreseen.manifests()).isEqualTo(1);
        assertThat(foreseen.blobs()).isEqualTo(3);
        manifest(repository, old).expect(200);
        assertThat(Blobs.copies(registry, stray)).isEqualTo(1);

        assertThat(collections.run(true, false)).isEqualTo(foreseen);
        manifest(repository, old).expect(404);
        manifest(repository, kept).expect(200);
        assertThat(Blobs.copies(registry, stray)).isZero();
        admin.get("/v2/" + repository + "/blobs/" + stray).expect(404);
        assertThat(collections.run(true, false)).isEqualTo(new Collections.Freed(0, 0, 0));
    }

    @Test
    void a_blob_that_a_client_was_told_is_there_stays_until_its_manifest_can_come() {
        String repository = registry.newRepository();
        Distribution.pushImage(admin, repository, "v1");
        String found = Distribution.pushBlob(admin, repository, Distribution.noise(20_000));
        String forgotten = Distribution.pushBlob(admin, repository, Distribution.noise(20_000));
        server.advance(AFTER_GRACE);
        admin.send("HEAD", "/v2/" + repository + "/blobs/" + found).expect(200);

        collections.run(false, false);

        assertThat(Blobs.copies(registry, found)).isEqualTo(1);
        assertThat(Blobs.copies(registry, forgotten)).isZero();

        server.advance(AFTER_GRACE);
        collections.run(false, false);
        assertThat(Blobs.copies(registry, found)).isZero();
    }

    @Test
    void a_blob_stays_for_those_who_may_push_and_not_for_those_who_only_read() {
        String project = ClassicApi.fresh("dist");
        long id = registry.api().newProject(admin, project, false);
        String repository = project + "/app";
        Distribution.pushImage(admin, repository, "v1");
        ClassicApi.User developer = registry.api().newUser();
        ClassicApi.User guest = registry.api().newUser();
        registry.api().join(id, developer, 2);
        registry.api().join(id, guest, 3);
        List<String> blobs = java.util.stream.IntStream.range(0, 4)
                .mapToObj(n -> Distribution.pushBlob(admin, repository, Distribution.noise(20_000)))
                .toList();
        server.advance(AFTER_GRACE);
        String scope = "repository:" + repository + ":pull";
        List<Client> callers = List.of(
                developer.client(),
                registry.bearer(developer.client(), scope),
                guest.client(),
                registry.bearer(guest.client(), scope));
        for (int i = 0; i < callers.size(); i++) {
            callers.get(i)
                    .send("HEAD", "/v2/" + repository + "/blobs/" + blobs.get(i))
                    .expect(200);
        }

        collections.run(false, false);

        assertThat(blobs.stream().map(blob -> Blobs.copies(registry, blob))).containsExactly(1L, 1L, 0L, 0L);
    }

    @Test
    @Proves(
            contract = "registry",
            lines = {172})
    void what_a_tagged_index_names_and_what_belongs_to_something_tagged_stays() {
        String repository = registry.newRepository();
        byte[] child = untagged(repository, Distribution.pushParts(admin, repository, ""));
        byte[] index = Distribution.index(List.of(child), "");
        Distribution.pushManifest(admin, repository, "multi", Distribution.OCI_INDEX, index)
                .expect(201);
        byte[] image = Distribution.pushImage(admin, repository, "v1");
        byte[] signature = referrer(repository, image);
        byte[] ofSignature = referrer(repository, signature);
        byte[] garbage = untagged(repository, Distribution.pushParts(admin, repository, ""));
        byte[] ofGarbage = referrer(repository, garbage);
        byte[] parent = Distribution.index(List.of(garbage), "");
        Distribution.pushManifest(admin, repository, Distribution.sha256(parent), Distribution.OCI_INDEX, parent)
                .expect(201);
        String cosign = Distribution.sha256(garbage).replace(':', '-') + ".sig";
        byte[] oldStyle = Distribution.pushImage(admin, repository, cosign);
        byte[] keptStyle = Distribution.pushImage(
                admin, repository, Distribution.sha256(image).replace(':', '-') + ".sig");
        server.advance(AFTER_GRACE);

        Collections.Freed foreseen = collections.run(true, true);
        assertThat(collections.run(true, false)).isEqualTo(foreseen);

        List.of(child, index, image, signature, ofSignature, keptStyle)
                .forEach(stays -> manifest(repository, stays).expect(200));
        List.of(garbage, ofGarbage, parent, oldStyle)
                .forEach(goes -> manifest(repository, goes).expect(404));
        assertThat(foreseen.manifests()).isEqualTo(4);
    }

    @Test
    void a_signature_outlives_its_image_until_what_has_no_tag_is_collected() {
        String repository = registry.newRepository();
        byte[] kept = Distribution.pushImage(admin, repository, "v1");
        byte[] image = Distribution.pushImage(admin, repository, "v2");
        byte[] signature = Distribution.pushImage(
                admin, repository, Distribution.sha256(image).replace(':', '-') + ".sig");
        byte[] elsewhere = Distribution.pushImage(
                admin, repository, Distribution.sha256(Distribution.noise(9)).replace(':', '-') + ".sig");
        admin.delete("/v2/" + repository + "/manifests/" + Distribution.sha256(image))
                .expect(202);
        server.advance(AFTER_UNDO);
        collections.run(false, false);
        manifest(repository, image).expect(404);
        manifest(repository, signature).expect(200);

        Collections.Freed foreseen = collections.run(true, true);
        assertThat(collections.run(true, false)).isEqualTo(foreseen);

        assertThat(foreseen.manifests()).isEqualTo(1);
        manifest(repository, signature).expect(404);
        // What it signs was never here, as with signatures that are kept apart from the images.
        manifest(repository, elsewhere).expect(200);
        manifest(repository, kept).expect(200);
    }

    @Test
    void a_signature_stays_when_its_image_is_pushed_again() {
        String repository = registry.newRepository();
        byte[] config = Distribution.bytes("{\"os\":\"linux\"}");
        byte[] image = Distribution.image(Distribution.OCI_CONFIG, config, List.of(), "");
        Distribution.pushBlob(admin, repository, config);
        Distribution.pushManifest(admin, repository, "v1", Distribution.OCI_MANIFEST, image)
                .expect(201);
        byte[] signature = Distribution.pushImage(
                admin, repository, Distribution.sha256(image).replace(':', '-') + ".sig");
        admin.delete("/v2/" + repository + "/manifests/" + Distribution.sha256(image))
                .expect(202);
        server.advance(AFTER_UNDO);
        collections.run(false, false);
        manifest(repository, image).expect(404);
        Distribution.pushBlob(admin, repository, config);
        Distribution.pushManifest(admin, repository, "v1", Distribution.OCI_MANIFEST, image)
                .expect(201);
        server.advance(AFTER_GRACE);

        collections.run(true, false);

        manifest(repository, image).expect(200);
        manifest(repository, signature).expect(200);
    }

    private byte[] untagged(String repository, byte[] manifest) {
        Distribution.pushManifest(admin, repository, Distribution.sha256(manifest), Distribution.OCI_MANIFEST, manifest)
                .expect(201);
        return manifest;
    }

    private byte[] referrer(String repository, byte[] subject) {
        return untagged(
                repository,
                Distribution.pushParts(
                        admin,
                        repository,
                        ",\"subject\":" + Distribution.descriptor(Distribution.OCI_MANIFEST, subject)));
    }

    @Test
    void without_delete_untagged_only_what_was_deleted_goes_and_not_before_it_cannot_be_brought_back() {
        String repository = registry.newRepository();
        byte[] untagged = untagged(repository, Distribution.pushParts(admin, repository, ""));
        byte[] deleted = Distribution.pushImage(admin, repository, "v1");
        String layer = Distribution.pushBlob(admin, repository, Distribution.noise(300));
        admin.delete("/v2/" + repository + "/manifests/" + Distribution.sha256(deleted))
                .expect(202);
        server.advance(AFTER_GRACE);
        collections.run(false, false);
        assertThat(Blobs.copies(registry, layer)).isZero();
        String config = Distribution.sha256(deleted);
        assertThat(deletions(repository)).contains(config);

        server.advance(AFTER_UNDO);
        collections.run(false, false);

        manifest(repository, untagged).expect(200);
        assertThat(deletions(repository)).doesNotContain(config);
    }

    private String deletions(String repository) {
        String project = repository.substring(0, repository.indexOf('/'));
        return admin.get("/api/v2.0/projects/" + project + "/deletions")
                .expect(200)
                .text();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 11})
    @Proves(
            contract = "registry",
            lines = {173})
    void there_are_one_to_ten_workers(int workers) {
        Reply refused = admin.post("/api/v2.0/system/gc/schedule", """
                {"schedule": {"type": "Manual"}, "parameters": {"workers": %d}}""".formatted(workers));

        assertThat(CurrentApi.error(refused, 400, "BAD_REQUEST"))
                .isEqualTo("Error: Invalid number of workers:%d. Workers must be greater than 0 and less than or equal"
                                .formatted(workers)
                        + " to 10.");
    }

    @Test
    void collections_are_scheduled_changed_and_listed() {
        Reply none = admin.get("/api/v2.0/system/gc/schedule").expect(200);
        assertThat(none.text()).isEqualTo("{}");
        Reply wrong = admin.post("/api/v2.0/system/gc/schedule", """
                {"schedule": {"type": "Custom", "cron": "0 0 0"}}""");
        assertThat(CurrentApi.error(wrong, 400, "BAD_REQUEST"))
                .startsWith("invalid cron string for scheduled gc: 0 0 0, error: ");

        admin.post("/api/v2.0/system/gc/schedule", """
                        {"schedule": {"type": "Daily", "cron": "0 0 0 * * *"}, "parameters": {"delete_untagged": true}}""").expect(201);
        Reply set = admin.get("/api/v2.0/system/gc/schedule").expect(200);
        assertThat(set.json().at("/schedule/type").asString()).isEqualTo("Daily");
        assertThat(set.json().at("/schedule/cron").asString()).isEqualTo("0 0 0 * * *");
        admin.post("/api/v2.0/system/gc/schedule", """
                        {"schedule": {"type": "Hourly"}}""").expect(409);
        admin.put("/api/v2.0/system/gc/schedule", """
                        {"schedule": {"type": "None"}}""").expect(200);
        assertThat(admin.get("/api/v2.0/system/gc/schedule").expect(200).text()).isEqualTo("{}");

        String location = collections.begin(false, true);
        assertThat(admin.get("/api/v2.0/system/gc")
                        .expect(200)
                        .json()
                        .get(0)
                        .get("id")
                        .asLong())
                .isEqualTo(CurrentApi.id(new Reply(201, java.util.Map.of("location", List.of(location)), new byte[0])));
        admin.put(location, "").expect(200);
        admin.get("/api/v2.0/system/gc/999999").expect(404);
        assertThat(CurrentApi.error(admin.get("/api/v2.0/system/gc/999999/log"), 404, "NOT_FOUND"))
                .isEqualTo("garbage collection 999999 log is not found");
        registry.anonymous().get("/api/v2.0/system/gc").expect(401);
    }
}

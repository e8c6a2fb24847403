package dev.breakwater.acceptance.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Manifests: every kind of content, pushed, listed, read in every way, found by its subject and deleted. */
@WithServer
class ManifestsTest {

    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final String TYPE = "application/vnd.pier.note";
    private static final String LAYER = "application/vnd.oci.image.layer.v1.tar";
    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
    private static final String EMPTY = "application/vnd.oci.empty.v1+json";

    private final Repository repository;

    ManifestsTest(TestServer server) {
        repository = Repository.of(server, "manifests" + NAMES.incrementAndGet());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha256", "sha512"})
    void an_image_with_blobs_of_either_algorithm(String algorithm) {
        String config = descriptor(algorithm, CONFIG, """
                {"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":[]}}""");
        assertLifeOf(algorithm, Repository.IMAGE, image("""
                "config":%s,"layers":[%s,%s]""".formatted(
                        config, descriptor(algorithm, LAYER + "+gzip", "a"), descriptor(algorithm, LAYER, "b"))));
    }

    @Test
    void an_image_without_layers() {
        assertLifeOf("sha256", Repository.IMAGE, image("""
                "config":%s,"layers":[]""".formatted(descriptor("sha256", CONFIG, "{}"))));
    }

    @Test
    void an_image_of_almost_four_megabytes() {
        String padding = "x".repeat(3_900_000);
        assertLifeOf("sha256", Repository.IMAGE, image("""
                "config":%s,"layers":[],"annotations":{"padding":"%s"}""".formatted(descriptor("sha256", CONFIG, "{}"), padding)));
    }

    @Test
    void an_image_with_layers_that_are_elsewhere() {
        assertLifeOf(
                "sha256", Repository.IMAGE, image("""
                "config":%s,"layers":[{"mediaType":"application/vnd.oci.image.layer.nondistributable.v1.tar+gzip",
                "digest":"sha256:%s","size":123456,"urls":["https://layers.example.com/1"]}]""".formatted(descriptor("sha256", CONFIG, "{}"), "1".repeat(64))));
    }

    @Test
    void an_image_with_members_that_nobody_knows_and_content_in_its_descriptors() {
        assertLifeOf("sha256", Repository.IMAGE, image("""
                "config":{"mediaType":"%s","size":2,"data":"e30=","org.example.known":true,"digest":"%s"},
                "layers":[],"org.example.custom":{"deep":[1,2,3]}""".formatted(EMPTY, repository.blob("sha256", bytes("{}")))));
    }

    @Test
    void an_index_its_children_and_an_index_of_indexes() {
        String one =
                pushed("sha256", Repository.IMAGE, image("""
                "config":%s,"layers":[]""".formatted(descriptor("sha256", CONFIG, "{\"n\":1}"))));
        String inner = pushed("sha256", Repository.INDEX, index(one));
        assertLifeOf("sha256", Repository.INDEX, index(one, inner));
    }

    @Test
    void an_empty_index() {
        assertLifeOf("sha256", Repository.INDEX, index());
    }

    @Test
    void an_artifact_and_an_index_of_artifacts() {
        String artifact = pushed("sha256", Repository.IMAGE, artifact("", "mind the tide"));
        assertLifeOf("sha256", Repository.IMAGE, artifact("", "mind the gap"));
        assertLifeOf("sha256", Repository.INDEX, bytes("""
                {"schemaVersion":2,"mediaType":"%s","artifactType":"%s","manifests":[%s]}""".formatted(Repository.INDEX, TYPE, artifact)));
    }

    @Test
    @Proves(contract = "registry", lines = 152)
    void what_has_a_subject_says_so_and_is_found_by_it() {
        String subject = pushed("sha256", Repository.IMAGE, artifact("", "the subject"));
        String digest = digestOf(subject);
        byte[] note = artifact(",\"subject\":" + subject, "a note");
        byte[] list = bytes("""
                {"schemaVersion":2,"mediaType":"%s","artifactType":"application/vnd.pier.list","manifests":[],
                "annotations":{"tide":"low"},"subject":%s}""".formatted(Repository.INDEX, subject));

        Reply pushedNote = push("sha256", Repository.IMAGE, note).expect(201);
        Reply pushedList = push("sha256", Repository.INDEX, list).expect(201);

        assertThat(pushedNote.header("OCI-Subject")).contains(digest);
        assertThat(pushedList.header("OCI-Subject")).contains(digest);
        assertThat(referrers(digest, ""))
                .containsExactlyInAnyOrder(
                        Repository.digest("sha256", note) + " " + TYPE,
                        Repository.digest("sha256", list) + " application/vnd.pier.list");
        assertThat(referrers(digest, "?artifactType=application/vnd.pier.list"))
                .containsExactly(Repository.digest("sha256", list) + " application/vnd.pier.list");

        repository.delete("manifests/" + Repository.digest("sha256", note)).expect(202);
        assertThat(referrers(digest, "")).hasSize(1);
    }

    @Test
    @Proves(contract = "registry", lines = 152)
    void a_subject_may_be_missing_and_is_found_all_the_same() {
        String missing = Repository.digest("sha256", bytes("nobody has pushed this"));
        byte[] note = artifact(",\"subject\":" + descriptorOf(Repository.IMAGE, missing, 22), "a note about nothing");

        Reply pushed = push("sha256", Repository.IMAGE, note).expect(201);

        assertThat(pushed.header("OCI-Subject")).contains(missing);
        assertThat(referrers(missing, "")).hasSize(1);
        assertThat(referrers(Repository.digest("sha256", bytes("nor this")), ""))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha256", "sha512"})
    @Proves(contract = "registry", lines = 148)
    void ten_tags_come_with_one_push(String algorithm) {
        byte[] manifest = artifact("", "with tags");
        List<String> tags = IntStream.range(0, 10).mapToObj(i -> "t" + i).toList();
        String digest = Repository.digest(algorithm, manifest);

        Reply pushed = repository
                .putManifest(
                        digest + tags.stream().collect(Collectors.joining("&tag=", "?tag=", "")),
                        Repository.IMAGE,
                        manifest)
                .expect(201);

        List<String> named = new ArrayList<>();
        pushed.headers()
                .getOrDefault("oci-tag", List.of())
                .forEach(value -> named.addAll(List.of(value.split(",\\s*", -1))));
        assertThat(named).containsExactlyInAnyOrderElementsOf(tags);
        tags.forEach(
                tag -> assertThat(repository.get("manifests/" + tag).expect(200).body())
                        .isEqualTo(manifest));
    }

    @Test
    @Proves(contract = "registry", lines = 140)
    void a_manifest_that_is_not_what_its_digest_says_is_refused() {
        byte[] manifest = artifact("", "one");
        String other = Repository.digest("sha256", bytes("two"));

        Reply refused =
                repository.putManifest(other, Repository.IMAGE, manifest).expect(400);

        assertThat(refused.json().at("/errors/0/code").asString()).isEqualTo("DIGEST_INVALID");
        repository.get("manifests/" + other).expect(404);
    }

    @Test
    void a_digest_that_is_none_is_refused() {
        repository
                .putManifest("sha256:baddigeststring", Repository.IMAGE, artifact("", "x"))
                .expect(400);
        assertThat(repository.get("manifests/sha256:baddigeststring").status()).isIn(400, 404);
        assertThat(repository.get("blobs/sha256:baddigeststring").status()).isIn(400, 404);
    }

    @Test
    void tags_are_listed_in_pages() {
        byte[] manifest = artifact("", "tagged");
        for (String tag : List.of("b", "a", "d", "c")) {
            repository.putManifest(tag, Repository.IMAGE, manifest).expect(201);
        }

        assertThat(repository.tags("")).containsExactly("a", "b", "c", "d");
        assertThat(repository.tags("?n=2")).containsExactly("a", "b");
        assertThat(repository.tags("?n=2&last=b")).containsExactly("c", "d");
        assertThat(repository.tags("?last=bb")).containsExactly("c", "d");
        assertThat(repository.tags("?n=0")).isEmpty();
    }

    @Test
    void nothing_is_found_where_nothing_is() {
        repository.get("manifests/none").expect(404);
        repository
                .get("manifests/" + Repository.digest("sha256", bytes("none")))
                .expect(404);
        assertThat(referrers(Repository.digest("sha256", bytes("none")), "")).isEmpty();
        repository.get("tags/list").expect(404);
    }

    private void assertLifeOf(String algorithm, String mediaType, byte[] manifest) {
        String digest = Repository.digest(algorithm, manifest);
        repository.putManifest("by-tag", mediaType, manifest).expect(201);
        push(algorithm, mediaType, manifest).expect(201);
        repository.putManifest(digest + "?tag=also", mediaType, manifest).expect(201);

        assertThat(repository.tags("")).contains("also", "by-tag");
        assertRead("by-tag", mediaType, Repository.digest("sha256", manifest), manifest);
        assertRead("also", mediaType, digest, manifest);
        assertRead(digest, mediaType, digest, manifest);

        repository.delete("manifests/also").expect(202);
        repository.head("manifests/also").expect(404);
        repository.delete("manifests/" + digest).expect(202);
        repository.head("manifests/" + digest).expect(404);
    }

    private void assertRead(String reference, String mediaType, String digest, byte[] manifest) {
        Reply head = repository.head("manifests/" + reference).expect(200);
        Reply read =
                repository.get("manifests/" + reference, "Accept", mediaType).expect(200);
        assertThat(read.body()).isEqualTo(manifest);
        assertThat(read.header("Content-Type")).contains(mediaType);
        assertThat(read.header("Docker-Content-Digest")).contains(digest);
        assertThat(head.header("Content-Type")).contains(mediaType);
        assertThat(head.header("Content-Length")).contains(Integer.toString(manifest.length));
        assertThat(head.header("Docker-Content-Digest")).contains(digest);
    }

    private List<String> referrers(String digest, String query) {
        Reply reply = repository.get("referrers/" + digest + query).expect(200);
        assertThat(reply.header("Content-Type")).contains(Repository.INDEX);
        if (!query.isEmpty()) {
            assertThat(reply.header("OCI-Filters-Applied")).contains("artifactType");
        }
        return reply.json()
                .get("manifests")
                .valueStream()
                .map(entry -> entry.get("digest").asString() + " "
                        + entry.path("artifactType").asString())
                .toList();
    }

    /** Pushes a manifest by its digest and returns its descriptor. */
    private String pushed(String algorithm, String mediaType, byte[] manifest) {
        push(algorithm, mediaType, manifest).expect(201);
        return descriptorOf(mediaType, Repository.digest(algorithm, manifest), manifest.length);
    }

    private Reply push(String algorithm, String mediaType, byte[] manifest) {
        return repository.putManifest(Repository.digest(algorithm, manifest), mediaType, manifest);
    }

    /** Pushes a blob and returns its descriptor. */
    private String descriptor(String algorithm, String mediaType, String content) {
        byte[] bytes = bytes(content);
        return descriptorOf(mediaType, repository.blob(algorithm, bytes), bytes.length);
    }

    private static String descriptorOf(String mediaType, String digest, int size) {
        return """
                {"mediaType":"%s","digest":"%s","size":%d}""".formatted(mediaType, digest, size);
    }

    private static String digestOf(String descriptor) {
        return descriptor.replaceFirst(".*\"digest\":\"", "").replaceFirst("\".*", "");
    }

    private byte[] artifact(String more, String content) {
        return image("""
                "artifactType":"%s","config":%s,"layers":[%s]%s""".formatted(
                        TYPE, descriptor("sha256", EMPTY, "{}"), descriptor("sha256", "text/plain", content), more));
    }

    private static byte[] image(String members) {
        return bytes("""
                {"schemaVersion":2,"mediaType":"%s",%s}""".formatted(Repository.IMAGE, members));
    }

    private static byte[] index(String... manifests) {
        return bytes("""
                {"schemaVersion":2,"mediaType":"%s","manifests":[%s]}""".formatted(Repository.INDEX, String.join(",", manifests)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

package dev.breakwater.acceptance.registry;

import static dev.breakwater.acceptance.registry.Distribution.OCI_CONFIG;
import static dev.breakwater.acceptance.registry.Distribution.OCI_INDEX;
import static dev.breakwater.acceptance.registry.Distribution.OCI_MANIFEST;
import static dev.breakwater.acceptance.registry.Distribution.bytes;
import static dev.breakwater.acceptance.registry.Distribution.expectError;
import static dev.breakwater.acceptance.registry.Distribution.image;
import static dev.breakwater.acceptance.registry.Distribution.index;
import static dev.breakwater.acceptance.registry.Distribution.noise;
import static dev.breakwater.acceptance.registry.Distribution.pushBlob;
import static dev.breakwater.acceptance.registry.Distribution.pushImage;
import static dev.breakwater.acceptance.registry.Distribution.pushManifest;
import static dev.breakwater.acceptance.registry.Distribution.pushParts;
import static dev.breakwater.acceptance.registry.Distribution.sha256;
import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** registry.md, checklist I and J: blobs and manifests as they are read, pushed and removed. */
@WithServer
class ManifestsTest {

    private final Distribution registry;
    private final Client admin;
    private final String repository;
    private final String at;

    ManifestsTest(TestServer server) {
        registry = new Distribution(server);
        admin = registry.admin();
        repository = registry.newRepository();
        at = "/v2/" + repository;
    }

    private Reply manifest(String reference) {
        return admin.get(at + "/manifests/" + reference);
    }

    @Test
    @Proves(
            contract = "registry",
            lines = {128, 130, 131})
    void a_blob_is_read_where_it_was_pushed() {
        byte[] content = noise(500);
        String digest = pushBlob(admin, repository, content);
        for (String method : List.of("GET", "HEAD")) {
            Reply reply = admin.send(method, at + "/blobs/" + digest).expect(200);
            assertThat(reply.header("Content-Length")).contains("500");
            assertThat(reply.header("Content-Type")).contains("application/octet-stream");
            assertThat(reply.header("Docker-Content-Digest")).contains(digest);
            assertThat(reply.body()).isEqualTo(method.equals("GET") ? content : new byte[0]);
        }
        expectError(admin.get(at + "/blobs/" + sha256(noise(4))), 404, "BLOB_UNKNOWN");
        expectError(admin.get(at + "/blobs/sha256:abc"), 400, "DIGEST_INVALID");
        String other = registry.newRepository();
        expectError(admin.get("/v2/" + other + "/blobs/" + digest), 404, "BLOB_UNKNOWN");
        pushBlob(admin, other, content);
        admin.get("/v2/" + other + "/blobs/" + digest).expect(200);
    }

    @Test
    @Proves(contract = "registry", lines = 129)
    void a_part_of_a_blob_is_read() {
        String digest = pushBlob(admin, repository, bytes("0123456789"));
        expectPart(digest, "bytes=2-4", "234", "bytes 2-4/10");
        expectPart(digest, "bytes=7-", "789", "bytes 7-9/10");
        expectPart(digest, "bytes=-2", "89", "bytes 8-9/10");
        expectPart(digest, "bytes=-20", "0123456789", "bytes 0-9/10");
        expectPart(digest, "bytes=5-500", "56789", "bytes 5-9/10");
        for (String range : List.of("bytes=10-", "bytes=500-0", "bytes=600-700", "bytes=-0")) {
            Reply reply = admin.with("Range", range).get(at + "/blobs/" + digest);
            expectError(reply, 416, "RANGE_INVALID");
            assertThat(reply.header("Content-Range")).contains("bytes */10");
        }
        assertThat(admin.with("Range", "bytes=0-1,3-4")
                        .get(at + "/blobs/" + digest)
                        .expect(200)
                        .text())
                .isEqualTo("0123456789");
    }

    @Test
    void a_part_is_read_only_of_the_content_that_the_caller_has_begun() {
        String digest = pushBlob(admin, repository, bytes("0123456789"));
        Client resuming = admin.with("Range", "bytes=2-4");
        String path = at + "/blobs/" + digest;
        assertThat(resuming.with("If-Range", "\"" + digest + "\"")
                        .get(path)
                        .expect(206)
                        .text())
                .isEqualTo("234");
        for (String other : List.of("\"sha256:other\"", "W/\"" + digest + "\"", "Thu, 26 Nov 2026 07:00:00 GMT")) {
            assertThat(resuming.with("If-Range", other).get(path).expect(200).text())
                    .isEqualTo("0123456789");
        }
    }

    private void expectPart(String digest, String range, String content, String answered) {
        Reply reply = admin.with("Range", range).get(at + "/blobs/" + digest).expect(206);
        assertThat(reply.text()).isEqualTo(content);
        assertThat(reply.header("Content-Range")).contains(answered);
        assertThat(reply.header("Content-Length")).contains(Integer.toString(content.length()));
    }

    @Test
    @Proves(contract = "registry", lines = 138)
    void a_removed_blob_is_gone() {
        String digest = pushBlob(admin, repository, noise(10));
        admin.delete(at + "/blobs/" + digest).expect(202);
        expectError(admin.get(at + "/blobs/" + digest), 404, "BLOB_UNKNOWN");
        expectError(admin.delete(at + "/blobs/" + digest), 404, "BLOB_UNKNOWN");
    }

    @Test
    @Proves(
            contract = "registry",
            lines = {139, 147})
    void a_manifest_comes_back_as_it_was_pushed() {
        byte[] content = pushParts(admin, repository, " ,  \"unknown\":[1, 2.50,{\"é\":null}]");
        Reply pushed = pushManifest(admin, repository, "v1", OCI_MANIFEST + "; charset=utf-8", content)
                .expect(201);
        String digest = sha256(content);
        assertThat(pushed.header("Location")).contains(at + "/manifests/" + digest);
        assertThat(pushed.header("Docker-Content-Digest")).contains(digest);
        for (String reference : List.of("v1", digest)) {
            Reply read = manifest(reference).expect(200);
            assertThat(read.body()).isEqualTo(content);
            Reply head = admin.send("HEAD", at + "/manifests/" + reference).expect(200);
            assertThat(head.body()).isEmpty();
            for (Reply reply : List.of(read, head)) {
                assertThat(reply.header("Content-Type")).contains(OCI_MANIFEST);
                assertThat(reply.header("Content-Length")).contains(Integer.toString(content.length));
                assertThat(reply.header("Docker-Content-Digest")).contains(digest);
                assertThat(reply.header("ETag")).contains("\"" + digest + "\"");
            }
        }
        expectError(manifest("v2"), 404, "MANIFEST_UNKNOWN");
        admin.send("HEAD", at + "/manifests/v2").expect(404);
        expectError(manifest("sha256:baddigeststring"), 404, "MANIFEST_UNKNOWN");
    }

    @Test
    @Proves(contract = "registry", lines = 140)
    void content_that_does_not_fit_its_digest_is_refused() {
        byte[] content = pushParts(admin, repository, "");
        expectError(pushManifest(admin, repository, sha256(noise(3)), OCI_MANIFEST, content), 400, "DIGEST_INVALID");
        expectError(
                pushManifest(admin, repository, "sha256:baddigeststring", OCI_MANIFEST, content),
                400,
                "DIGEST_INVALID");
        expectError(manifest(sha256(content)), 404, "MANIFEST_UNKNOWN");
    }

    @Test
    @Proves(contract = "registry", lines = 141)
    void each_missing_blob_is_named() {
        byte[] config = noise(5);
        byte[] present = noise(6);
        byte[] absent = noise(7);
        pushBlob(admin, repository, present);
        Reply reply = pushManifest(
                        admin,
                        repository,
                        "v1",
                        OCI_MANIFEST,
                        image(OCI_CONFIG, config, List.of(present, absent, absent), ""))
                .expect(400);
        assertThat(reply.json()
                        .get("errors")
                        .valueStream()
                        .map(error -> error.get("code").asString()))
                .containsOnly("MANIFEST_BLOB_UNKNOWN");
        assertThat(reply.json()
                        .get("errors")
                        .valueStream()
                        .map(error -> error.at("/detail/digest").asString()))
                .containsExactly(sha256(config), sha256(absent));
        byte[] child = noise(9);
        Reply index = pushManifest(admin, repository, "v1", OCI_INDEX, index(List.of(child), ""));
        expectError(index, 400, "MANIFEST_BLOB_UNKNOWN");
        expectError(manifest("v1"), 404, "MANIFEST_UNKNOWN");
    }

    @Test
    @Proves(
            contract = "registry",
            lines = {142, 143})
    void what_is_no_manifest_is_refused() {
        byte[] content = pushParts(admin, repository, "");
        expectError(pushManifest(admin, repository, "v1", OCI_INDEX, content), 400, "MANIFEST_INVALID");
        expectError(pushManifest(admin, repository, "v1", "text/plain", content), 400, "MANIFEST_INVALID");
        for (String text : List.of("", "no json", "[]", "{}", "{\"schemaVersion\":2", "null", "{\"a\":1,\"a\":2}")) {
            expectError(
                    pushManifest(admin, repository, "v1", OCI_MANIFEST, bytes(text + " ")), 400, "MANIFEST_INVALID");
        }
        String old = "application/vnd.docker.distribution.manifest.v1+";
        byte[] first = bytes("{\"schemaVersion\":1,\"name\":\"a\",\"tag\":\"b\",\"fsLayers\":[],\"history\":[]}");
        expectError(pushManifest(admin, repository, "v1", old + "json", first), 400, "MANIFEST_INVALID");
        expectError(pushManifest(admin, repository, "v1", old + "prettyjws", first), 400, "MANIFEST_INVALID");
        expectError(pushManifest(admin, repository, "v1", OCI_MANIFEST, first), 400, "MANIFEST_INVALID");
        expectError(manifest("v1"), 404, "MANIFEST_UNKNOWN");
    }

    @Test
    @Proves(contract = "registry", lines = 144)
    void a_manifest_of_nearly_four_megabytes_is_kept_and_a_larger_one_is_not() {
        byte[] base = pushParts(admin, repository, ",\"x\":\"\"");
        for (int size : new int[] {3_900_000, 4 << 20}) {
            byte[] content = pushParts(admin, repository, ",\"x\":\"" + "a".repeat(size - base.length) + "\"");
            assertThat(content).hasSize(size);
            pushManifest(admin, repository, "v" + size, OCI_MANIFEST, content).expect(201);
            assertThat(manifest("v" + size).expect(200).body()).isEqualTo(content);
        }
        byte[] large = pushParts(admin, repository, ",\"x\":\"" + "a".repeat((4 << 20) + 1 - base.length) + "\"");
        expectError(pushManifest(admin, repository, "large", OCI_MANIFEST, large), 413, "SIZE_INVALID");
    }

    @Test
    @Proves(contract = "registry", lines = 145)
    void all_that_the_specification_allows_is_accepted() {
        byte[] config = bytes("{}");
        pushBlob(admin, repository, config);
        byte[] bare = image("application/vnd.oci.empty.v1+json", config, List.of(), ",\"custom\":{\"a\":[]}");
        pushManifest(admin, repository, "bare", OCI_MANIFEST, bare).expect(201);
        byte[] empty = index(List.of(), "");
        pushManifest(admin, repository, "empty", OCI_INDEX, empty).expect(201);
        byte[] nested = bytes("{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[%s]}"
                .formatted(OCI_INDEX, Distribution.descriptor(OCI_INDEX, empty)));
        pushManifest(admin, repository, "nested", OCI_INDEX, nested).expect(201);
        String data = Distribution.descriptor("application/vnd.oci.empty.v1+json", config)
                .replace("}", ",\"data\":\"e30=\"}");
        String foreign =
                Distribution.descriptor("application/vnd.oci.image.layer.nondistributable.v1.tar+gzip", noise(5));
        byte[] special = bytes("{\"schemaVersion\":2,\"config\":%s,\"layers\":[%s]}".formatted(data, foreign));
        pushManifest(admin, repository, "special", OCI_MANIFEST, special).expect(201);
        for (String tag : List.of("bare", "empty", "nested", "special")) {
            manifest(tag).expect(200);
        }
    }

    @Test
    @Proves(contract = "registry", lines = 146)
    void who_has_it_already_is_told_so() {
        String digest = sha256(pushImage(admin, repository, "v1"));
        for (String known :
                List.of("\"" + digest + "\"", digest, "W/\"" + digest + "\"", "\"x\", \"" + digest + "\"")) {
            Reply reply =
                    admin.with("If-None-Match", known).get(at + "/manifests/v1").expect(304);
            assertThat(reply.body()).isEmpty();
        }
        admin.with("If-None-Match", "\"x\"").get(at + "/manifests/v1").expect(200);
    }

    @Test
    @Proves(contract = "registry", lines = 148)
    void one_push_sets_many_tags() {
        byte[] content = pushParts(admin, repository, "");
        List<String> tags = IntStream.range(0, 10).mapToObj(i -> "t" + i).toList();
        Reply reply = pushManifest(
                        admin,
                        repository,
                        sha256(content) + "?"
                                + tags.stream().map(tag -> "tag=" + tag).collect(Collectors.joining("&")),
                        OCI_MANIFEST,
                        content)
                .expect(201);
        assertThat(List.of(reply.header("OCI-Tag").orElseThrow().split(", ", -1)))
                .isEqualTo(tags);
        tags.forEach(tag -> assertThat(manifest(tag).expect(200).body()).isEqualTo(content));
    }

    @Test
    @Proves(contract = "registry", lines = 149)
    void a_tag_moves_and_what_it_left_stays() {
        byte[] first = pushImage(admin, repository, "v1");
        byte[] second = pushImage(admin, repository, "v1");
        assertThat(manifest("v1").body()).isEqualTo(second);
        assertThat(manifest(sha256(first)).expect(200).body()).isEqualTo(first);
    }

    @Test
    void pushes_that_come_together_stand_or_fall_alone() throws Exception {
        List<byte[]> contents = IntStream.range(0, 24)
                .mapToObj(each -> pushParts(admin, repository, ",\"annotations\":{\"n\":\"" + each + "\"}"))
                .toList();
        byte[] broken = image(OCI_CONFIG, noise(20), List.of(noise(30)), "");
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Reply>> sound = new ArrayList<>();
            List<Future<Reply>> refused = new ArrayList<>();
            for (int i = 0; i < contents.size(); i++) {
                byte[] content = contents.get(i);
                // Three each are the same manifest, and all move one tag.
                for (String tag : List.of("a" + i, "b" + i, "moving")) {
                    sound.add(clients.submit(() -> pushManifest(admin, repository, tag, OCI_MANIFEST, content)));
                }
                refused.add(clients.submit(() -> pushManifest(admin, repository, "broken", OCI_MANIFEST, broken)));
            }
            for (Future<Reply> reply : sound) {
                reply.get().expect(201);
            }
            for (Future<Reply> reply : refused) {
                assertThat(reply.get().expect(400).text()).contains("MANIFEST_BLOB_UNKNOWN");
            }
        }
        for (int i = 0; i < contents.size(); i++) {
            assertThat(manifest("a" + i).expect(200).body()).isEqualTo(contents.get(i));
            assertThat(manifest("b" + i).expect(200).body()).isEqualTo(contents.get(i));
        }
        assertThat(contents).contains(manifest("moving").expect(200).body());
        expectError(manifest("broken"), 404, "MANIFEST_UNKNOWN");
    }

    @Test
    @Proves(contract = "registry", lines = 156)
    void a_tag_is_removed_alone_and_a_manifest_with_its_tags() {
        byte[] content = pushImage(admin, repository, "a");
        pushManifest(admin, repository, "b", OCI_MANIFEST, content).expect(201);
        String digest = sha256(content);
        admin.delete(at + "/manifests/a").expect(202);
        expectError(manifest("a"), 404, "MANIFEST_UNKNOWN");
        expectError(admin.delete(at + "/manifests/a"), 404, "MANIFEST_UNKNOWN");
        manifest("b").expect(200);
        manifest(digest).expect(200);
        admin.delete(at + "/manifests/" + digest).expect(202);
        expectError(manifest("b"), 404, "MANIFEST_UNKNOWN");
        expectError(manifest(digest), 404, "MANIFEST_UNKNOWN");
        expectError(admin.delete(at + "/manifests/" + digest), 404, "MANIFEST_UNKNOWN");
        pushManifest(admin, repository, "b", OCI_MANIFEST, content).expect(201);
        manifest(digest).expect(200);
    }

    @Test
    @Proves(contract = "registry", lines = 158)
    void names_need_a_project_that_is_there() {
        Reply one = admin.send("POST", "/v2/alone/blobs/uploads/");
        expectError(one, 400, "NAME_INVALID");
        assertThat(one.text()).contains("invalid repository name: alone");
        Reply nowhere = admin.send("POST", "/v2/nowhere/app/blobs/uploads/");
        expectError(nowhere, 401, "UNAUTHORIZED");
        assertThat(nowhere.text()).contains("project nowhere not found");
        Reply bearer =
                registry.bearer(admin, "repository:nowhere/app:push").send("POST", "/v2/nowhere/app/blobs/uploads/");
        expectError(bearer, 401, "UNAUTHORIZED");
        assertThat(bearer.text()).contains("project nowhere not found");
        // What one may not see looks the same.
        Reply hidden = registry.api().newUser().client().send("POST", at + "/blobs/uploads/");
        expectError(hidden, 401, "UNAUTHORIZED");
        assertThat(hidden.text()).contains("project " + repository.split("/", -1)[0] + " not found");
    }
}

package dev.breakwater.acceptance.registry;

import static dev.breakwater.acceptance.registry.Distribution.OCI_INDEX;
import static dev.breakwater.acceptance.registry.Distribution.OCI_MANIFEST;
import static dev.breakwater.acceptance.registry.Distribution.descriptor;
import static dev.breakwater.acceptance.registry.Distribution.expectError;
import static dev.breakwater.acceptance.registry.Distribution.index;
import static dev.breakwater.acceptance.registry.Distribution.noise;
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
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** registry.md, checklist J: lists of tags, referrers and repositories. */
@WithServer
class ReferencesTest {

    private final Distribution registry;
    private final Client admin;
    private final String repository;
    private final String at;

    ReferencesTest(TestServer server) {
        registry = new Distribution(server);
        admin = registry.admin();
        repository = registry.newRepository();
        at = "/v2/" + repository;
    }

    private List<String> tags(Reply reply) {
        assertThat(reply.expect(200).string("name")).isEqualTo(repository);
        return reply.json().get("tags").valueStream().map(JsonNode::asString).toList();
    }

    @Test
    @Proves(
            contract = "registry",
            lines = {150, 151})
    void tags_are_listed_in_byte_order_page_by_page() {
        expectError(admin.get(at + "/tags/list"), 404, "NAME_UNKNOWN");
        byte[] content = pushImage(admin, repository, "b");
        for (String tag : List.of("a", "B", "_x", "1")) {
            pushManifest(admin, repository, tag, OCI_MANIFEST, content).expect(201);
        }
        Reply all = admin.get(at + "/tags/list");
        assertThat(tags(all)).containsExactly("1", "B", "_x", "a", "b");
        assertThat(all.header("Link")).isEmpty();
        Reply page = admin.get(at + "/tags/list?n=2");
        assertThat(tags(page)).containsExactly("1", "B");
        assertThat(page.header("Link")).contains("<" + at + "/tags/list?last=B&n=2>; rel=\"next\"");
        Reply last = admin.get(at + "/tags/list?last=_x&n=2");
        assertThat(tags(last)).containsExactly("a", "b");
        assertThat(last.header("Link")).isEmpty();
        Reply none = admin.get(at + "/tags/list?n=0");
        assertThat(tags(none)).isEmpty();
        assertThat(none.header("Link")).isEmpty();
        assertThat(tags(admin.get(at + "/tags/list?last=Z"))).containsExactly("_x", "a", "b");
        expectError(admin.get(at + "/tags/list?n=-1"), 400, "PAGINATION_NUMBER_INVALID");
        expectError(admin.get(at + "/tags/list?n=two"), 400, "PAGINATION_NUMBER_INVALID");
    }

    @Test
    void a_zero_character_is_refused_wherever_something_is_looked_for() {
        pushImage(admin, repository, "v1");
        for (String path : List.of(
                at + "/tags/list?last=%00",
                "/v2/_catalog?last=a%00",
                at + "/referrers/" + sha256(noise(5)) + "?artifactType=%00")) {
            expectError(admin.get(path), 400, "BAD_REQUEST");
        }
        for (String reference : List.of("%00", "v1%00", "sha256:%00")) {
            expectError(admin.get(at + "/manifests/" + reference), 404, "MANIFEST_UNKNOWN");
            expectError(admin.delete(at + "/manifests/" + reference), 404, "MANIFEST_UNKNOWN");
        }
    }

    private static String subject(String digest) {
        return ",\"subject\":" + descriptor(OCI_MANIFEST, digest, 7);
    }

    @Test
    @Proves(contract = "registry", lines = 152)
    void a_push_with_a_subject_says_so() {
        String missing = sha256(noise(3));
        byte[] image = pushParts(admin, repository, subject(missing));
        assertThat(pushManifest(admin, repository, sha256(image), OCI_MANIFEST, image)
                        .expect(201)
                        .header("OCI-Subject"))
                .contains(missing);
        byte[] index = index(List.of(), subject(sha256(image)));
        assertThat(pushManifest(admin, repository, sha256(index), OCI_INDEX, index)
                        .expect(201)
                        .header("OCI-Subject"))
                .contains(sha256(image));
    }

    @Test
    @Proves(
            contract = "registry",
            lines = {153, 155})
    void referrers_are_listed_as_they_describe_themselves() {
        String subject = sha256(pushImage(admin, repository, "v1"));
        byte[] typed = pushParts(
                admin, repository, ",\"artifactType\":\"a/b\",\"annotations\":{\"k\":\"é\"}" + subject(subject));
        byte[] plain = pushParts(admin, repository, subject(subject));
        byte[] index = index(List.of(), subject(subject));
        pushManifest(admin, repository, sha256(typed), OCI_MANIFEST, typed).expect(201);
        pushManifest(admin, repository, sha256(plain), OCI_MANIFEST, plain).expect(201);
        pushManifest(admin, repository, sha256(index), OCI_INDEX, index).expect(201);

        Reply all = admin.get(at + "/referrers/" + subject).expect(200);
        assertThat(all.header("Content-Type")).contains(OCI_INDEX);
        assertThat(all.header("OCI-Filters-Applied")).isEmpty();
        assertThat(digests(all)).containsExactly(sha256(typed), sha256(plain), sha256(index));
        JsonNode first = all.json().get("manifests").get(0);
        assertThat(first.get("artifactType").asString()).isEqualTo("a/b");
        assertThat(first.at("/annotations/k").asString()).isEqualTo("é");
        assertThat(first.get("size").asInt()).isEqualTo(typed.length);
        assertThat(all.json().at("/manifests/1/artifactType").asString()).isEqualTo(Distribution.OCI_CONFIG);
        assertThat(all.json().get("manifests").get(2).has("artifactType")).isFalse();

        Reply filtered =
                admin.get(at + "/referrers/" + subject + "?artifactType=a/b").expect(200);
        assertThat(filtered.header("OCI-Filters-Applied")).contains("artifactType");
        assertThat(digests(filtered)).containsExactly(sha256(typed));

        byte[] older = pushParts(admin, repository, "");
        pushManifest(admin, repository, sha256(older), OCI_MANIFEST, older).expect(201);
        pushManifest(admin, repository, subject.replace(':', '-'), OCI_INDEX, index(List.of(older, plain), ""))
                .expect(201);
        admin.delete(at + "/manifests/" + sha256(typed)).expect(202);
        assertThat(digests(admin.get(at + "/referrers/" + subject)))
                .containsExactly(sha256(plain), sha256(index), sha256(older));
        assertThat(digests(admin.get("/v2/" + registry.newRepository() + "/referrers/" + subject)))
                .isEmpty();
    }

    private static List<String> digests(Reply reply) {
        return reply.expect(200)
                .json()
                .get("manifests")
                .valueStream()
                .map(manifest -> manifest.get("digest").asString())
                .toList();
    }

    @Test
    @Proves(contract = "registry", lines = 154)
    void what_is_not_there_has_no_referrers() {
        String digest = sha256(noise(5));
        assertThat(digests(admin.get(at + "/referrers/" + digest))).isEmpty();
        pushImage(admin, repository, "v1");
        assertThat(digests(admin.get(at + "/referrers/" + digest))).isEmpty();
        expectError(admin.get(at + "/referrers/sha256:abc"), 400, "DIGEST_INVALID");
    }

    @Test
    @Proves(contract = "registry", lines = 159)
    void the_catalog_names_what_holds_something() {
        List<String> names = new ArrayList<>();
        for (String rest : List.of("b", "a", "c")) {
            names.add(repository + "/" + rest);
            pushImage(admin, repository + "/" + rest, "v1");
        }
        Distribution.begin(admin, repository + "/empty");
        names.sort(null);
        List<String> found = repositories(admin.get("/v2/_catalog"));
        assertThat(found).containsAll(names).isSorted().doesNotContain(repository + "/empty");
        Reply page = admin.get("/v2/_catalog?n=2&last=" + repository);
        assertThat(repositories(page)).isEqualTo(names.subList(0, 2));
        String link = page.header("Link").orElseThrow();
        Reply next = admin.get(link.substring(1, link.indexOf('>')));
        assertThat(repositories(next)).startsWith(names.get(2));
        admin.delete("/v2/" + names.get(0) + "/manifests/v1").expect(202);
        assertThat(repositories(admin.get("/v2/_catalog"))).contains(names.get(0));
    }

    private static List<String> repositories(Reply reply) {
        return reply.expect(200)
                .json()
                .get("repositories")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }
}

package dev.breakwater.acceptance.registry;

import static dev.breakwater.acceptance.registry.ClassicApi.expectLine;
import static dev.breakwater.acceptance.registry.ClassicApi.expectPlain;
import static dev.breakwater.acceptance.registry.ClassicApi.fresh;
import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.Await;
import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** registry.md, checklist F: repositories, tags and logs of the 2017 API. */
@WithServer
class ClassicRepositoriesTest {

    private static final String CONFIG = """
            {"architecture":"arm64","os":"linux","docker_version":"17.06.2-ce","author":"Somebody <s@example.org>",\
            "created":"2017-10-24T06:37:54.123456789Z","rootfs":{"type":"layers","diff_ids":[]}}""";

    private final TestServer server;
    private final ClassicApi api;
    private final Client admin;
    private final String project = fresh("repos");
    private final long id;
    private final String repository = project + "/team/app";
    private final String path = "/api/repositories/" + repository;

    ClassicRepositoriesTest(TestServer server) {
        this.server = server;
        api = new ClassicApi(server);
        admin = api.admin();
        id = api.newProject(admin, project, false);
    }

    private String push(Client caller, String name, String... tags) {
        byte[] config = Distribution.bytes(CONFIG);
        byte[] layer = Distribution.noise(64);
        Distribution.pushBlob(caller, name, config);
        Distribution.pushBlob(caller, name, layer);
        byte[] manifest = Distribution.image(Distribution.OCI_CONFIG, config, List.of(layer), "");
        for (String tag : tags) {
            Distribution.pushManifest(caller, name, tag, Distribution.OCI_MANIFEST, manifest)
                    .expect(201);
        }
        return Distribution.sha256(manifest);
    }

    private Reply list(Client caller) {
        return caller.get("/api/repositories?project_id=" + id);
    }

    @Test
    @Proves(contract = "registry", lines = 75)
    void repositories_are_listed_for_a_project_that_exists() {
        expectLine(admin.get("/api/repositories"), 400, "invalid project_id ");
        expectLine(admin.get("/api/repositories?project_id=x"), 400, "invalid project_id x");
        expectLine(admin.get("/api/repositories?project_id=0"), 400, "invalid project_id 0");
        expectLine(api.anonymous().get("/api/repositories?project_id=987654"), 404, "project 987654 not found");
        expectLine(list(api.newUser().client()), 403, "");
        push(admin, repository, "v1");
        push(admin, project + "/other", "v1");

        assertThat(list(admin).expect(200).json()).hasSize(2);
        Reply found = admin.get("/api/repositories?project_id=%d&q=team".formatted(id))
                .expect(200);
        assertThat(found.header("X-Total-Count")).contains("1");
        assertThat(found.json().get(0).propertyNames())
                .containsExactly(
                        "id",
                        "name",
                        "project_id",
                        "description",
                        "pull_count",
                        "star_count",
                        "tags_count",
                        "creation_time",
                        "update_time");
    }

    @Test
    @Proves(contract = "registry", lines = 76)
    void a_tag_tells_what_the_configuration_of_its_image_says() {
        String digest = push(admin, repository, "v1");

        assertThat(admin.get(path + "/tags").expect(200).text()).isEqualTo("""
                [
                  {
                    "digest": "%s",
                    "name": "v1",
                    "architecture": "arm64",
                    "os": "linux",
                    "docker_version": "17.06.2-ce",
                    "author": "Somebody \\u003cs@example.org\\u003e",
                    "created": "2017-10-24T06:37:54Z",
                    "signature": null
                  }
                ]""".formatted(digest));
        assertThat(admin.get(path + "/tags/v1").expect(200).string("digest")).isEqualTo(digest);
        expectLine(
                admin.get("/api/repositories/%s/unknown/tags".formatted(project)),
                404,
                "repository %s/unknown not found".formatted(project));
        expectLine(admin.get("/api/repositories/no-project/x/tags"), 404, "project no-project not found");
        expectLine(api.anonymous().get(path + "/tags"), 401, "");
        expectLine(api.newUser().client().get(path + "/tags"), 403, "");
    }

    @Test
    void what_has_no_readable_configuration_has_a_digest_and_a_name() {
        byte[] config = Distribution.bytes("{}");
        Distribution.pushBlob(admin, repository, config);
        byte[] manifest = Distribution.image("application/vnd.example.config", config, List.of(), "");
        Distribution.pushManifest(admin, repository, "thing", Distribution.OCI_MANIFEST, manifest)
                .expect(201);

        JsonNode tag = admin.get(path + "/tags/thing").expect(200).json();
        assertThat(tag.get("architecture").asString()).isEmpty();
        assertThat(tag.get("created").asString()).isEqualTo("0001-01-01T00:00:00Z");
    }

    @Test
    @Proves(contract = "registry", lines = 77)
    void an_unknown_tag_is_told_before_any_permission() {
        push(admin, repository, "v1");
        for (Client caller : List.of(api.anonymous(), api.newUser().client(), admin)) {
            expectLine(caller.get(path + "/tags/none"), 404, "resource: %s:none not found".formatted(repository));
            expectLine(caller.get("/api/repositories/no/such/tags/v1"), 404, "resource: no/such:v1 not found");
        }
        expectLine(api.anonymous().get(path + "/tags/v1"), 401, "");
        expectLine(api.newUser().client().get(path + "/tags/v1"), 403, "");
    }

    @Test
    @Proves(contract = "registry", lines = 78)
    void a_manifest_comes_with_its_configuration_as_a_string() {
        String digest = push(admin, repository, "v1");

        JsonNode answer = admin.get(path + "/tags/v1/manifest").expect(200).json();
        assertThat(answer.propertyNames()).containsExactly("manifest", "config");
        assertThat(answer.get("manifest").isObject()).isTrue();
        assertThat(answer.at("/manifest/mediaType").asString()).isEqualTo(Distribution.OCI_MANIFEST);
        assertThat(answer.get("config").asString()).isEqualTo(CONFIG);
        admin.get(path + "/tags/" + digest + "/manifest?version=v2").expect(200);
        expectPlain(admin.get(path + "/tags/v1/manifest?version=v3"), 400, "version should be v1 or v2");
        expectPlain(
                api.anonymous().get("/api/repositories/no/x/tags/v1/manifest?version=v3"),
                400,
                "version should be v1 or v2");
        expectPlain(admin.get(path + "/tags/v1/manifest?version=v1"), 404, "Not Found");
        expectPlain(admin.get(path + "/tags/none/manifest"), 404, "Not Found");
    }

    @Test
    @Proves(contract = "registry", lines = 79)
    void deleting_a_tag_leaves_the_others_of_its_image() {
        push(admin, repository, "v1", "v2");

        admin.delete(path + "/tags/v1").expect(200);

        expectLine(admin.get(path + "/tags/v1"), 404, "resource: %s:v1 not found".formatted(repository));
        admin.get("/v2/" + repository + "/manifests/v2").expect(200);
        expectLine(admin.delete(path + "/tags/v1"), 404, "resource: %s:v1 not found".formatted(repository));
        JsonNode logged = admin.get("/api/projects/%d/logs?operation=delete".formatted(id))
                .expect(200)
                .json();
        assertThat(logged).hasSize(1);
        assertThat(logged.get(0).get("repo_name").asString()).isEqualTo(repository);
        assertThat(logged.get(0).get("repo_tag").asString()).isEqualTo("v1");
    }

    @Test
    @Proves(contract = "registry", lines = 80)
    void without_tags_a_repository_is_gone() {
        push(admin, repository, "v1", "v2");
        admin.delete(path).expect(200);

        assertThat(list(admin).expect(200).json()).isEmpty();
        assertThat(admin.get("/api/search?q=" + repository).json().get("repository"))
                .isEmpty();
        expectPlain(admin.delete(path), 404, "Not Found");
        expectPlain(admin.delete(path + "/tags/v1"), 404, "Not Found");
        assertThat(admin.get("/api/projects/%d/logs?operation=delete".formatted(id))
                        .json()
                        .valueStream()
                        .map(entry -> entry.get("repo_tag").asString()))
                .containsExactlyInAnyOrder("v1", "v2");

        push(admin, repository, "last");
        admin.delete(path + "/tags/last").expect(200);
        assertThat(list(admin).expect(200).json()).isEmpty();
        expectPlain(admin.delete(path), 404, "Not Found");
    }

    @Test
    @Proves(contract = "registry", lines = 81)
    void developers_push_and_do_not_delete() {
        ClassicApi.User developer = api.newUser();
        ClassicApi.User owner = api.newUser();
        api.join(id, developer, 2);
        api.join(id, owner, 1);
        push(developer.client(), repository, "v1", "v2");

        expectLine(developer.client().delete(path + "/tags/v1"), 403, "");
        expectLine(developer.client().delete(path), 403, "");
        expectLine(api.anonymous().delete(path + "/tags/v1"), 401, "");
        owner.client().delete(path + "/tags/v1").expect(200);
        developer.client().put(path, "{\"description\": \"What it is\"}").expect(200);
        assertThat(list(admin).json().get(0).get("description").asString()).isEqualTo("What it is");
        ClassicApi.User guest = api.newUser();
        api.join(id, guest, 3);
        expectLine(guest.client().put(path, "{\"description\": \"x\"}"), 403, "");
        expectLine(
                admin.put("/api/repositories/%s/none".formatted(project), "{}"),
                404,
                "repository %s/none not found".formatted(project));
    }

    @Test
    @Proves(contract = "registry", lines = 51)
    void a_project_with_repositories_stays() {
        push(admin, repository, "v1");
        String text = "the project contains repositories, can not be deleled";

        expectPlain(admin.delete("/api/projects/" + id), 412, text);
        assertThat(admin.get("/api/projects/%d/_deletable".formatted(id))
                        .expect(200)
                        .text())
                .isEqualTo("{\n  \"deletable\": false,\n  \"message\": \"%s\"\n}".formatted(text));
    }

    @Test
    @Proves(
            contract = "registry",
            lines = {82, 83})
    void pulls_are_counted_and_the_most_pulled_come_first() {
        expectPlain(admin.get("/api/repositories/top?count=0"), 400, "invalid count");
        expectPlain(admin.get("/api/repositories/top?count=x"), 400, "invalid count");
        String open = fresh("open");
        api.newProject(admin, open, true);
        push(admin, open + "/often", "v1");
        push(admin, open + "/seldom", "v1");
        push(admin, repository, "v1");
        for (int i = 0; i < 3; i++) {
            admin.get("/v2/" + open + "/often/manifests/v1").expect(200);
        }
        admin.get("/v2/" + open + "/seldom/manifests/v1").expect(200);
        admin.send("HEAD", "/v2/" + open + "/seldom/manifests/v1").expect(200);

        List<String> names = Await.value("the pulls are counted", () -> {
            server.advance(Duration.ofSeconds(5));
            Reply top = api.anonymous().get("/api/repositories/top?count=100").expect(200);
            List<JsonNode> ours = top.json()
                    .valueStream()
                    .filter(each -> each.get("name").asString().startsWith(open))
                    .toList();
            return ours.getFirst().get("pull_count").asInt() >= 3
                            && ours.getLast().get("pull_count").asInt() >= 1
                    ? java.util.Optional.of(ours.stream()
                            .map(each -> each.get("name").asString() + each.get("pull_count"))
                            .toList())
                    : java.util.Optional.empty();
        });
        assertThat(names).containsExactly(open + "/often3", open + "/seldom1");
        Reply anonymous = api.anonymous().get("/api/repositories/top?count=100").expect(200);
        assertThat(anonymous.text()).doesNotContain(repository);
        assertThat(anonymous
                        .json()
                        .valueStream()
                        .map(each -> each.get("pull_count").asInt()))
                .isSortedAccordingTo(java.util.Comparator.reverseOrder());
        assertThat(admin.get("/api/repositories/top?count=100").text()).contains(repository);
        assertThat(admin.get("/api/repositories/top?count=1").json()).hasSize(1);
    }

    @Test
    @Proves(
            contract = "registry",
            lines = {58, 84})
    void what_happens_is_logged_for_those_whom_it_concerns() {
        ClassicApi.User member = api.newUser();
        ClassicApi.User stranger = api.newUser();
        api.join(id, member, 2);
        push(member.client(), repository, "v1");
        member.client().get("/v2/" + repository + "/manifests/v1").expect(200);
        admin.delete(path + "/tags/v1").expect(200);
        String logs = "/api/projects/" + id + "/logs";
        Await.until("the pull is logged", () -> {
            server.advance(Duration.ofSeconds(5));
            return admin.get(logs + "?operation=pull").json().size() == 1;
        });

        List<String> all = admin.get(logs)
                .expect(200)
                .json()
                .valueStream()
                .map(entry -> "%s %s %s %s"
                        .formatted(
                                entry.get("operation").asString(),
                                entry.get("username").asString(),
                                entry.get("repo_name").asString(),
                                entry.get("repo_tag").asString()))
                .toList();
        assertThat(all)
                .containsExactlyInAnyOrder(
                        "create admin %s/ N/A".formatted(project),
                        "push %s %s v1".formatted(member.name(), repository),
                        "pull %s %s v1".formatted(member.name(), repository),
                        "delete admin %s v1".formatted(repository));

        expectLine(api.anonymous().get("/api/logs"), 401, "");
        assertThat(member.client().get("/api/logs").expect(200).header("X-Total-Count"))
                .contains("4");
        Reply none = stranger.client().get("/api/logs").expect(200);
        assertThat(none.text()).isEqualTo("[]");
        assertThat(none.header("X-Total-Count")).contains("0");
        assertThat(admin.get("/api/logs?repository=" + repository).expect(200).header("X-Total-Count"))
                .contains("3");
        assertThat(member.client()
                        .get("/api/logs?operation=push&operation=pull")
                        .json())
                .hasSize(2);
        assertThat(member.client()
                        .get("/api/logs?username=" + member.name().substring(1))
                        .json())
                .hasSize(2);
        assertThat(member.client().get("/api/logs?tag=v").json()).hasSize(3);
        long now = server.time().instant().getEpochSecond();
        assertThat(member.client().get("/api/logs?begin_timestamp=" + (now + 1)).json())
                .isEmpty();
        assertThat(member.client().get("/api/logs?end_timestamp=" + now).json()).hasSize(4);
        assertThat(member.client()
                        .get("/api/logs?begin_timestamp=0&end_timestamp=1")
                        .json())
                .isEmpty();
        expectLine(admin.get("/api/logs?begin_timestamp=x"), 400, "invalid begin_timestamp: x");
        expectLine(admin.get("/api/logs?end_timestamp=x"), 400, "invalid end_timestamp: x");
    }

    @Test
    @Proves(contract = "registry", lines = 22)
    void every_list_says_how_much_there_is() {
        ClassicApi.User member = api.newUser();
        api.join(id, member, 3);
        push(admin, repository, "v1");
        push(admin, project + "/second", "v1");

        expectCount(admin.get("/api/projects?name=" + project), 1);
        expectCount(list(admin), 2);
        expectCount(list(admin.with("X-Any", "1")), 2);
        expectCount(admin.get("/api/repositories?page_size=1&project_id=" + id), 2);
        expectCount(admin.get("/api/repositories?q=nothing&project_id=" + id), 0);
        expectCount(member.client().get("/api/logs"), 3);
        expectCount(member.client().get("/api/logs?username=nobody"), 0);
        expectCount(admin.get("/api/projects/" + id + "/logs"), 3);
        expectCount(admin.get("/api/projects/" + id + "/logs?tag=none"), 0);
        expectCount(admin.get("/api/users?username=" + member.name()), 1);
        expectCount(admin.get("/api/users?username=nobody-like-that"), 0);
        expectCount(admin.get("/api/projects?name=nothing-like-it"), 0);
        long target = ClassicApi.id(
                admin.post("/api/targets", """
                        {"name": "%s", "endpoint": "http://%s.example.org"}""".formatted(project, project)).expect(201));
        long policy = ClassicApi.id(admin.post("/api/policies/replication", """
                        {"name": "p", "project_id": %d, "target_id": %d, "enabled": 1}""".formatted(id, target))
                .expect(201));
        expectCount(admin.get("/api/jobs/replication?policy_id=" + policy), 2);
        expectCount(admin.get("/api/jobs/replication?repository=second&policy_id=" + policy), 1);
        expectCount(admin.get("/api/jobs/replication?status=canceled&policy_id=" + policy), 0);
        admin.put("/api/policies/replication/" + policy + "/enablement", "{\"enabled\": 0}")
                .expect(200);
    }

    private static void expectCount(Reply reply, int count) {
        assertThat(reply.expect(200).header("X-Total-Count")).contains(Integer.toString(count));
    }

    @Test
    @Proves(contract = "registry", lines = 88)
    void signed_tags_are_listed_and_cannot_be_deleted() {
        String digest = push(admin, repository, "signed");
        push(admin, repository, "unsigned");
        assertThat(admin.get(path + "/signatures").expect(200).text()).isEqualTo("[]");
        sign(digest, "application/vnd.cncf.notary.signature");

        JsonNode signatures = admin.get(path + "/signatures").expect(200).json();
        assertThat(signatures).hasSize(1);
        assertThat(signatures.get(0).get("tag").asString()).isEqualTo("signed");
        assertThat(signatures.get(0).at("/hashes/sha256").asString())
                .isEqualTo(Base64.getEncoder()
                        .encodeToString(HexFormat.of().parseHex(digest.substring("sha256:".length()))));
        assertThat(admin.get(path + "/tags/signed").json().at("/signature/tag").asString())
                .isEqualTo("signed");
        expectPlain(admin.delete(path + "/tags/signed"), 412, "tag signed is signed");
        expectPlain(admin.delete(path), 412, "tag signed is signed");
        admin.delete(path + "/tags/unsigned").expect(200);
    }

    @Test
    @Proves(contract = "registry", lines = 88)
    void the_tag_of_cosign_counts_as_a_signature() {
        String digest = push(admin, repository, "image");
        push(admin, repository, digest.replace(':', '-') + ".sig");

        assertThat(admin.get(path + "/signatures")
                        .expect(200)
                        .json()
                        .valueStream()
                        .map(each -> each.get("tag").asString()))
                .containsExactly("image");
    }

    private void sign(String digest, String type) {
        byte[] config = Distribution.bytes("{}");
        Distribution.pushBlob(admin, repository, config);
        byte[] signature = Distribution.image("application/vnd.oci.empty.v1+json", config, List.of(), """
                ,"artifactType":"%s","subject":%s""".formatted(
                        type, Distribution.descriptor(Distribution.OCI_MANIFEST, digest, 100)));
        Distribution.pushManifest(
                        admin, repository, Distribution.sha256(signature), Distribution.OCI_MANIFEST, signature)
                .expect(201);
    }
}

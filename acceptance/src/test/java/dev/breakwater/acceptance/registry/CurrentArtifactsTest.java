package dev.breakwater.acceptance.registry;

import static dev.breakwater.acceptance.registry.CurrentApi.API;
import static dev.breakwater.acceptance.registry.CurrentApi.each;
import static dev.breakwater.acceptance.registry.CurrentApi.error;
import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import dev.breakwater.acceptance.images.HelmChart;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Repositories, artifacts, tags, labels and accessories in {@code /api/v2.0}. */
@WithServer
class CurrentArtifactsTest {

    private static final String HELM = "application/vnd.cncf.helm.config.v1+json";
    private static final String CHART = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";

    private final CurrentApi api;
    private final Client admin;
    private final Client audit;

    CurrentArtifactsTest(TestServer server) {
        api = new CurrentApi(server);
        admin = api.admin();
        audit = server.admin().client();
    }

    private static String digest(byte[] manifest) {
        return Distribution.sha256(manifest);
    }

    private static String artifacts(CurrentApi.Project project) {
        return project.path() + "/repositories/app/artifacts";
    }

    @Test
    @Proves(contract = "registry", lines = 181)
    void a_repository_with_a_slash_is_named_percent_encoded_once_or_twice() {
        CurrentApi.Project project = api.newProject(false);
        Distribution.pushImage(admin, project.name() + "/a/b", "v1");

        for (String name : List.of("a%252Fb", "a%2Fb")) {
            Reply read = admin.get(project.path() + "/repositories/" + name).expect(200);
            assertThat(read.string("name")).isEqualTo(project.name() + "/a/b");
            assertThat(admin.get(project.path() + "/repositories/" + name + "/artifacts/v1/tags")
                            .expect(200)
                            .json())
                    .hasSize(1);
        }
    }

    @Test
    void repositories_are_listed_described_and_deleted() {
        CurrentApi.Project project = api.newProject(false);
        Distribution.pushImage(admin, project.name() + "/app", "v1");
        Distribution.pushImage(admin, project.name() + "/web", "v1");
        String list = project.path() + "/repositories";

        assertThat(each(admin.get(list), "name")).containsExactly(project.name() + "/app", project.name() + "/web");
        assertThat(each(admin.get(list + "?q=name%3D~WEB"), "name")).containsExactly(project.name() + "/web");
        assertThat(each(admin.get(API + "/repositories?q=name%3D~" + project.name() + "&sort=-name"), "name"))
                .containsExactly(project.name() + "/web", project.name() + "/app");
        assertThat(each(api.anonymous().get(API + "/repositories?q=name%3D~" + project.name()), "name"))
                .isEmpty();
        admin.put(list + "/app", "{\"description\": \"What it is\"}").expect(200);
        Reply read = admin.get(list + "/app").expect(200);
        assertThat(read.string("description")).isEqualTo("What it is");
        assertThat(read.json().get("artifact_count").asInt()).isEqualTo(1);
        assertThat(error(admin.delete(project.path()), 412, "PRECONDITION"))
                .isEqualTo("the project contains repositories, can not be deleted");

        admin.delete(list + "/app").expect(200);
        error(admin.get(list + "/app"), 404, "NOT_FOUND");
        assertThat(each(admin.get(list), "name")).containsExactly(project.name() + "/web");
        JsonNode found =
                admin.get(API + "/search?q=" + project.name()).expect(200).json();
        assertThat(found.at("/repository/0/repository_name").asString()).isEqualTo(project.name() + "/web");
        assertThat(found.at("/repository/0/artifact_count").asInt()).isEqualTo(1);
    }

    @Test
    @Proves(contract = "registry", lines = 188)
    void lists_hide_the_children_of_indexes_unless_they_are_asked_for() {
        CurrentApi.Project project = api.newProject(false);
        String repository = project.name() + "/app";
        byte[] child = Distribution.pushParts(admin, repository, "");
        Distribution.pushManifest(admin, repository, digest(child), Distribution.OCI_MANIFEST, child)
                .expect(201);
        byte[] index = Distribution.bytes(
                """
                {"schemaVersion":2,"mediaType":"%s","manifests":[{"mediaType":"%s","digest":"%s","size":%d,\
                "platform":{"architecture":"arm64","os":"linux","variant":"v8"}}]}""".formatted(Distribution.OCI_INDEX, Distribution.OCI_MANIFEST, digest(child), child.length));
        Distribution.pushManifest(admin, repository, "multi", Distribution.OCI_INDEX, index)
                .expect(201);
        byte[] untagged = Distribution.pushParts(admin, repository, "");
        Distribution.pushManifest(admin, repository, digest(untagged), Distribution.OCI_MANIFEST, untagged)
                .expect(201);
        String list = artifacts(project);

        assertThat(each(admin.get(list), "digest")).containsExactlyInAnyOrder(digest(index), digest(untagged));
        assertThat(each(admin.get(list + "?q=base%3D*"), "digest"))
                .containsExactlyInAnyOrder(digest(index), digest(untagged), digest(child));
        assertThat(each(admin.get(list + "?q=tags%3Dnil"), "digest")).containsExactly(digest(untagged));
        assertThat(each(admin.get(list + "?q=tags%3D*"), "digest")).containsExactly(digest(index));
        assertThat(each(admin.get(list + "?q=tags%3D~ULT"), "digest")).containsExactly(digest(index));
        assertThat(each(admin.get(list + "?q=tags%3Dmulti"), "digest")).containsExactly(digest(index));
        error(admin.get(list + "?q=base%3Dx"), 400, "BAD_REQUEST");
        assertThat(admin.get(list + "?q=tags%3D*&with_tag=false")
                        .expect(200)
                        .json()
                        .at("/0/tags")
                        .toString())
                .isEqualTo("[]");
        assertThat(admin.get(list).header("X-Total-Count")).contains("2");
        assertThat(each(admin.get(project.path() + "/artifacts?latest_in_repository=true"), "digest"))
                .containsExactly(digest(untagged));

        JsonNode read = admin.get(list + "/multi").expect(200).json();
        assertThat(read.get("type").asString()).isEqualTo("IMAGE");
        assertThat(read.at("/references/0/child_digest").asString()).isEqualTo(digest(child));
        assertThat(read.at("/references/0/platform/variant").asString()).isEqualTo("v8");
        assertThat(read.at("/tags/0/name").asString()).isEqualTo("multi");
    }

    @Test
    @Proves(contract = "registry", lines = 191)
    void what_an_index_names_is_not_deleted() {
        CurrentApi.Project project = api.newProject(false);
        String repository = project.name() + "/app";
        byte[] child = Distribution.pushImage(admin, repository, "child");
        Distribution.pushManifest(
                        admin, repository, "multi", Distribution.OCI_INDEX, Distribution.index(List.of(child), ""))
                .expect(201);

        assertThat(error(admin.delete(artifacts(project) + "/" + digest(child)), 412, "VIOLATE_FOREIGN_KEY_CONSTRAINT"))
                .isEqualTo("the deleting artifact is referenced by others");
        admin.delete(artifacts(project) + "/multi").expect(200);
        admin.delete(artifacts(project) + "/" + digest(child)).expect(200);
        assertThat(error(admin.get(artifacts(project) + "/child"), 404, "NOT_FOUND"))
                .isEqualTo("artifact " + repository + ":child not found");
        assertThat(error(admin.delete(artifacts(project) + "/" + digest(child)), 404, "NOT_FOUND"))
                .isEqualTo("artifact " + repository + "@" + digest(child) + " not found");
    }

    @Test
    void an_image_tells_what_its_configuration_says() {
        CurrentApi.Project project = api.newProject(true);
        String repository = project.name() + "/app";
        byte[] config = Distribution.bytes("""
                {"architecture":"amd64","os":"linux","author":"Ada","config":{"Env":["A=B"]},\
                "history":[{"created":"2026-01-01T00:00:00Z","created_by":"COPY . /"}]}""");
        byte[] layer = Distribution.noise(10);
        Distribution.pushBlob(admin, repository, config);
        Distribution.pushBlob(admin, repository, layer);
        byte[] manifest = Distribution.image(
                Distribution.OCI_CONFIG, config, List.of(layer), ",\"annotations\":{\"org.example\":\"x\"}");
        Distribution.pushManifest(admin, repository, "v1", Distribution.OCI_MANIFEST, manifest)
                .expect(201);

        JsonNode read = api.anonymous()
                .get(artifacts(project) + "/" + digest(manifest))
                .expect(200)
                .json();
        assertThat(read.get("type").asString()).isEqualTo("IMAGE");
        assertThat(read.get("media_type").asString()).isEqualTo(Distribution.OCI_CONFIG);
        assertThat(read.get("manifest_media_type").asString()).isEqualTo(Distribution.OCI_MANIFEST);
        assertThat(read.at("/extra_attrs/author").asString()).isEqualTo("Ada");
        assertThat(read.at("/annotations/org.example").asString()).isEqualTo("x");
        assertThat(read.get("size").asLong()).isEqualTo(config.length + layer.length + manifest.length);
        assertThat(read.at("/addition_links/build_history/href").asString())
                .isEqualTo(artifacts(project) + "/" + digest(manifest) + "/additions/build_history");
        assertThat(read.get("pull_time").asString()).isEqualTo("0001-01-01T00:00:00.000Z");
        assertThat(api.anonymous()
                        .get(read.at("/addition_links/build_history/href").asString())
                        .expect(200)
                        .json()
                        .at("/0/created_by")
                        .asString())
                .isEqualTo("COPY . /");
        assertThat(error(admin.get(artifacts(project) + "/v1/additions/values.yaml"), 400, "BAD_REQUEST"))
                .isEqualTo("addition values.yaml isn't supported for IMAGE");
        assertThat(each(admin.get(artifacts(project) + "?q=type%3DIMAGE"), "digest"))
                .hasSize(1);
        assertThat(each(admin.get(artifacts(project) + "?q=type%3DCHART"), "digest"))
                .isEmpty();
    }

    @Test
    @Proves(contract = "registry", lines = 189)
    void a_chart_shows_its_files() {
        CurrentApi.Project project = api.newProject(false);
        String repository = project.name() + "/pier";
        byte[] config = Distribution.bytes("""
                {"name":"pier","version":"1.0.0","apiVersion":"v2",\
                "dependencies":[{"name":"redis","version":"1.2.3","repository":"https://charts.example.com"}]}""");
        byte[] chart = HelmChart.archive("pier", "1.0.0");
        Distribution.pushBlob(admin, repository, config);
        Distribution.pushBlob(admin, repository, chart);
        byte[] manifest = Distribution.bytes("""
                {"schemaVersion":2,"mediaType":"%s","config":%s,"layers":[%s]}""".formatted(
                        Distribution.OCI_MANIFEST,
                        Distribution.descriptor(HELM, config),
                        Distribution.descriptor(CHART, chart)));
        Distribution.pushManifest(admin, repository, "1.0.0", Distribution.OCI_MANIFEST, manifest)
                .expect(201);
        String artifact = project.path() + "/repositories/pier/artifacts/1.0.0";

        JsonNode read = admin.get(artifact).expect(200).json();
        assertThat(read.get("type").asString()).isEqualTo("CHART");
        assertThat(read.at("/extra_attrs/name").asString()).isEqualTo("pier");
        assertThat(read.get("addition_links").propertyNames())
                .containsExactly("dependencies", "readme.md", "values.yaml");
        Reply values = admin.get(artifact + "/additions/values.yaml").expect(200);
        assertThat(values.text()).contains("length: 12");
        assertThat(values.header("Content-Type")).contains("text/plain; charset=utf-8");
        Reply readme = admin.get(artifact + "/additions/readme.md").expect(200);
        assertThat(readme.text()).startsWith("# pier");
        assertThat(readme.header("Content-Type")).contains("text/markdown; charset=utf-8");
        assertThat(admin.get(artifact + "/additions/dependencies")
                        .expect(200)
                        .json()
                        .at("/0/name")
                        .asString())
                .isEqualTo("redis");
    }

    @Test
    @Proves(contract = "registry", lines = 190)
    void an_artifact_is_copied_without_its_bytes() {
        CurrentApi.Project from = api.newProject(false);
        CurrentApi.Project to = api.newProject(false);
        CurrentApi.User user = api.newUser();
        byte[] child = Distribution.pushImage(admin, from.name() + "/app", "child");
        byte[] index = Distribution.index(List.of(child), "");
        Distribution.pushManifest(admin, from.name() + "/app", "multi", Distribution.OCI_INDEX, index)
                .expect(201);
        long stored = storage();

        Reply copied = admin.send("POST", artifacts(to) + "?from=" + from.name() + "/app:multi")
                .expect(201);
        assertThat(copied.header("Location")).contains(artifacts(to) + "/" + digest(index));
        assertThat(admin.get("/v2/" + to.name() + "/app/manifests/multi")
                        .expect(200)
                        .body())
                .isEqualTo(index);
        assertThat(admin.get("/v2/" + to.name() + "/app/manifests/" + digest(child))
                        .expect(200)
                        .body())
                .isEqualTo(child);
        assertThat(storage()).as("each project counts its content").isGreaterThan(stored);
        error(admin.send("POST", artifacts(to) + "?from=" + from.name() + "/app:multi"), 409, "CONFLICT");
        String other = to.path() + "/repositories/other/artifacts?from=" + from.name() + "/app@" + digest(child);
        admin.send("POST", other).expect(201);
        assertThat(each(admin.get(to.path() + "/repositories/other/artifacts/child/tags"), "name"))
                .containsExactly("child");

        error(admin.send("POST", artifacts(to) + "?from=" + from.name() + "/app:none"), 404, "NOT_FOUND");
        error(admin.send("POST", artifacts(to) + "?from=x"), 400, "BAD_REQUEST");
        error(admin.send("POST", artifacts(to)), 422, "UNPROCESSABLE_ENTITY");
        api.join(to, user, 2);
        error(
                user.client().send("POST", to.path() + "/repositories/x/artifacts?from=" + from.name() + "/app:multi"),
                403,
                "FORBIDDEN");
    }

    private long storage() {
        return admin.get(API + "/statistics")
                .expect(200)
                .json()
                .get("total_storage_consumption")
                .asLong();
    }

    @Test
    @Proves(contract = "registry", lines = 192)
    void tags_are_made_and_deleted() {
        CurrentApi.Project project = api.newProject(false);
        Distribution.pushImage(admin, project.name() + "/app", "v1");
        byte[] other = Distribution.pushImage(admin, project.name() + "/app", "v2");
        String tags = artifacts(project) + "/v1/tags";

        Reply made = admin.post(tags, "{\"name\": \"stable\"}").expect(201);
        assertThat(made.header("Location")).contains(tags + "/stable");
        error(admin.post(tags, "{\"name\": \"v2\"}"), 409, "CONFLICT");
        error(admin.post(tags, "{\"name\": \"-x\"}"), 400, "BAD_REQUEST");
        assertThat(each(admin.get(tags), "name")).containsExactly("stable", "v1");
        assertThat(each(admin.get(tags + "?q=name%3D~sta"), "name")).containsExactly("stable");
        JsonNode attached = admin.get(artifacts(project) + "/v1").expect(200).json();
        assertThat(error(admin.delete(tags + "/v2"), 404, "NOT_FOUND"))
                .isEqualTo("tag v2 attached to artifact " + attached.get("id").asLong() + " not found");
        admin.delete(tags + "/stable").expect(200);
        assertThat(each(admin.get(tags), "name")).containsExactly("v1");
        admin.get("/v2/" + project.name() + "/app/manifests/" + digest(other)).expect(200);
    }

    private void expectAudited(Reply reply, String action) {
        String id = reply.expect(200).header("X-Request-Id").orElseThrow();
        assertThat(audit.get("/admin/v1/audit?request_id=" + id)
                        .expect(200)
                        .json()
                        .get("data")
                        .valueStream()
                        .map(entry -> entry.get("action").asString()))
                .containsExactly(action);
    }

    @Test
    @Proves(contract = "registry", lines = 193)
    void labels_are_made_attached_and_found() {
        CurrentApi.Project project = api.newProject(false);
        Distribution.pushImage(admin, project.name() + "/app", "v1");
        Distribution.pushImage(admin, project.name() + "/app", "v2");
        String name = CurrentApi.fresh("label");
        String body = "{\"name\": \"%s\", \"color\": \"#61717D\", \"scope\": \"p\", \"project_id\": %d}"
                .formatted(name, project.id());

        long id = CurrentApi.id(admin.post(API + "/labels", body).expect(201));
        assertThat(error(admin.post(API + "/labels", body), 409, "CONFLICT"))
                .isEqualTo("label " + name + " already exists");
        long system = CurrentApi.id(admin.post(API + "/labels", "{\"name\": \"%s\", \"scope\": \"g\"}".formatted(name))
                .expect(201));
        String labels = artifacts(project) + "/v1/labels";
        expectAudited(admin.post(labels, "{\"id\": " + id + "}"), "registry.label.attached");
        admin.post(labels, "{\"id\": " + system + "}").expect(200);
        error(admin.post(labels, "{\"id\": " + id + "}"), 409, "CONFLICT");
        error(admin.post(labels, "{\"id\": 424242}"), 404, "NOT_FOUND");

        String found = artifacts(project) + "?with_label=true&q=labels%3D(" + id + "%20" + system + ")";
        JsonNode artifacts = admin.get(found).expect(200).json();
        assertThat(artifacts).hasSize(1);
        assertThat(artifacts
                        .at("/0/labels")
                        .valueStream()
                        .map(label -> label.get("scope").asString()))
                .containsExactlyInAnyOrder("p", "g");
        assertThat(error(admin.get(API + "/labels"), 400, "BAD_REQUEST")).isEqualTo("invalid scope: ");
        assertThat(error(admin.get(API + "/labels?scope=p"), 400, "BAD_REQUEST"))
                .isEqualTo("must with project ID when to query project labels");
        assertThat(each(admin.get(API + "/labels?scope=p&project_id=" + project.id()), "name"))
                .containsExactly(name);

        admin.put(API + "/labels/" + id, body.replace("#61717D", "#FFFFFF")).expect(200);
        assertThat(admin.get(API + "/labels/" + id).expect(200).string("color")).isEqualTo("#FFFFFF");
        expectAudited(admin.delete(labels + "/" + id), "registry.label.detached");
        error(admin.delete(labels + "/" + id), 404, "NOT_FOUND");
        assertThat(admin.get(found).expect(200).json()).isEmpty();
        admin.delete(API + "/labels/" + id).expect(200);
        assertThat(error(admin.get(API + "/labels/" + id), 404, "NOT_FOUND")).isEqualTo("label " + id + " not found");
        error(api.newUser().client().post(API + "/labels", "{\"name\": \"x\", \"scope\": \"g\"}"), 403, "FORBIDDEN");
    }

    @Test
    void signatures_belong_to_what_they_sign() {
        CurrentApi.Project project = api.newProject(false);
        String repository = project.name() + "/app";
        byte[] image = Distribution.pushImage(admin, repository, "v1");
        byte[] old = Distribution.pushParts(admin, repository, "");
        Distribution.pushManifest(
                        admin, repository, digest(image).replace(':', '-') + ".sig", Distribution.OCI_MANIFEST, old)
                .expect(201);
        String subject =
                ",\"artifactType\":\"%s\",\"subject\":" + Distribution.descriptor(Distribution.OCI_MANIFEST, image);
        byte[] notation =
                Distribution.pushParts(admin, repository, subject.formatted("application/vnd.cncf.notary.signature"));
        byte[] other = Distribution.pushParts(admin, repository, subject.formatted("application/vnd.example.note"));
        for (byte[] referrer : List.of(notation, other)) {
            Distribution.pushManifest(admin, repository, digest(referrer), Distribution.OCI_MANIFEST, referrer)
                    .expect(201);
        }

        Reply accessories =
                admin.get(artifacts(project) + "/v1/accessories?sort=id").expect(200);
        assertThat(each(accessories, "type"))
                .containsExactly("signature.cosign", "signature.notation", "subject.accessory");
        assertThat(each(accessories, "digest")).containsExactly(digest(old), digest(notation), digest(other));
        assertThat(accessories.header("X-Total-Count")).contains("3");
        assertThat(each(admin.get(artifacts(project)), "digest")).containsExactly(digest(image));
        assertThat(admin.get(artifacts(project) + "?with_accessory=true")
                        .expect(200)
                        .json()
                        .at("/0/accessories"))
                .hasSize(3);
        assertThat(admin.get(project.path() + "/repositories/app")
                        .json()
                        .get("artifact_count")
                        .asInt())
                .isEqualTo(1);

        CurrentApi.Project copy = api.newProject(false);
        admin.send("POST", artifacts(copy) + "?from=" + repository + ":v1").expect(201);
        assertThat(admin.get(artifacts(copy) + "/v1/accessories").expect(200).json())
                .hasSize(3);
    }

    @Test
    void roles_are_kept_to() {
        CurrentApi.Project project = api.newProject(false);
        CurrentApi.User guest = api.newUser();
        CurrentApi.User developer = api.newUser();
        CurrentApi.User maintainer = api.newUser();
        api.join(project, guest, 3);
        api.join(project, developer, 2);
        api.join(project, maintainer, 4);
        Distribution.pushImage(developer.client(), project.name() + "/app", "v1");
        String artifact = artifacts(project) + "/v1";

        guest.client().get(artifact).expect(200);
        error(guest.client().post(artifact + "/tags", "{\"name\": \"v2\"}"), 403, "FORBIDDEN");
        developer.client().post(artifact + "/tags", "{\"name\": \"v2\"}").expect(201);
        error(developer.client().delete(artifact + "/tags/v2"), 403, "FORBIDDEN");
        maintainer.client().delete(artifact + "/tags/v2").expect(200);
        error(developer.client().delete(artifact), 403, "FORBIDDEN");
        error(maintainer.client().delete(project.path()), 403, "FORBIDDEN");
        error(api.newUser().client().get(artifact), 403, "FORBIDDEN");
        error(api.anonymous().get(artifact), 401, "UNAUTHORIZED");
        maintainer.client().delete(artifact).expect(200);
    }

    @Test
    void without_a_scanner_nothing_is_scanned() {
        CurrentApi.Project project = api.newProject(false);
        Distribution.pushImage(admin, project.name() + "/app", "v1");
        String artifact = artifacts(project) + "/v1";

        assertThat(error(admin.send("POST", artifact + "/scan"), 404, "NOT_FOUND"))
                .isEqualTo("no available scanner for project: " + project.id());
        assertThat(admin.get(artifact + "/additions/vulnerabilities")
                        .expect(200)
                        .text())
                .isEqualTo("{}");
    }
}

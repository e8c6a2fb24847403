package dev.breakwater.acceptance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.Tool;
import dev.breakwater.acceptance.harness.Tool.Outcome;
import dev.breakwater.acceptance.harness.WithServer;
import dev.breakwater.acceptance.images.Descriptor;
import dev.breakwater.acceptance.images.DockerArchive;
import dev.breakwater.acceptance.images.Layer;
import dev.breakwater.acceptance.images.OciLayout;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** skopeo, which copies images between registries and folders. */
@WithServer
class SkopeoTest {

    private static final Layer BASE = Layer.of(Map.of("etc/os-release", "ID=harbour\n", "srv/pier", "12 m\n"));
    private static final Layer BULK = Layer.noise("srv/bulk", 3_000_000, 7);

    private final Path folder;
    private final RegistryHost registry;
    private final Tool skopeo;
    private final OciLayout made;

    SkopeoTest(TestServer server, @TempDir Path folder) {
        this.folder = folder;
        registry = new RegistryHost(server, folder);
        skopeo = registry.client("skopeo");
        made = OciLayout.in(folder.resolve("made"));
    }

    @Test
    @Proves(contract = "registry", lines = 162)
    void an_image_comes_back_as_it_was_pushed() {
        login();
        Descriptor image = made.image(BASE, BULK);
        made.tag("one", image);

        push("one", "pier:1.0");
        OciLayout back = pull("pier:1.0");

        assertThat(back.tagged("back").digest()).isEqualTo(image.digest());
        assertSameContent(back);
    }

    @Test
    @Proves(contract = "registry", lines = 162)
    void an_index_comes_back_with_all_its_platforms() {
        login();
        Descriptor index = made.index(made.image("linux/amd64", BASE), made.image("linux/arm64", BASE, BULK));
        made.tag("many", index);

        push("many", "quay:1.0");
        OciLayout back = pull("quay:1.0");

        assertThat(back.tagged("back").digest()).isEqualTo(index.digest());
        assertSameContent(back);
    }

    @Test
    @Proves(contract = "registry", lines = 162)
    void an_image_of_docker_keeps_its_media_types() {
        login();
        Path saved = DockerArchive.write(folder.resolve("saved.tar"), "saved:1.0", BASE, BULK);

        skopeo.run("--insecure-policy", "copy", "--dest-tls-verify=false", "docker-archive:" + saved, docker("old:1"));

        JsonNode manifest = skopeo.run("inspect", "--tls-verify=false", "--raw", docker("old:1"))
                .json();
        assertThat(manifest.get("mediaType").asString())
                .isEqualTo("application/vnd.docker.distribution.manifest.v2+json");
        JsonNode seen =
                skopeo.run("inspect", "--tls-verify=false", docker("old:1")).json();
        assertThat(seen.get("Architecture").asString()).isEqualTo("amd64");
        assertThat(seen.get("Layers").size()).isEqualTo(2);
        skopeo.run(
                "--insecure-policy", "copy", "--src-tls-verify=false", docker("old:1"), "dir:" + folder.resolve("d"));
    }

    @Test
    @Proves(contract = "registry", lines = 162)
    void tags_are_listed_and_an_image_is_deleted() {
        login();
        made.tag("one", made.image(BASE)).tag("two", made.image(BULK));
        push("one", "dock:a");
        push("two", "dock:b");

        assertThat(tags("dock")).isEqualTo("[\"a\",\"b\"]");
        skopeo.run("delete", "--tls-verify=false", docker("dock:a"));

        assertThat(tags("dock")).isEqualTo("[\"b\"]");
        Outcome gone = skopeo.attempt("inspect", "--tls-verify=false", docker("dock:a"));
        assertThat(gone.exit()).isNotZero();
        assertThat(gone.errors()).contains("manifest unknown");
    }

    @Test
    void a_repository_is_copied_within_the_registry() {
        login();
        Descriptor image = made.image(BASE);
        made.tag("one", image);
        push("one", "here:1");

        skopeo.run(
                "--insecure-policy",
                "copy",
                "--src-tls-verify=false",
                "--dest-tls-verify=false",
                docker("here:1"),
                docker("there:1"));

        assertThat(pull("there:1").tagged("back").digest()).isEqualTo(image.digest());
    }

    @Test
    void a_wrong_password_is_refused() {
        Outcome refused = skopeo.input("wrong")
                .attempt("login", "--tls-verify=false", "-u", RegistryHost.USER, "--password-stdin", registry.name());

        assertThat(refused.exit()).isNotZero();
        assertThat(refused.errors()).contains("invalid username/password");
    }

    @Test
    void everybody_pulls_from_a_public_project_and_nobody_pushes_without_login(@TempDir Path stranger) {
        login();
        made.tag("one", made.image(BASE));
        push("one", "open:1");
        Tool anonymous = skopeo.home(stranger);

        anonymous.run("--insecure-policy", "copy", "--src-tls-verify=false", docker("open:1"), made.at("copy"));
        Outcome refused = anonymous.attempt(
                "--insecure-policy", "copy", "--dest-tls-verify=false", made.at("one"), docker("open:2"));

        assertThat(refused.exit()).isNotZero();
        assertThat(refused.errors()).containsAnyOf("unauthorized", "denied");
    }

    private void login() {
        skopeo.input(RegistryHost.PASSWORD)
                .run("login", "--tls-verify=false", "-u", RegistryHost.USER, "--password-stdin", registry.name());
    }

    private void push(String reference, String target) {
        skopeo.run("--insecure-policy", "copy", "--all", "--dest-tls-verify=false", made.at(reference), docker(target));
    }

    private OciLayout pull(String source) {
        Path target = folder.resolve("back");
        skopeo.run(
                "--insecure-policy",
                "copy",
                "--all",
                "--src-tls-verify=false",
                docker(source),
                "oci:" + target + ":back");
        return OciLayout.read(target);
    }

    private String tags(String repository) {
        return skopeo.run("list-tags", "--tls-verify=false", docker(repository))
                .json()
                .get("Tags")
                .toString();
    }

    private String docker(String repositoryAndReference) {
        return registry.docker(repositoryAndReference);
    }

    private void assertSameContent(OciLayout back) {
        assertThat(back.digests()).isEqualTo(made.digests());
        back.digests().forEach(digest -> assertThat(back.bytes(digest)).isEqualTo(made.bytes(digest)));
    }
}

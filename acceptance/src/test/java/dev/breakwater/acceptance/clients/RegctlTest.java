package dev.breakwater.acceptance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.Tool;
import dev.breakwater.acceptance.harness.WithServer;
import dev.breakwater.acceptance.images.Descriptor;
import dev.breakwater.acceptance.images.Layer;
import dev.breakwater.acceptance.images.OciLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** regctl, which uses about every corner of the distribution API. */
@WithServer
class RegctlTest {

    private static final Layer BASE = Layer.of(Map.of("etc/os-release", "ID=harbour\n"));

    private final Path folder;
    private final RegistryHost registry;
    private final Tool regctl;

    RegctlTest(TestServer server, @TempDir Path folder) {
        this.folder = folder;
        registry = new RegistryHost(server, folder);
        regctl = registry.client("regctl")
                .env("REGCTL_CONFIG", folder.resolve("regctl.json").toString());
        regctl.run("registry", "set", "--tls", "disabled", "--skip-check", registry.name());
        regctl.input(RegistryHost.PASSWORD)
                .run("registry", "login", registry.name(), "-u", RegistryHost.USER, "--pass-stdin");
    }

    @Test
    @Proves(contract = "registry", lines = 162)
    void pushes_lists_copies_pulls_and_deletes() {
        OciLayout made = OciLayout.in(folder.resolve("made"));
        Descriptor index = made.index(
                made.image("linux/amd64", BASE), made.image("linux/arm64", BASE, Layer.noise("srv/bulk", 100_000, 5)));
        made.tag("many", index);

        regctl.run("image", "copy", "ocidir://" + made.folder() + ":many", registry.image("regctl:1"));
        regctl.run("image", "copy", registry.image("regctl:1"), registry.image("regctl:2"));

        assertThat(regctl.run("tag", "ls", registry.image("regctl")).lines()).containsExactly("1", "2");
        assertThat(regctl.run("repo", "ls", registry.name()).lines()).contains("library/regctl");
        assertThat(regctl.run("image", "digest", registry.image("regctl:2")).lines())
                .containsExactly(index.digest());
        regctl.run("image", "copy", registry.image("regctl:2"), "ocidir://" + folder.resolve("back") + ":many");
        OciLayout back = OciLayout.read(folder.resolve("back"));
        made.digests().forEach(digest -> assertThat(back.bytes(digest)).isEqualTo(made.bytes(digest)));

        regctl.run("tag", "rm", registry.image("regctl:1"));
        assertThat(regctl.run("tag", "ls", registry.image("regctl")).lines()).containsExactly("2");
        regctl.run("manifest", "rm", registry.image("regctl@" + index.digest()));
        assertThat(regctl.attempt("manifest", "head", registry.image("regctl:2"))
                        .exit())
                .isNotZero();
    }

    @Test
    @Proves(contract = "registry", lines = 162)
    void an_artifact_is_put_beside_an_image_and_found() throws IOException {
        OciLayout made = OciLayout.in(folder.resolve("made"));
        made.tag("one", made.image(BASE));
        Path note = Files.writeString(folder.resolve("note.txt"), "mind the tide");
        regctl.run("image", "copy", "ocidir://" + made.folder() + ":one", registry.image("noted:1"));

        regctl.run(
                "artifact",
                "put",
                "--artifact-type",
                "text/vnd.pier.note",
                "--subject",
                registry.image("noted:1"),
                "--file-media-type",
                "text/plain",
                "--file",
                note.toString());

        assertThat(regctl.run("artifact", "list", registry.image("noted:1"), "--format", "{{json .Descriptors}}")
                        .json()
                        .at("/0/artifactType")
                        .asString())
                .isEqualTo("text/vnd.pier.note");
        assertThat(regctl.run("artifact", "get", "--subject", registry.image("noted:1"))
                        .text())
                .isEqualTo("mind the tide");
    }
}

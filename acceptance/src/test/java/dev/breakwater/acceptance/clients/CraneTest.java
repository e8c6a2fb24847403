package dev.breakwater.acceptance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.Tool;
import dev.breakwater.acceptance.harness.Tool.Outcome;
import dev.breakwater.acceptance.harness.WithServer;
import dev.breakwater.acceptance.images.Descriptor;
import dev.breakwater.acceptance.images.Layer;
import dev.breakwater.acceptance.images.OciLayout;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** crane, which speaks to registries one call at a time. */
@WithServer
class CraneTest {

    private static final Layer BASE = Layer.of(Map.of("etc/os-release", "ID=harbour\n"));

    private final Path folder;
    private final RegistryHost registry;
    private final Tool crane;

    CraneTest(TestServer server, @TempDir Path folder) {
        this.folder = folder;
        registry = new RegistryHost(server, folder);
        crane = registry.client("crane");
    }

    @Test
    @Proves(contract = "registry", lines = 162)
    void pushes_lists_copies_pulls_and_deletes() {
        login();
        OciLayout made = OciLayout.in(folder.resolve("made"));
        Descriptor image = made.image(BASE, Layer.noise("srv/bulk", 100_000, 3));
        made.tag("one", image);

        crane.run("push", made.folder().toString(), registry.image("crane:1.0"));
        crane.run("tag", registry.image("crane:1.0"), "latest");
        crane.run("copy", registry.image("crane:1.0"), registry.image("crane-copy:2"));

        assertThat(crane.run("digest", registry.image("crane:latest")).lines()).containsExactly(image.digest());
        assertThat(crane.run("manifest", registry.image("crane:1.0")).output()).isEqualTo(made.bytes(image.digest()));
        assertThat(crane.run("ls", registry.image("crane")).lines()).containsExactly("1.0", "latest");
        assertThat(crane.run("catalog", registry.name()).lines()).contains("library/crane", "library/crane-copy");
        crane.run("validate", "--remote", registry.image("crane-copy:2"));
        crane.run(
                "pull",
                "--format=oci",
                registry.image("crane-copy:2"),
                folder.resolve("back").toString());
        assertThat(OciLayout.read(folder.resolve("back")).digests()).isEqualTo(made.digests());

        crane.run("delete", registry.image("crane-copy@" + image.digest()));
        Outcome gone = crane.attempt("manifest", registry.image("crane-copy:2"));
        assertThat(gone.exit()).isNotZero();
        assertThat(gone.errors()).contains("MANIFEST_UNKNOWN");
        assertThat(crane.run("ls", registry.image("crane")).lines()).containsExactly("1.0", "latest");
    }

    @Test
    void a_layer_that_is_known_elsewhere_is_mounted() {
        login();
        OciLayout made = OciLayout.in(folder.resolve("made"));
        made.tag("one", made.image(BASE));
        crane.run("push", made.folder().toString(), registry.image("source:1"));

        Outcome copied = crane.run("copy", registry.image("source:1"), registry.image("target:1"));

        assertThat(copied.errors()).contains("mounted blob");
    }

    @Test
    void mutate_makes_a_new_image_from_an_old_one() {
        login();
        OciLayout made = OciLayout.in(folder.resolve("made"));
        made.tag("one", made.image(BASE));
        crane.run("push", made.folder().toString(), registry.image("base:1"));

        crane.run("mutate", registry.image("base:1"), "--label", "pier=12", "-t", registry.image("base:labelled"));

        assertThat(crane.run("config", registry.image("base:labelled"))
                        .json()
                        .at("/config/Labels/pier")
                        .asString())
                .isEqualTo("12");
    }

    private void login() {
        crane.input(RegistryHost.PASSWORD)
                .run("auth", "login", "-u", RegistryHost.USER, "--password-stdin", registry.name());
    }
}

package dev.breakwater.acceptance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.Tool;
import dev.breakwater.acceptance.harness.Tool.Outcome;
import dev.breakwater.acceptance.harness.WithServer;
import dev.breakwater.acceptance.images.HelmChart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** helm, whose charts are artifacts of a registry. */
@WithServer
class HelmTest {

    private final Path folder;
    private final RegistryHost registry;
    private final Tool helm;

    HelmTest(TestServer server, @TempDir Path folder) {
        this.folder = folder;
        registry = new RegistryHost(server, folder);
        helm = registry.client("helm").in(folder);
    }

    @Test
    @Proves(contract = "registry", lines = 162)
    void a_chart_comes_back_as_it_was_pushed() throws IOException {
        login(RegistryHost.PASSWORD);
        Path chart = HelmChart.write(folder, "pier", "1.0.0");
        Files.createDirectory(folder.resolve("back"));

        helm.run("push", "--plain-http", chart.toString(), "oci://" + registry.image("charts"));
        helm.run("pull", "--plain-http", "oci://" + registry.image("charts/pier"), "--version", "1.0.0", "-d", "back");

        assertThat(Files.readAllBytes(folder.resolve("back").resolve("pier-1.0.0.tgz")))
                .isEqualTo(Files.readAllBytes(chart));
    }

    @Test
    @Proves(contract = "registry", lines = 162)
    void the_newest_version_is_found_by_the_tags() {
        login(RegistryHost.PASSWORD);
        for (String version : new String[] {"1.0.0", "1.2.0", "1.10.0"}) {
            helm.run(
                    "push",
                    "--plain-http",
                    HelmChart.write(folder, "buoy", version).toString(),
                    "oci://" + registry.image("charts"));
        }

        String shown = helm.run("show", "chart", "--plain-http", "oci://" + registry.image("charts/buoy"))
                .text();
        String older = helm.run(
                        "show",
                        "chart",
                        "--plain-http",
                        "oci://" + registry.image("charts/buoy"),
                        "--version",
                        "<1.10.0")
                .text();

        assertThat(shown).contains("version: 1.10.0");
        assertThat(older).contains("version: 1.2.0");
    }

    @Test
    void a_wrong_password_is_refused() {
        Outcome refused = helm.input("wrong")
                .attempt(
                        "registry",
                        "login",
                        "--plain-http",
                        "-u",
                        RegistryHost.USER,
                        "--password-stdin",
                        registry.name());

        assertThat(refused.exit()).isNotZero();
        assertThat(refused.errors()).contains("401");
    }

    private void login(String password) {
        helm.input(password)
                .run("registry", "login", "--plain-http", "-u", RegistryHost.USER, "--password-stdin", registry.name());
    }
}

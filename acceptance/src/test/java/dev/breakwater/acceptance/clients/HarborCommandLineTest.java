package dev.breakwater.acceptance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.Tool;
import dev.breakwater.acceptance.harness.Tool.Outcome;
import dev.breakwater.acceptance.harness.WithServer;
import dev.breakwater.acceptance.images.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Harbor's own command line, generated from the interface description, which takes no other status than documented. */
@WithServer
class HarborCommandLineTest {

    private final RegistryHost registry;
    private final Path folder;
    private final Tool harbor;

    HarborCommandLineTest(TestServer server, @TempDir Path folder) {
        this.folder = folder;
        registry = new RegistryHost(server, folder);
        harbor = registry.client("harbor").in(folder);
    }

    @Test
    @Proves(contract = "registry", lines = 214)
    void the_everyday_commands_work() throws IOException {
        login(RegistryHost.PASSWORD);

        harbor.run("project", "create", "quay", "--storage-limit", "-1");
        assertThat(harbor.run("project", "list", "-o", "json").text()).contains("\"quay\"", "\"library\"");

        registry.push("artifacts", Layer.noise("n", 1_000, 21));
        assertThat(harbor.run("artifact", "list", "library/artifacts", "-o", "json")
                        .text())
                .contains("application/vnd.oci.image.manifest.v1+json");

        harbor.run(
                "project",
                "robot",
                "create",
                "--project",
                "quay",
                "--name",
                "ci",
                "--duration",
                "30",
                "--all-permission",
                "--export-to-file");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).anyMatch(name -> name.endsWith(".json"));
        }

        harbor.run(
                "user",
                "create",
                "--username",
                "ann",
                "--email",
                "ann@example.com",
                "--realname",
                "Ann",
                "--comment",
                "first",
                "--password",
                "Secret12345");
        assertThat(harbor.run("user", "list", "-o", "json").text()).contains("\"ann\"");

        harbor.run("project", "delete", "quay", "--force");
        assertThat(harbor.run("project", "list", "-o", "json").text()).doesNotContain("\"quay\"");
    }

    @Test
    void a_wrong_password_is_refused() {
        Outcome refused = harbor.attempt(
                "login", registry.server().url().toString(), "-u", RegistryHost.USER, "-p", "Wrong12345");

        assertThat(refused.exit()).isNotZero();
    }

    private void login(String password) {
        harbor.run("login", registry.server().url().toString(), "-u", RegistryHost.USER, "-p", password);
    }
}

package dev.breakwater.acceptance.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.Tool;
import dev.breakwater.acceptance.harness.Tool.Outcome;
import dev.breakwater.acceptance.harness.WithServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** podman and buildah, which build images and keep them in a store of their own. */
@WithServer
class PodmanTest {

    private final Path folder;
    private final RegistryHost registry;

    PodmanTest(TestServer server, @TempDir Path folder) throws IOException {
        this.folder = folder;
        registry = new RegistryHost(server, folder);
        Path context = Files.createDirectories(folder.resolve("context"));
        Files.writeString(context.resolve("note.txt"), "mind the tide");
        Files.writeString(context.resolve("Containerfile"), "FROM scratch\nCOPY note.txt /note.txt\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"podman", "buildah"})
    @Proves(contract = "registry", lines = 162)
    void an_image_is_built_pushed_and_pulled(String program) {
        String image = registry.image(program + ":1.0");
        build(program, image);

        Outcome refused = attempt(program, "push", "--tls-verify=false", image);
        login(program, RegistryHost.PASSWORD);
        run(program, "push", "--tls-verify=false", image);
        String pushed = id(program, image);
        run(program, "rmi", image);
        run(program, "pull", "--tls-verify=false", image);

        assertThat(refused.exit()).isNotZero();
        assertThat(id(program, image)).isEqualTo(pushed);
    }

    @ParameterizedTest
    @ValueSource(strings = "podman")
    @Proves(contract = "registry", lines = 162)
    void tags_are_found_in_the_registry(String program) {
        build(program, registry.image("tagged:b"));
        login(program, RegistryHost.PASSWORD);
        run(program, "push", "--tls-verify=false", registry.image("tagged:b"));
        run(program, "push", "--tls-verify=false", registry.image("tagged:b"), registry.image("tagged:a"));

        List<String> lines = run(program, "search", "--tls-verify=false", "--list-tags", registry.image("tagged"))
                .lines();

        assertThat(lines.stream().skip(1).map(line -> line.substring(line.lastIndexOf(' ') + 1)))
                .containsExactly("a", "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"podman", "buildah"})
    void a_wrong_password_is_refused(String program) {
        Outcome refused = tool(program)
                .input("wrong")
                .attempt(arguments(
                        "login", "--tls-verify=false", "-u", RegistryHost.USER, "--password-stdin", registry.name()));

        assertThat(refused.exit()).isNotZero();
        assertThat(refused.errors()).contains("invalid username/password");
    }

    private void build(String program, String image) {
        Outcome built = attempt(
                program,
                "build",
                "-q",
                "-f",
                folder.resolve("context").resolve("Containerfile").toString(),
                "-t",
                image,
                folder.resolve("context").toString());
        assumeTrue(built.exit() == 0, program + " cannot build on this machine: " + built.errors());
    }

    private void login(String program, String password) {
        tool(program)
                .input(password)
                .run(arguments(
                        "login", "--tls-verify=false", "-u", RegistryHost.USER, "--password-stdin", registry.name()));
    }

    private String id(String program, String image) {
        return run(program, "images", "-q", "--no-trunc", image).text().strip();
    }

    private Outcome run(String program, String... arguments) {
        return tool(program).run(arguments(arguments));
    }

    private Outcome attempt(String program, String... arguments) {
        return tool(program).attempt(arguments(arguments));
    }

    private Tool tool(String program) {
        return registry.client(program).within(Duration.ofMinutes(2));
    }

    /** The store that copies files works on any file system and without any right. */
    private String[] arguments(String... arguments) {
        List<String> all = new ArrayList<>(List.of(
                "--root",
                folder.resolve("store").toString(),
                "--runroot",
                folder.resolve("run").toString(),
                "--storage-driver",
                "vfs"));
        all.addAll(List.of(arguments));
        return all.toArray(String[]::new);
    }
}

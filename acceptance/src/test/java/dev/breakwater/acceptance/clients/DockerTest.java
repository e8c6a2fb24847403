package dev.breakwater.acceptance.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.Await;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.Tool;
import dev.breakwater.acceptance.harness.Tool.Outcome;
import dev.breakwater.acceptance.harness.WithServer;
import dev.breakwater.acceptance.images.DockerArchive;
import dev.breakwater.acceptance.images.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Docker, with a daemon of its own that has neither a network nor anything of the machine's. */
@WithServer
class DockerTest {

    private final RegistryHost registry;
    private final Path folder;
    private final Path log;
    private @Nullable Process daemon;

    DockerTest(TestServer server, @TempDir Path folder) {
        this.folder = folder;
        log = folder.resolve("daemon.log");
        registry = new RegistryHost(server, folder);
    }

    @BeforeEach
    void a_daemon() {
        registry.client("docker");
        Process started = registry.client("dockerd")
                .leave(
                        log,
                        "--host",
                        socket(),
                        "--data-root",
                        folder.resolve("data").toString(),
                        "--exec-root",
                        folder.resolve("exec").toString(),
                        "--pidfile",
                        folder.resolve("daemon.pid").toString(),
                        "--storage-driver",
                        "vfs",
                        "--bridge",
                        "none",
                        "--iptables=false",
                        "--ip6tables=false");
        daemon = started;
        Await.until("the daemon answers, or has ended", () -> !started.isAlive() || answers());
        assumeTrue(started.isAlive(), () -> "dockerd does not run on this machine: " + logged());
    }

    @AfterEach
    void no_daemon() throws InterruptedException {
        Process running = daemon;
        if (running != null) {
            running.destroy();
            assertThat(running.waitFor(30, TimeUnit.SECONDS))
                    .as("the daemon ends")
                    .isTrue();
        }
    }

    @Test
    @Proves(contract = "registry", lines = 162)
    void an_image_is_pushed_and_pulled() {
        String image = registry.image("docked:1.0");
        Path saved = DockerArchive.write(
                folder.resolve("saved.tar"),
                image,
                Layer.of(Map.of("srv/pier", "12 m\n")),
                Layer.noise("n", 200_000, 9));
        docker().run("load", "-i", saved.toString());
        String id = id(image);

        Outcome refused = docker().attempt("push", image);
        login();
        docker().run("push", image);
        docker().run("rmi", image);
        docker().run("pull", image);

        assertThat(refused.exit()).isNotZero();
        assertThat(id(image)).isEqualTo(id);
    }

    @Test
    void a_wrong_password_is_refused() {
        Outcome refused =
                docker().input("wrong").attempt("login", "-u", RegistryHost.USER, "--password-stdin", registry.name());

        assertThat(refused.exit()).isNotZero();
        assertThat(refused.errors()).contains("unauthorized");
    }

    private Tool docker() {
        return registry.client("docker").env("DOCKER_HOST", socket());
    }

    private void login() {
        docker().input(RegistryHost.PASSWORD)
                .run("login", "-u", RegistryHost.USER, "--password-stdin", registry.name());
    }

    private String id(String image) {
        return docker().run("images", "-q", "--no-trunc", image).text().strip();
    }

    private boolean answers() {
        return docker().attempt("version").exit() == 0;
    }

    private String socket() {
        return "unix://" + folder.resolve("docker.sock");
    }

    private String logged() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }
}

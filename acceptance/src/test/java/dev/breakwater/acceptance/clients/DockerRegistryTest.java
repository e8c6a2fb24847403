package dev.breakwater.acceptance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.Await;
import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.Tool;
import dev.breakwater.acceptance.harness.WithServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The registry that Debian ships, told to trust this server's tokens. */
@WithServer
class DockerRegistryTest {

    private static final Pattern LISTENING = Pattern.compile("listening on (127\\.0\\.0\\.1:\\d+)");

    private final TestServer server;
    private final RegistryHost registry;
    private final Path folder;

    DockerRegistryTest(TestServer server, @TempDir Path folder) {
        this.server = server;
        this.folder = folder;
        registry = new RegistryHost(server, folder);
    }

    @Test
    @Proves(contract = "registry", lines = 107)
    void a_stock_registry_accepts_the_tokens() throws Exception {
        Path log = folder.resolve("registry.log");
        // With a home it would take REGISTRY_AUTH_FILE, which other clients know, for a part of its configuration.
        Process process = Tool.named("docker-registry")
                .assumeInstalled()
                .leave(log, "serve", configuration().toString());
        try {
            Client stock = Client.of(URI.create("http://" + listening(process, log)), exchange -> {});

            Reply challenged = stock.get("/v2/");
            Reply pushing = stock.bearer(token("pull,push")).send("POST", "/v2/library/elsewhere/blobs/uploads/");
            Reply readingOnly = stock.bearer(token("pull")).send("POST", "/v2/library/elsewhere/blobs/uploads/");
            Reply altered = stock.bearer(token("pull,push") + "x").get("/v2/library/elsewhere/tags/list");

            assertThat(challenged.expect(401).header("WWW-Authenticate").orElseThrow())
                    .contains("realm=\"" + server.url() + "/service/token\"", "service=\"harbor-registry\"");
            pushing.expect(202);
            readingOnly.expect(401);
            altered.expect(401);
        } finally {
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    private Path configuration() throws IOException {
        Path certificate = folder.resolve("token.crt");
        Files.write(
                certificate,
                server.client().get("/service/token/certificate").expect(200).body());
        return Files.writeString(
                folder.resolve("config.yml"), """
                version: 0.1
                storage:
                  filesystem:
                    rootdirectory: %s
                http:
                  addr: 127.0.0.1:0
                auth:
                  token:
                    realm: %s/service/token
                    service: harbor-registry
                    issuer: harbor-token-issuer
                    rootcertbundle: %s
                """.formatted(folder.resolve("content"), server.url(), certificate));
    }

    private String token(String actions) {
        return registry.administrator()
                .get("/service/token?service=harbor-registry&scope=repository:library/elsewhere:" + actions)
                .expect(200)
                .string("token");
    }

    private static String listening(Process process, Path log) {
        return Await.value("the registry listens", () -> {
            if (!process.isAlive()) {
                throw new AssertionError("The registry has ended: " + read(log));
            }
            Matcher found = LISTENING.matcher(read(log));
            return found.find() ? Optional.of(found.group(1)) : Optional.empty();
        });
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

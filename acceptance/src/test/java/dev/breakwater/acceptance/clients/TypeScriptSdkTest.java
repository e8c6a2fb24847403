package dev.breakwater.acceptance.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.Organization;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The TypeScript SDK, by its own tests, each file of them as one test here: they run in Node.js, against this server or
 * a proxy in front of it that makes faults.
 */
@WithServer
class TypeScriptSdkTest {

    private static final Path SDK = Path.of("..", "sdk", "typescript").toAbsolutePath().normalize();
    private static final Pattern VERSION = Pattern.compile("v(\\d+)\\..*", Pattern.DOTALL);
    private static final int OLDEST_NODE = 20;

    private final TestServer server;
    private final Organization acme;

    @TempDir
    private Path folder = Path.of("");

    TypeScriptSdkTest(TestServer server, Organization acme) {
        this.server = server;
        this.acme = acme;
    }

    private record Outcome(int status, String output) {

        /** A count from the summary of Node's test runner. */
        int count(String name) {
            Matcher matcher =
                    Pattern.compile("^# " + name + " (\\d+)$", Pattern.MULTILINE).matcher(output);
            assertThat(matcher.find()).as(output).isTrue();
            return Integer.parseInt(matcher.group(1));
        }
    }

    @BeforeEach
    void node_is_installed() throws Exception {
        assumeTrue(Programs.installed("node"), "Node.js is not installed");
        Matcher version = VERSION.matcher(run("node", "--version").output());
        assumeTrue(
                version.matches() && Integer.parseInt(version.group(1)) >= OLDEST_NODE,
                "Node.js " + OLDEST_NODE + " or newer is not installed");
    }

    /** Those who check signatures go by the clock of the machine. */
    @BeforeEach
    void the_server_knows_the_time() {
        server.time().moveTo(Instant.now());
    }

    @Test
    @Proves(
            contract = "events",
            lines = {89, 99, 100})
    void the_client_finds_its_host_and_has_what_is_documented() throws Exception {
        passes("client");
    }

    @Test
    @Proves(
            contract = "events",
            lines = {90})
    void the_package_is_installed_from_the_server() throws Exception {
        assumeTrue(Programs.installed("npm"), "npm is not installed");
        passes("package");
    }

    @Test
    @Proves(
            contract = "events",
            lines = {91})
    void errors_are_typed() throws Exception {
        passes("errors");
    }

    @Test
    @Proves(
            contract = "events",
            lines = {92, 93, 94})
    void only_what_may_be_repeated_is_retried() throws Exception {
        passes("retries");
    }

    @Test
    @Proves(
            contract = "events",
            lines = {95, 98})
    void events_are_listed_page_by_page_and_payloads_left_alone() throws Exception {
        passes("events");
    }

    @Test
    @Proves(
            contract = "events",
            lines = {96})
    void signatures_are_verified() throws Exception {
        passes("signature");
    }

    @Test
    @Proves(
            contract = "events",
            lines = {97})
    void debug_lines_hold_no_secret() throws Exception {
        passes("logger");
    }

    @Test
    void webhooks_and_deliveries_are_managed() throws Exception {
        passes("webhooks");
    }

    @Test
    void every_example_of_the_readme_runs() throws Exception {
        passes("readme");
    }

    @Test
    void what_is_committed_was_made_from_the_sources() throws Exception {
        if (!Files.exists(SDK.resolve("node_modules"))) {
            assumeTrue(Programs.installed("npm"), "npm is not installed");
            Outcome installation = run("npm", "ci", "--no-audit", "--no-fund");
            assumeTrue(installation.status() == 0, "npm can't install TypeScript: " + installation.output());
        }
        passes("compiled");
    }

    /** A test that did not run proves nothing, so none may be skipped. */
    private void passes(String name) throws Exception {
        Outcome outcome = run("node", "--test", "--test-reporter=tap", "test/" + name + ".test.mjs");

        assertThat(outcome.status()).as(outcome.output()).isZero();
        assertThat(outcome.count("skipped")).as(outcome.output()).isZero();
        assertThat(outcome.count("pass")).as(outcome.output()).isPositive();
    }

    private Outcome run(String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "output-", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(SDK.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment()
                .putAll(Map.of(
                        "HARBOR_TEST_URL", server.url().toString(),
                        "HARBOR_TEST_KEY", acme.sandboxKey(),
                        "HARBOR_TEST_WORKSPACE", acme.workspace()));
        Process process = builder.start();
        if (!process.waitFor(4, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
            throw new AssertionError(List.of(command) + " did not end:\n" + Files.readString(output));
        }
        return new Outcome(process.exitValue(), Files.readString(output));
    }
}

package dev.breakwater.acceptance.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.Organization;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.Tool;
import dev.breakwater.acceptance.harness.Tool.Outcome;
import dev.breakwater.acceptance.harness.WithServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The TypeScript SDK, by its own tests, each file of them as one test here: they run in Node.js, against this server or
 * a proxy in front of it that makes faults.
 */
@WithServer
class TypeScriptSdkTest {

    private static final Path SDK =
            Path.of("..", "sdk", "typescript").toAbsolutePath().normalize();
    private static final Pattern VERSION = Pattern.compile("v(\\d+)\\.");
    private static final int OLDEST_NODE = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final TestServer server;
    private final Organization acme;
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor();

    TypeScriptSdkTest(TestServer server, Organization acme) {
        this.server = server;
        this.acme = acme;
    }

    @BeforeEach
    void node_is_installed() {
        Matcher version = VERSION.matcher(
                Tool.named("node").assumeInstalled().run("--version").text());
        assumeTrue(
                version.lookingAt() && Integer.parseInt(version.group(1)) >= OLDEST_NODE,
                "node is older than " + OLDEST_NODE);
    }

    /** The SDK goes by the clock of the machine, and so must this server while it talks to it. */
    @BeforeEach
    void the_clocks_go_together() {
        var _ = ticks.scheduleAtFixedRate(() -> server.time().moveTo(Instant.now()), 0, 50, TimeUnit.MILLISECONDS);
    }

    @AfterEach
    void the_clock_stands_still() {
        ticks.close();
    }

    @Test
    @Proves(
            contract = "events",
            lines = {89, 99, 100})
    void the_client_finds_its_host_and_has_what_is_documented() {
        passes("client");
    }

    @Test
    @Proves(
            contract = "events",
            lines = {90})
    void the_package_is_installed_from_the_server() {
        Tool.named("npm").assumeInstalled();
        passes("package");
    }

    @Test
    @Proves(
            contract = "events",
            lines = {91})
    void errors_are_typed() {
        passes("errors");
    }

    @Test
    @Proves(
            contract = "events",
            lines = {92, 93, 94})
    void only_what_may_be_repeated_is_retried() {
        passes("retries");
    }

    @Test
    @Proves(
            contract = "events",
            lines = {95, 98})
    void events_are_listed_page_by_page_and_payloads_left_alone() {
        passes("events");
    }

    @Test
    @Proves(
            contract = "events",
            lines = {96})
    void signatures_are_verified() {
        passes("signature");
    }

    @Test
    @Proves(
            contract = "events",
            lines = {97})
    void debug_lines_hold_no_secret() {
        passes("logger");
    }

    @Test
    void webhooks_and_deliveries_are_managed() {
        passes("webhooks");
    }

    @Test
    void every_example_of_the_readme_runs() {
        passes("readme");
    }

    @Test
    void what_is_committed_was_made_from_the_sources() {
        if (!Files.exists(SDK.resolve("node_modules"))) {
            Outcome installation = Tool.named("npm")
                    .assumeInstalled()
                    .in(SDK)
                    .within(PATIENCE)
                    .attempt("ci", "--no-audit", "--no-fund");
            assumeTrue(installation.exit() == 0, "npm can't install TypeScript: " + installation.all());
        }
        passes("compiled");
    }

    /** A test that did not run proves nothing, so none may be skipped. */
    private void passes(String name) {
        Outcome outcome = Tool.named("node")
                .in(SDK)
                .within(PATIENCE)
                .env("HARBOR_TEST_URL", server.url().toString())
                .env("HARBOR_TEST_KEY", acme.sandboxKey())
                .env("HARBOR_TEST_WORKSPACE", acme.workspace())
                .attempt("--test", "--test-reporter=tap", "test/" + name + ".test.mjs");

        assertThat(outcome.exit()).as(outcome.all()).isZero();
        assertThat(count("skipped", outcome)).as(outcome.all()).isZero();
        assertThat(count("pass", outcome)).as(outcome.all()).isPositive();
    }

    /** A count from the summary of Node's test runner. */
    private static int count(String name, Outcome outcome) {
        Matcher matcher =
                Pattern.compile("^# " + name + " (\\d+)$", Pattern.MULTILINE).matcher(outcome.text());
        assertThat(matcher.find()).as(outcome.all()).isTrue();
        return Integer.parseInt(matcher.group(1));
    }
}

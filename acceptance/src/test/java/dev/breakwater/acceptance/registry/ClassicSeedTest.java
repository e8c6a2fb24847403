package dev.breakwater.acceptance.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.Tool;
import dev.breakwater.acceptance.harness.WithServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** registry.md 1.13 and checklist C: the transcripts of 2017, replayed by the script that every reader can run. */
@WithServer
class ClassicSeedTest {

    private static final Path SCRIPT =
            Path.of("../scripts/replay-registry-seed").toAbsolutePath().normalize();

    private final TestServer server;

    ClassicSeedTest(TestServer server) {
        this.server = server;
    }

    @Test
    @Proves(
            contract = "registry",
            lines = {26, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39})
    void every_transcript_comes_out_as_it_was() {
        Tool.named("curl").assumeInstalled();
        Tool bash = Tool.named("bash").assumeInstalled();

        Tool.Outcome outcome = bash.attempt(SCRIPT.toString(), server.url().toString());

        assertThat(outcome.lines())
                .as("%s%s", outcome.text(), outcome.errors())
                .contains("18 of 18 transcripts are as they were in 2017.");
        assertThat(outcome.exit()).isZero();
    }
}

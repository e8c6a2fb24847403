package dev.breakwater.acceptance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.clients.Terminal.Outcome;
import dev.breakwater.acceptance.clients.Tour.Step;
import dev.breakwater.acceptance.harness.Await;
import dev.breakwater.acceptance.harness.Ports;
import dev.breakwater.acceptance.harness.ServerProcess;
import dev.breakwater.acceptance.harness.Tool;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The five-minute tour of the README, command by command, as a stranger pastes it: each block succeeds and prints what
 * is shown. Only the start differs: the server is this build's, at an address that the tour takes from its environment.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadmeTourTest {

    private static final Path HOME =
            Objects.requireNonNull(Path.of("").toAbsolutePath().getParent(), "the module is in a folder");

    private Path data = Path.of("unused");
    private ServerProcess server = new ServerProcess(data, Map.of());
    private List<Step> steps = List.of();

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        data = folder;
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx--x--x"));
        server = new ServerProcess(data, Map.of("dev", "true"));
        server.start();
        steps = Tour.of(Files.readString(HOME.resolve("README.md")), "Five-minute tour");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private Terminal terminal() {
        return Terminal.open(
                HOME,
                Map.of(
                        "BREAKWATER", server.url().toString(),
                        "DATA", data.toString(),
                        "PORT", Integer.toString(Ports.free()),
                        "NO_PROXY", "127.0.0.1,localhost",
                        "PATH",
                                Path.of(System.getProperty("java.home"), "bin")
                                        + File.pathSeparator
                                        + System.getenv("PATH")));
    }

    @TestFactory
    Stream<DynamicTest> every_block_does_what_is_shown() {
        Step start = steps.getFirst();
        assertThat(steps).hasSizeGreaterThan(8);
        Terminal terminal = terminal();
        return Stream.concat(
                        Stream.of(DynamicTest.dynamicTest(start.name(), () -> assertStarted(start))),
                        steps.stream()
                                .skip(1)
                                .map(step -> DynamicTest.dynamicTest(step.name(), () -> assertDone(step, terminal))))
                .onClose(terminal::close);
    }

    private void assertStarted(Step start) {
        assertThat(start.commands()).isEqualTo("./breakwater up --dev\n");
        // It is printed when the server answers already.
        Await.until(
                "all is printed that is shown: " + start.shown(),
                () -> Likeness.missing(start.shown(), server.logged()).isEmpty());
    }

    private static void assertDone(Step step, Terminal terminal) {
        step.programs().forEach(program -> Tool.named(program).assumeInstalled());
        Outcome outcome = terminal.paste(step.commands());
        assertThat(outcome.exit()).as(outcome.printed()).isZero();
        assertThat(Likeness.missing(step.shown(), outcome.printed()))
                .as(outcome.printed())
                .isEmpty();
    }
}

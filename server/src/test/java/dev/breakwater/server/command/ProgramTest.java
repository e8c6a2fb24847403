package dev.breakwater.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ProgramTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void theLaunchersHelpListsEveryCommand() throws IOException, InterruptedException {
        Process help = new ProcessBuilder(Path.of("..", "breakwater").toString(), "--help")
                .redirectErrorStream(true)
                .start();
        String text = new String(help.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(help.waitFor()).isZero();

        assertThat(Program.commandLine().getSubcommands().entrySet())
                .filteredOn(command ->
                        !command.getValue().getCommandSpec().usageMessage().hidden())
                .allSatisfy(command -> assertThat(text).contains("\n  " + command.getKey() + " "));
        assertThat(text).contains("\n  test ", "\n  bench ");
    }

    @Test
    void configShowsValuesAndOriginsButNoSecret() {
        assertThat(run("config", "--port", "9001", "--admin.password=correct horse"))
                .isZero();

        assertThat(out.toString())
                .containsPattern("http.port +9001 +\\(flag --http.port\\)")
                .containsPattern("http.address +127.0.0.1 +\\(default\\)")
                .containsPattern("admin.password +\\*{8} +\\(flag --admin.password\\)")
                .doesNotContain("correct horse");
    }

    @Test
    void aWrongSettingIsExplainedWithoutAStackTrace() {
        assertThat(run("up", "--port", "many")).isEqualTo(2);

        assertThat(err.toString().lines())
                .containsExactly(
                        "flag --http.port: \"many\" is not allowed for http.port; allowed is a whole number from 0 to"
                                + " 65535");
    }

    @Test
    void anUnknownFlagIsAnsweredWithTheLikelyOne() {
        assertThat(run("up", "--http.prot=1")).isEqualTo(2);

        assertThat(err.toString()).contains("Unknown option: '--http.prot=1'").contains("--http.port");
    }

    @Test
    void versionNamesTheVersionAndJava() {
        assertThat(run("version")).isZero();

        assertThat(out.toString()).matches("Breakwater \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?, Java \\d+\\R");
    }

    private int run(String... arguments) {
        CommandLine program = Program.commandLine();
        program.setOut(new PrintWriter(out, true));
        program.setErr(new PrintWriter(err, true));
        return program.execute(arguments);
    }
}

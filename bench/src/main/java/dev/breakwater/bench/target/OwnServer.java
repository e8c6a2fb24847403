package dev.breakwater.bench.target;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every bench that starts a server of its own. */
public final class OwnServer {

    @Option(names = "--out", paramLabel = "FILE", description = "write the table here as well")
    private @Nullable Path out;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "where to make the data folder (default: the folder for temporary files)")
    private Path data = Path.of(System.getProperty("java.io.tmpdir"));

    @Option(names = "--server-option", paramLabel = "OPTION", description = "passed on to 'breakwater up'; may repeat")
    private List<String> serverOptions = new ArrayList<>();

    @Option(names = "--profile", paramLabel = "FILE", description = "record the server with JDK Flight Recorder")
    private @Nullable Path profile;

    /** Makes the folder in which the server lives. */
    public ScratchFolder folder() throws IOException {
        return ScratchFolder.in(data);
    }

    /** How the server is started: with these options, and with those that were asked for. */
    public ServerProcess.Settings settings(ScratchFolder folder, List<String> fixed) {
        List<String> options = new ArrayList<>(fixed);
        options.addAll(serverOptions);
        return new ServerProcess.Settings(
                Path.of(System.getProperty("breakwater.home", ""), "breakwater").toAbsolutePath(),
                folder.data(),
                options,
                profile == null
                        ? ""
                        : "-XX:StartFlightRecording=settings=profile,dumponexit=true,filename="
                                + profile.toAbsolutePath());
    }

    /** Shows the table, and writes it where that was asked for. */
    public void publish(String markdown) throws IOException {
        System.out.println(markdown);
        if (out != null) {
            Files.writeString(out, markdown);
        }
    }
}

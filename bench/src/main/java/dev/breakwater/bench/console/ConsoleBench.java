package dev.breakwater.bench.console;

import dev.breakwater.bench.machine.Machine;
import dev.breakwater.bench.report.Figure;
import dev.breakwater.bench.report.Progress;
import dev.breakwater.bench.report.Report;
import dev.breakwater.bench.target.ServerProcess;
import dev.breakwater.postgres.DatabaseAddress;
import dev.breakwater.server.DataFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench console}: how long each page takes with a million events and ten thousand artifacts stored. */
@Command(
        name = "console",
        description = {
            "Measure the pages of the console: a server of its own, filled beside it, then each page again and again by",
            "one visitor."
        },
        mixinStandardHelpOptions = true)
public final class ConsoleBench implements Callable<Integer> {

    @Option(names = "--quick", description = "less of everything")
    private boolean quick;

    @Option(names = "--out", paramLabel = "FILE", description = "write the table here as well")
    private @Nullable Path out;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "where to make the data folder (default: the folder for temporary files)")
    private @Nullable Path data;

    @Option(names = "--server-option", paramLabel = "OPTION", description = "passed on to 'breakwater up'; may repeat")
    private List<String> serverOptions = new ArrayList<>();

    @Override
    public Integer call() throws IOException, SQLException {
        Progress progress = new Progress(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        Path folder = Files.createTempDirectory(
                data == null ? Path.of(System.getProperty("java.io.tmpdir")) : data, "breakwater-bench-");
        // As root, the database runs as another user.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        Amounts amounts = quick ? Amounts.quick() : Amounts.full();
        Map<String, String> facts = Machine.facts();
        facts.put("Stored", amounts.words());
        facts.put(
                "Requests",
                "%d of each page on one connection, after %d more".formatted(amounts.requests(), amounts.warmUps()));
        Report report = new Report();
        try {
            facts.put("Disk", Machine.disk(folder));
            try (ServerProcess server = new ServerProcess(settings(folder), progress)) {
                Seed.plant(server.target());
                Stock.fill(database(folder), amounts, progress);
                try (Visit visit = Visit.begin(server.url())) {
                    for (Map.Entry<String, String> page : Pages.of(visit).entrySet()) {
                        Figure figure = PageTimes.of(visit, page.getKey(), page.getValue(), amounts)
                                .figure();
                        progress.say("%s: %.1f ms".formatted(page.getValue(), figure.value()));
                        report.add(List.of(figure));
                    }
                }
            }
        } finally {
            delete(folder);
        }
        String markdown = report.markdown(facts);
        System.out.println(markdown);
        if (out != null) {
            Files.writeString(out, markdown);
        }
        return 0;
    }

    private ServerProcess.Settings settings(Path folder) {
        List<String> options = new ArrayList<>(List.of(
                "--log.level=warn",
                "--events.deliveries.allow-http=true",
                "--events.deliveries.allowed-networks=127.0.0.0/8"));
        options.addAll(serverOptions);
        return new ServerProcess.Settings(
                Path.of(System.getProperty("breakwater.home", ""), "breakwater").toAbsolutePath(),
                folder.resolve("data"),
                options,
                "");
    }

    private static DatabaseAddress database(Path folder) throws IOException {
        return new DataFolder(folder.resolve("data"))
                .runningPostgres()
                .orElseThrow(() -> new IOException("The embedded PostgreSQL does not run"));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}

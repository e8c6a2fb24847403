package dev.breakwater.bench.console;

import dev.breakwater.bench.machine.Machine;
import dev.breakwater.bench.report.Figure;
import dev.breakwater.bench.report.Progress;
import dev.breakwater.bench.report.Report;
import dev.breakwater.bench.target.OwnServer;
import dev.breakwater.bench.target.ScratchFolder;
import dev.breakwater.bench.target.ServerProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Mixin
    private final OwnServer own = new OwnServer();

    @Override
    public Integer call() throws IOException, SQLException {
        Progress progress = new Progress(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        Amounts amounts = quick ? Amounts.quick() : Amounts.full();
        Map<String, String> facts = Machine.facts();
        facts.put("Stored", amounts.words());
        facts.put(
                "Requests",
                "%d of each page on one connection, after %d more".formatted(amounts.requests(), amounts.warmUps()));
        Report report = new Report();
        try (ScratchFolder folder = own.folder()) {
            facts.put("Disk", Machine.disk(folder.path()));
            try (ServerProcess server = new ServerProcess(settings(folder), progress)) {
                Seed.plant(server.target());
                Stock.fill(server.database(), amounts, progress);
                try (Visit visit = Visit.begin(server.url())) {
                    for (Map.Entry<String, String> page : Pages.of(visit).entrySet()) {
                        Figure figure = PageTimes.of(visit, page.getKey(), page.getValue(), amounts)
                                .figure();
                        progress.say("%s: %.1f ms".formatted(page.getValue(), figure.value()));
                        report.add(List.of(figure));
                    }
                }
            }
        }
        String markdown = report.markdown(facts);
        own.publish(markdown);
        return 0;
    }

    private ServerProcess.Settings settings(ScratchFolder folder) {
        return own.settings(
                folder,
                List.of(
                        "--log.level=warn",
                        "--events.deliveries.allow-http=true",
                        "--events.deliveries.allowed-networks=127.0.0.0/8"));
    }
}

package dev.breakwater.bench.events;

import dev.breakwater.bench.machine.Machine;
import dev.breakwater.bench.machine.ProcessorTime;
import dev.breakwater.bench.machine.ResidenceSampler;
import dev.breakwater.bench.report.Bar;
import dev.breakwater.bench.report.Figure;
import dev.breakwater.bench.report.Median;
import dev.breakwater.bench.report.Progress;
import dev.breakwater.bench.report.Report;
import dev.breakwater.bench.target.DatabaseFacts;
import dev.breakwater.bench.target.EventsApi;
import dev.breakwater.bench.target.OwnServer;
import dev.breakwater.bench.target.ScratchFolder;
import dev.breakwater.bench.target.ServerProcess;
import dev.breakwater.bench.target.Target;
import dev.breakwater.postgres.DatabaseAddress;
import dev.breakwater.server.DataFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench events}: the figures of the events API, as one table. */
@Command(
        name = "events",
        description = "Measure the events API: a server of its own, durable, rate limits off, and the load beside it.",
        mixinStandardHelpOptions = true)
public final class EventsBench implements Callable<Integer> {

    private static final Bar NONE = new Bar.None();
    private static final double MEGABYTE = 1024 * 1024;

    @ArgGroup(exclusive = false, heading = "Measure a server that is already running:%n")
    private @Nullable Elsewhere elsewhere;

    @Option(names = "--quick", description = "one short round of each, below two minutes")
    private boolean quick;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "PART",
            description = "of ${COMPLETION-CANDIDATES}; several are separated by commas")
    private Set<Part> only = EnumSet.allOf(Part.class);

    @Mixin
    private final OwnServer own = new OwnServer();

    /** What can be asked for on its own. */
    enum Part {
        ingest,
        latency,
        deliveries,
        drain,
        reading,
        memory,
        start
    }

    /** A server that somebody else has started. */
    static final class Elsewhere {
        @Option(names = "--against", required = true, paramLabel = "URL", description = "plain HTTP")
        private URI url = URI.create("");

        @Option(names = "--key", required = true, description = "an API key with all scopes")
        private String key = "";

        @Option(names = "--workspace", required = true, paramLabel = "ID", description = "where the events go")
        private String workspace = "";

        Target target() {
            return new Target(url, key, workspace);
        }
    }

    @Override
    public Integer call() throws IOException {
        Progress progress = new Progress(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        Report report = new Report();
        Map<String, String> facts = Machine.facts();
        facts.put("Payload", EventRequests.payloadBytes() + " bytes in each event");
        if (elsewhere != null) {
            measure(elsewhere.target(), () -> ProcessorTime.UNKNOWN, progress, report, facts);
        } else {
            measureOwn(progress, report, facts);
        }
        String markdown = report.markdown(facts);
        own.publish(markdown);
        return 0;
    }

    private void measureOwn(Progress progress, Report report, Map<String, String> facts) throws IOException {
        try (ScratchFolder folder = own.folder()) {
            facts.put("Disk", Machine.disk(folder.path()));
            try (ServerProcess server = new ServerProcess(settings(folder), progress)) {
                Duration firstStart = server.startTime();
                progress.say("the server is ready after %.1f s".formatted(firstStart.toMillis() / 1e3));
                facts.put("PostgreSQL", database(folder));
                try (ResidenceSampler residence = new ResidenceSampler(server::handle)) {
                    measure(server.target(), () -> ProcessorTime.of(server.handle()), progress, report, facts);
                    if (only.contains(Part.memory)) {
                        report.add(memory(residence));
                    }
                }
                if (only.contains(Part.start)) {
                    report.add(starts(server, firstStart, progress));
                }
            }
        }
    }

    private ServerProcess.Settings settings(ScratchFolder folder) {
        return own.settings(
                folder,
                List.of(
                        "--events.rate-limits.enabled=false",
                        "--events.deliveries.allow-http=true",
                        "--events.deliveries.allowed-networks=127.0.0.0/8",
                        "--log.level=warn"));
    }

    private static String database(ScratchFolder folder) {
        Optional<DatabaseAddress> address = new DataFolder(folder.data()).runningPostgres();
        if (address.isEmpty()) {
            return "not embedded";
        }
        try {
            return DatabaseFacts.of(address.get());
        } catch (SQLException e) {
            return "unknown: " + e.getMessage();
        }
    }

    private void measure(
            Target target,
            Supplier<ProcessorTime> serverTime,
            Progress progress,
            Report report,
            Map<String, String> facts)
            throws IOException {
        Effort effort = quick ? Effort.quick() : Effort.full();
        facts.put(
                "Rounds",
                "%d of %d s each, medians"
                        .formatted(effort.rounds(), effort.round().toSeconds()));
        try (EventsApi api = new EventsApi(target)) {
            Stage stage = new Stage(target, api, effort, progress, new Numbers(), new Stored(), serverTime);
            Preparation.storeRareEvents(stage);
            Preparation.warmUp(stage);
            for (Part part : only) {
                for (Scenario scenario : scenarios(part)) {
                    progress.say("%s".formatted(scenario.title()));
                    report.add(attempt(scenario, stage));
                }
            }
            facts.put("Check", Preparation.checkStored(stage));
        }
    }

    private static List<Figure> attempt(Scenario scenario, Stage stage) {
        try {
            return scenario.run(stage);
        } catch (IOException e) {
            stage.progress().say("  not measured: %s".formatted(e.getMessage()));
            return List.of(Figure.missing(scenario.title(), String.valueOf(e.getMessage())));
        }
    }

    private static List<Scenario> scenarios(Part part) {
        Bar rate = new Bar.AtLeast(20_000);
        Bar listing = new Bar.AtMost(20);
        return switch (part) {
            case ingest ->
                List.of(
                        new Ingest(64, false, NONE),
                        new Ingest(64, true, NONE),
                        new Ingest(256, false, rate),
                        new Ingest(256, true, rate));
            case latency ->
                List.of(new Latency(100, NONE), new Latency(1_000, new Bar.AtMost(25)), new Latency(3_000, NONE));
            case deliveries -> List.of(new Deliveries(1, NONE), new Deliveries(4, new Bar.AtLeast(4_000)));
            case drain -> List.of(new Drain(50_000, 4));
            case reading ->
                List.of(
                        new Reading(Reading.Kind.NEWEST, listing),
                        new Reading(Reading.Kind.DEEP, listing),
                        new Reading(Reading.Kind.FREQUENT_TYPE, listing),
                        new Reading(Reading.Kind.RARE_TYPE, listing),
                        new Reading(Reading.Kind.SINGLE, NONE));
            case memory, start -> List.of();
        };
    }

    private static List<Figure> memory(ResidenceSampler residence) {
        return List.of(
                Figure.judged(
                        "resident memory of the JVM, peak",
                        residence.peak().jvmBytes() / MEGABYTE,
                        "MB",
                        new Bar.AtMost(512)),
                Figure.plain(
                        "resident memory of PostgreSQL, peak", residence.peak().postgresBytes() / MEGABYTE, "MB"));
    }

    private List<Figure> starts(ServerProcess server, Duration first, Progress progress) throws IOException {
        Effort effort = quick ? Effort.quick() : Effort.full();
        List<Duration> later = new ArrayList<>();
        for (int i = 0; i < effort.laterStarts(); i++) {
            progress.say("starting again");
            server.restart();
            later.add(server.startTime());
        }
        return List.of(
                Figure.judged("first start, with an empty folder", first.toNanos() / 1e9, "s", new Bar.AtMost(15)),
                Figure.judged(
                        "later start, after all of the above",
                        Median.of(later, start -> start.toNanos() / 1e9),
                        "s",
                        new Bar.AtMost(2)));
    }
}

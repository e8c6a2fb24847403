package dev.breakwater.bench.registry;

import dev.breakwater.bench.machine.Machine;
import dev.breakwater.bench.machine.ResidenceSampler;
import dev.breakwater.bench.report.Bar;
import dev.breakwater.bench.report.Figure;
import dev.breakwater.bench.report.Progress;
import dev.breakwater.bench.report.Report;
import dev.breakwater.bench.target.ManifestCopies;
import dev.breakwater.bench.target.OwnServer;
import dev.breakwater.bench.target.ScratchFolder;
import dev.breakwater.bench.target.ServerProcess;
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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench registry}: the figures of the registry, side by side with a rival, as one table. */
@Command(
        name = "registry",
        description = {
            "Measure the registry: a server of its own, and Debian's docker-registry beside it when it is installed,",
            "in turns. Everything durable, everything on this machine."
        },
        mixinStandardHelpOptions = true)
public final class RegistryBench implements Callable<Integer> {

    private static final double MEGABYTE = 1024 * 1024;
    private static final String PULLED = "library/pulled";
    private static final String TAGGED = "library/tagged";
    private static final int TAGS = 1_000;
    private static final int MILLION = 1_000_000;
    private static final int LARGE = 100 * 1024 * 1024;

    @Option(names = "--against", paramLabel = "URL", description = "a running registry in the place of docker-registry")
    private @Nullable URI against;

    @Option(
            names = "--against-authorization",
            paramLabel = "TEXT",
            description = "what it wants to be shown, such as 'Basic …'")
    private String shown = "";

    @Option(names = "--quick", description = "two short rounds of each, and smaller amounts")
    private boolean quick;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "PART",
            description = "of ${COMPLETION-CANDIDATES}; several are separated by commas")
    private Set<Part> only = EnumSet.complementOf(EnumSet.of(Part.million));

    @Mixin
    private final OwnServer own = new OwnServer();

    /** What can be asked for on its own. */
    enum Part {
        manifests,
        blobs,
        pushes,
        tags,
        collection,
        start,
        memory,
        /** Not unless it is asked for: a million rows are written beside the server. */
        million
    }

    @Override
    public Integer call() throws IOException {
        Progress progress = new Progress(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        Map<String, String> facts = Machine.facts();
        Report report = new Report();
        try (ScratchFolder folder = own.folder()) {
            facts.put("Disk", Machine.disk(folder.path()));
            try (OurSide ours = new OurSide(new ServerProcess(settings(folder), progress))) {
                Optional<Side> rival = rival(folder);
                facts.put("Rival", rival.map(Side::name).orElse("none: docker-registry is not installed"));
                int rounds = quick ? 2 : 5;
                Duration round = Duration.ofSeconds(quick ? 2 : 4);
                facts.put("Rounds", "%d of %d s each in turns, medians".formatted(rounds, round.toSeconds()));
                try {
                    measure(new Duel(ours, rival, rounds, round, progress), report);
                } finally {
                    if (rival.isPresent()) {
                        rival.get().close();
                    }
                }
            }
        }
        String markdown = report.markdown(facts);
        own.publish(markdown);
        return 0;
    }

    private ServerProcess.Settings settings(ScratchFolder folder) {
        return own.settings(folder, List.of("--log.level=warn", "--registry.grace=0s", "--registry.undo-window=0s"));
    }

    private Optional<Side> rival(ScratchFolder folder) throws IOException {
        if (against != null) {
            return Optional.of(new Elsewhere(against, shown));
        }
        return Rival.installed() ? Optional.of(Rival.start(folder.path())) : Optional.empty();
    }

    private void measure(Duel duel, Report report) throws IOException {
        try (ResidenceSampler residence =
                new ResidenceSampler(() -> duel.ours().server().handle())) {
            for (Part part : only) {
                try {
                    report.add(measure(part, duel));
                } catch (IOException e) {
                    duel.progress().say("  not measured: " + e.getMessage());
                    report.add(List.of(Figure.missing(part.name(), String.valueOf(e.getMessage()))));
                }
            }
            if (only.contains(Part.memory)) {
                report.add(List.of(
                        Figure.judged(
                                "resident memory of the JVM, peak of all",
                                residence.peak().jvmBytes() / MEGABYTE,
                                "MB",
                                new Bar.AtMost(512)),
                        Figure.plain(
                                "resident memory of PostgreSQL, peak",
                                residence.peak().postgresBytes() / MEGABYTE,
                                "MB")));
            }
        }
    }

    private List<Figure> measure(Part part, Duel duel) throws IOException {
        return switch (part) {
            case manifests -> manifests(duel);
            case blobs -> blobs(duel);
            case pushes -> pushes(duel);
            case tags -> tags(duel);
            case collection -> collection(duel);
            case start -> starts(duel);
            case memory -> transfers(duel);
            case million -> million(duel);
        };
    }

    private static void prepare(Duel duel, Preparation preparation) throws IOException {
        preparation.on(duel.ours());
        if (duel.rival().isPresent()) {
            preparation.on(duel.rival().get());
        }
    }

    @FunctionalInterface
    private interface Preparation {
        void on(Side side) throws IOException;
    }

    private static final Crew.Step PULL_BY_TAG = (connection, client, number) -> Image.require(
                    connection.get("/v2/" + PULLED + "/manifests/latest", Image.MANIFEST_TYPE), 200)
            .length();

    private static void pushPulled(Side side) throws IOException {
        try (Connection connection = side.connect(PULLED)) {
            Image.of(1, 1024).push(connection, PULLED, "latest");
        }
    }

    private List<Figure> manifests(Duel duel) throws IOException {
        prepare(duel, RegistryBench::pushPulled);
        return duel.measure(
                "manifest by tag, 8 clients",
                "requests/s",
                3,
                (side, duration) -> Crew.work(side, PULLED, 8, duration, PULL_BY_TAG));
    }

    private List<Figure> blobs(Duel duel) throws IOException {
        List<Figure> figures = new ArrayList<>();
        figures.addAll(blob(duel, "blob of 1 KiB, 8 clients", 1024, 8, "requests/s", 0));
        figures.addAll(blob(duel, "blob of 1 MiB, 8 clients", 1024 * 1024, 8, "MB/s", 1.5));
        figures.addAll(blob(duel, "blob of 100 MiB, 2 clients", LARGE, 2, "MB/s", 0));
        return figures;
    }

    private static List<Figure> blob(Duel duel, String title, int size, int clients, String unit, double ratio)
            throws IOException {
        byte[] bytes = Image.of(size, size).layer();
        String digest = Image.digest(bytes);
        prepare(duel, side -> {
            try (Connection connection = side.connect(PULLED)) {
                Image.pushBlob(connection, PULLED, bytes);
            }
        });
        return duel.measure(
                title,
                unit,
                ratio,
                (side, duration) -> Crew.work(
                        side,
                        PULLED,
                        clients,
                        duration,
                        (connection, client, number) -> Image.require(
                                        connection.get("/v2/" + PULLED + "/blobs/" + digest, ""), 200)
                                .length()));
    }

    private List<Figure> pushes(Duel duel) throws IOException {
        List<Figure> figures = new ArrayList<>();
        int[] series = {0};
        for (int clients : new int[] {1, 4, 16}) {
            figures.addAll(duel.measure(
                    "push of 1 KiB images into one project, %d client%s".formatted(clients, clients == 1 ? "" : "s"),
                    "images/s",
                    clients == 1 ? 2 : clients == 16 ? 5 : 0,
                    (side, duration) -> {
                        long first = 10_000_000L * ++series[0];
                        return Crew.work(side, "library/pushed", clients, duration, (connection, client, number) -> {
                            Image.of(first + client * 100_000L + number, 1024)
                                    .push(connection, "library/pushed", "c" + client + "-" + number);
                            return 1024;
                        });
                    }));
        }
        figures.addAll(duel.measure("push of a blob of 100 MiB", "MB/s", 0, (side, duration) -> {
            byte[] bytes = Image.of(900 + ++series[0], LARGE).layer();
            return Crew.work(side, "library/large", 1, Duration.ofMillis(1), (connection, client, number) -> {
                Image.pushBlob(connection, "library/large", bytes);
                return bytes.length;
            });
        }));
        return figures;
    }

    private List<Figure> tags(Duel duel) throws IOException {
        prepare(duel, side -> {
            try (Connection connection = side.connect(TAGGED)) {
                Image image = Image.of(2, 1024);
                for (int i = 0; i < TAGS; i++) {
                    image.push(connection, TAGGED, "v" + i);
                }
            }
        });
        return duel.measure(
                "list of 1,000 tags, 4 clients",
                "requests/s",
                0,
                (side, duration) -> Crew.work(
                        side,
                        TAGGED,
                        4,
                        duration,
                        (connection, client, number) -> Image.require(
                                        connection.get("/v2/" + TAGGED + "/tags/list", ""), 200)
                                .length()));
    }

    private List<Figure> collection(Duel duel) throws IOException {
        pushPulled(duel.ours());
        return Clean.measure(duel, quick ? 1_000 : 10_000, PULL_BY_TAG, PULLED);
    }

    /** Many manifests cost time to push, so the images share their layer. */
    private List<Figure> starts(Duel duel) throws IOException {
        int manifests = quick ? 5_000 : 100_000;
        duel.progress().say("pushing %,d manifests".formatted(manifests));
        Crew.Step push = (connection, client, number) -> {
            Image.pushAnnotated(connection, "library/many", client + "-" + number);
            return 1;
        };
        try (Connection connection = duel.ours().connect("library/many")) {
            Image.of(3, 1024).push(connection, "library/many", "first");
        }
        long pushed = 0;
        while (pushed < manifests) {
            long before = pushed;
            pushed += Crew.work(
                            duel.ours(),
                            "library/many",
                            8,
                            Duration.ofSeconds(20),
                            (connection, client, number) -> push.run(connection, client, before + number))
                    .steps();
            duel.progress().say("  %,d".formatted(pushed));
        }
        return laterStart(duel, pushed, 2);
    }

    /** Manifests written by SQL: as many would take ten minutes to push. */
    private List<Figure> million(Duel duel) throws IOException {
        String repository = "library/million";
        try (Connection connection = duel.ours().connect(repository)) {
            Image.of(4, 1024).push(connection, repository, "first");
        }
        try (java.sql.Connection database = duel.ours().server().database().connect()) {
            ManifestCopies.fill(database, duel.progress(), repository, MILLION);
        } catch (SQLException e) {
            throw new IOException("The database could not be filled", e);
        }
        return laterStart(duel, MILLION, 10);
    }

    private List<Figure> laterStart(Duel duel, long manifests, int bar) throws IOException {
        List<Double> seconds = new ArrayList<>();
        for (int i = 0; i < (quick ? 1 : 3); i++) {
            duel.ours().server().restart();
            seconds.add(duel.ours().server().startTime().toNanos() / 1e9);
        }
        return List.of(Figure.judged(
                "later start with %,d manifests".formatted(manifests),
                seconds.stream().sorted().toList().get(seconds.size() / 2),
                "s",
                new Bar.AtMost(bar)));
    }

    private List<Figure> transfers(Duel duel) throws IOException {
        byte[] bytes = Image.of(LARGE, LARGE).layer();
        String digest;
        try (Connection connection = duel.ours().connect(PULLED)) {
            digest = Image.pushBlob(connection, PULLED, bytes);
        }
        duel.progress().say("64 transfers at once, half of them up");
        Duration length = Duration.ofSeconds(quick ? 5 : 15);
        try (ResidenceSampler residence =
                new ResidenceSampler(() -> duel.ours().server().handle())) {
            Crew.Done done = Crew.work(duel.ours(), PULLED, 64, length, (connection, client, number) -> {
                if (client % 2 == 0) {
                    return Image.require(connection.get("/v2/" + PULLED + "/blobs/" + digest, ""), 200)
                            .length();
                }
                return Image.pushLarge(connection, PULLED, LARGE / 4, client * 1_000L + number);
            });
            return List.of(Figure.judged(
                            "resident memory of the JVM at 64 parallel transfers",
                            residence.peak().jvmBytes() / MEGABYTE,
                            "MB",
                            new Bar.AtMost(512))
                    .remarking("%,.0f MB/s together".formatted(done.megabytesPerSecond())));
        }
    }
}

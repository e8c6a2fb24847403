package dev.breakwater.bench;

import dev.breakwater.bench.console.ConsoleBench;
import dev.breakwater.bench.events.EventsBench;
import dev.breakwater.bench.events.GeneratorBench;
import dev.breakwater.bench.micro.MicroBench;
import dev.breakwater.bench.registry.RegistryBench;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code breakwater bench …}. */
@Command(
        name = "breakwater bench",
        description = "Measure what Breakwater holds on this machine.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "NAME",
        subcommands = {
            EventsBench.class,
            RegistryBench.class,
            ConsoleBench.class,
            GeneratorBench.class,
            MicroBench.class
        })
public final class Main {

    private Main() {}

    /** Runs the bench that {@code arguments} name. */
    public static void main(String... arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }
}

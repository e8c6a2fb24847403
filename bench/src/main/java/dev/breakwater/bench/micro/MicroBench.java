package dev.breakwater.bench.micro;

import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code bench micro}: the JMH benchmarks. */
@Command(
        name = "micro",
        description = "Measure the pieces of code that run for every event.",
        mixinStandardHelpOptions = true)
public final class MicroBench implements Callable<Integer> {

    @Parameters(
            paramLabel = "PATTERN",
            defaultValue = ".*",
            description = "which benchmarks, as a regular expression (default: all)")
    private String pattern = ".*";

    @Override
    public Integer call() throws RunnerException {
        new Runner(new OptionsBuilder().include(pattern).build()).run();
        return 0;
    }
}

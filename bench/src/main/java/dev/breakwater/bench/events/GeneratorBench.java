package dev.breakwater.bench.events;

import dev.breakwater.bench.load.Answers;
import dev.breakwater.bench.load.Load;
import dev.breakwater.bench.load.LoadGenerator;
import dev.breakwater.bench.load.Outcome;
import dev.breakwater.bench.load.Pace;
import dev.breakwater.bench.load.Receiver;
import dev.breakwater.bench.target.Target;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code bench generator}: what the load generator and the receiver cost when there is no server between them. */
@Command(
        name = "generator",
        description = "Let the load generator load the webhook receiver, to see what both cost by themselves.",
        mixinStandardHelpOptions = true)
public final class GeneratorBench implements Callable<Integer> {

    private static final Duration ROUND = Duration.ofSeconds(5);

    @Override
    public Integer call() throws IOException {
        for (int connections : new int[] {64, 256}) {
            try (Receiver receiver = new Receiver((number, at) -> {});
                    LoadGenerator generator = new LoadGenerator(receiver.address(), connections)) {
                Target target = new Target(receiver.endpoint("/"), "hb_test_" + "x".repeat(32), "ws_" + "0".repeat(26));
                EventRequests requests = new EventRequests(target, new Numbers(), true, List.of("order.shipped"));
                Load load = Load.lasting(ROUND, Pace.closed(), requests, Answers.ignored());
                generator.run(load);
                long receiverCpu = receiver.cpuNanos();
                Outcome outcome = generator.run(load);
                System.out.printf(
                        "%d connections: %,.0f requests/s; CPU time per request: generator %.1f µs, receiver %.1f µs%n",
                        connections,
                        outcome.rate(),
                        outcome.generatorCpuNanos() / 1e3 / outcome.answers(),
                        (receiver.cpuNanos() - receiverCpu) / 1e3 / outcome.answers());
            }
        }
        return 0;
    }
}

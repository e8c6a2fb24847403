package dev.breakwater.bench.micro;

import dev.breakwater.kernel.id.Ids;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Making, spelling and reading ids: three ids are made for each event, and each is spelled at least once. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class IdsBenchmark {

    private final Ids ids = new Ids(InstantSource.system());
    private final UUID id = ids.next();
    private final String text = Ids.text("evt", id);

    /** Makes one. */
    @Benchmark
    public UUID make() {
        return ids.next();
    }

    /** Spells one. */
    @Benchmark
    public String spell() {
        return Ids.text("evt", id);
    }

    /** Reads one back. */
    @Benchmark
    public Optional<UUID> parse() {
        return Ids.parse("evt", text);
    }
}

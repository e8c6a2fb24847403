package dev.breakwater.bench.machine;

import java.time.Duration;
import java.util.List;

/**
 * The processor time that a server has taken so far, all cores together.
 *
 * @param jvm of the server itself
 * @param postgres of all present processes of its PostgreSQL
 */
public record ProcessorTime(Duration jvm, Duration postgres) {

    /** Of a server whose processes can't be looked at. */
    public static final ProcessorTime UNKNOWN = new ProcessorTime(Duration.ZERO, Duration.ZERO);

    /** What the tree below and including {@code root} has taken. */
    public static ProcessorTime of(ProcessHandle root) {
        ServerTree tree = ServerTree.below(root);
        return new ProcessorTime(sum(tree.jvm()), sum(tree.postgres()));
    }

    /** What was taken since {@code earlier}. */
    public ProcessorTime since(ProcessorTime earlier) {
        return new ProcessorTime(jvm.minus(earlier.jvm), postgres.minus(earlier.postgres));
    }

    private static Duration sum(List<ProcessHandle> processes) {
        return processes.stream()
                .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }
}

package dev.breakwater.bench.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * The resident memory of a tree of processes, read from {@code /proc}. Memory that several processes share is divided
 * among them (proportional set size), so that the shared buffers of PostgreSQL are counted once.
 *
 * @param jvmBytes of the server itself
 * @param postgresBytes of all processes of its PostgreSQL together
 */
public record Residence(long jvmBytes, long postgresBytes) {

    /** What the tree below and including {@code root} takes now; zero where that can't be read. */
    public static Residence of(ProcessHandle root) {
        ServerTree tree = ServerTree.below(root);
        return new Residence(sum(tree.jvm()), sum(tree.postgres()));
    }

    /** The greater of both, part by part. */
    public Residence max(Residence other) {
        return new Residence(Math.max(jvmBytes, other.jvmBytes), Math.max(postgresBytes, other.postgresBytes));
    }

    private static long sum(List<ProcessHandle> processes) {
        return processes.stream().mapToLong(Residence::proportional).sum();
    }

    private static long proportional(ProcessHandle process) {
        Path folder = Path.of("/proc", Long.toString(process.pid()));
        return kilobytes(folder.resolve("smaps_rollup"), "Pss:")
                        .orElseGet(() ->
                                kilobytes(folder.resolve("status"), "VmRSS:").orElse(0))
                * 1024;
    }

    private static OptionalLong kilobytes(Path file, String field) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith(field))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst();
        } catch (IOException e) {
            // Not Linux, not ours to read, or just ended.
            return OptionalLong.empty();
        }
    }
}

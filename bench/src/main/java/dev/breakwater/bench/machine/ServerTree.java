package dev.breakwater.bench.machine;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The processes of a server: its JVM, and those of the PostgreSQL that it runs. */
record ServerTree(List<ProcessHandle> jvm, List<ProcessHandle> postgres) {

    static ServerTree below(ProcessHandle root) {
        List<ProcessHandle> all =
                Stream.concat(Stream.of(root), root.descendants()).toList();
        return new ServerTree(
                all.stream().filter(process -> name(process).equals("java")).toList(),
                all.stream()
                        .filter(process -> name(process).startsWith("postgres"))
                        .toList());
    }

    private static String name(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> Path.of(command).getFileName().toString())
                .orElse("");
    }
}

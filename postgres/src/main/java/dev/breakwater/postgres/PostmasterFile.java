package dev.breakwater.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a running server writes about itself into {@code postmaster.pid}. */
record PostmasterFile(long pid, Path cluster, int port, boolean ready) {

    private static final int PID = 0;
    private static final int CLUSTER = 1;
    private static final int PORT = 3;
    private static final int STATUS = 7;

    /** Empty when the file is missing or still being written. */
    static Optional<PostmasterFile> read(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            if (lines.size() <= PORT) {
                return Optional.empty();
            }
            boolean ready = lines.size() > STATUS && lines.get(STATUS).strip().equals("ready");
            return Optional.of(new PostmasterFile(
                    Long.parseLong(lines.get(PID).strip()),
                    Path.of(lines.get(CLUSTER).strip()),
                    Integer.parseInt(lines.get(PORT).strip()),
                    ready));
        } catch (IOException | NumberFormatException incomplete) {
            return Optional.empty();
        }
    }

    /** The process, when it lives and really is a PostgreSQL on this cluster and not a later owner of the same number. */
    Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid).filter(this::servesThisCluster);
    }

    private boolean servesThisCluster(ProcessHandle process) {
        return process.info().command().orElse("").endsWith("/postgres")
                && List.of(process.info().arguments().orElse(new String[0])).contains(cluster.toString());
    }
}

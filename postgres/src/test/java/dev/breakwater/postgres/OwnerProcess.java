package dev.breakwater.postgres;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;

/** Another JVM that starts a server and then only waits, so that a test can kill it. */
public final class OwnerProcess implements AutoCloseable {

    private static final String ANSWER = "server=";

    private final Process process;
    private final long serverPid;

    private OwnerProcess(Process process, long serverPid) {
        this.process = process;
        this.serverPid = serverPid;
    }

    static OwnerProcess start(Path folder, Path binaries) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OwnerProcess.class.getName(),
                        folder.toString(),
                        binaries.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader output = process.inputReader();
        for (String line; (line = output.readLine()) != null; ) {
            if (line.startsWith(ANSWER)) {
                return new OwnerProcess(process, Long.parseLong(line.substring(ANSWER.length())));
            }
        }
        throw new IllegalStateException("the other JVM could not start the server");
    }

    public static void main(String[] arguments) throws InterruptedException {
        EmbeddedPostgres server = EmbeddedPostgres.start(Path.of(arguments[0]), Path.of(arguments[1]));
        System.out.println(ANSWER + server.pid());
        Thread.currentThread().join();
    }

    long serverPid() {
        return serverPid;
    }

    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        kill();
    }
}

package dev.breakwater.bench.registry;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Debian's {@code docker-registry}, started for the purpose with its default configuration: files, a cache of blob
 * descriptors in memory, no authentication, which spares it work.
 */
final class Rival implements Side {

    private static final String PROGRAM = "docker-registry";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Process process;
    private final URI url;
    private final Thread onExit;

    private Rival(Process process, URI url) {
        this.process = process;
        this.url = url;
        onExit = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(onExit);
    }

    /** Whether it is installed. */
    static boolean installed() {
        return Arrays.stream(
                        Optional.ofNullable(System.getenv("PATH")).orElse("").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, PROGRAM)));
    }

    /** Starts it on a folder of its own and waits until it listens. */
    static Rival start(Path folder) throws IOException {
        int port = freePort();
        Path configuration = folder.resolve("rival.yml");
        Files.writeString(configuration, """
                version: 0.1
                log:
                  level: error
                  accesslog:
                    disabled: true
                storage:
                  cache:
                    blobdescriptor: inmemory
                  filesystem:
                    rootdirectory: %s
                  delete:
                    enabled: true
                http:
                  addr: 127.0.0.1:%d
                """.formatted(folder.resolve("rival"), port));
        Process started = new ProcessBuilder(PROGRAM, "serve", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("rival.log").toFile())
                .start();
        Rival rival = new Rival(started, URI.create("http://127.0.0.1:" + port));
        long start = System.nanoTime();
        while (!listens(port)) {
            if (!started.isAlive() || System.nanoTime() - start > PATIENCE.toNanos()) {
                rival.close();
                throw new IOException(
                        "docker-registry has not started: " + Files.readString(folder.resolve("rival.log")));
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        return rival;
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public String name() {
        return "docker-registry";
    }

    @Override
    public URI url() {
        return url;
    }

    @Override
    public String authorization(String repository) {
        return "";
    }

    @Override
    public Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().removeShutdownHook(onExit);
    }
}

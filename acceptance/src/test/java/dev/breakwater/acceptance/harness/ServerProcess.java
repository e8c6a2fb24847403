package dev.breakwater.acceptance.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A server in a process of its own, started as the launcher starts it, which can be killed. */
public final class ServerProcess implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final Path data;
    private final Map<String, String> settings;
    private final Path log;
    private final int port;
    private @Nullable Process process;

    /** A server that is not running yet; it keeps its port over all its starts. */
    public ServerProcess(Path data, Map<String, String> special) {
        this.data = data;
        port = Ports.free();
        log = data.resolve("server-" + port + ".log");
        settings = new LinkedHashMap<>();
        settings.put("data.dir", data.toString());
        settings.put("http.port", Integer.toString(port));
        settings.put("log.level", "warn");
        settings.put("events.rate-limits.enabled", "false");
        settings.put("events.deliveries.allow-http", "true");
        settings.put("events.deliveries.allowed-networks", "127.0.0.0/8");
        settings.putAll(special);
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Starts the process and waits until it is ready. */
    public void start() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "dev.breakwater.server.Main",
                "up"));
        settings.forEach((key, value) -> command.add("--" + key + "=" + value));
        try {
            Process started = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            process = started;
            Await.value("the server is ready, see " + log, START_LIMIT, () -> {
                if (!started.isAlive()) {
                    throw new AssertionError("The server ended: " + logged());
                }
                return ready() ? Optional.of(true) : Optional.empty();
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean ready() {
        HttpRequest request = HttpRequest.newBuilder(url().resolve("/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What the process has printed. */
    public String logged() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Ends the process as a failing machine would, without any warning. */
    public void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
            await(running);
        }
    }

    /** The number by which the operating system knows the process. */
    public long pid() {
        Process running = process;
        if (running == null) {
            throw new IllegalStateException("The server has not started");
        }
        return running.pid();
    }

    /** Kills the embedded PostgreSQL alone. */
    public void killPostgres() {
        Path file = data.resolve("postgresql").resolve("cluster").resolve("postmaster.pid");
        try {
            long pid = Long.parseLong(Files.readAllLines(file).getFirst().strip());
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The workspace and the key that a new installation comes with, in this order. */
    public List<String> sandbox() {
        try {
            return Files.readAllLines(data.resolve("sandbox-key")).reversed();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(Process ending) {
        try {
            if (!ending.waitFor(30, TimeUnit.SECONDS)) {
                throw new AssertionError("Process " + ending.pid() + " does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Ends the process in good order. */
    @Override
    public void close() {
        Process running = process;
        if (running != null && running.isAlive()) {
            running.destroy();
            await(running);
        }
    }
}

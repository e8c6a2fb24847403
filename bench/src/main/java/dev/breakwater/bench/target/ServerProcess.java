package dev.breakwater.bench.target;

import dev.breakwater.bench.report.Progress;
import dev.breakwater.postgres.DatabaseAddress;
import dev.breakwater.server.DataFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server of our own, started with the launcher as any user starts it, on a data folder of its own. It is ended with
 * this process at the latest.
 */
public final class ServerProcess implements AutoCloseable {

    private static final Duration START_PATIENCE = Duration.ofMinutes(2);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(40);
    private static final long LOOK = Duration.ofMillis(2).toNanos();
    private static final int LOOK_MILLIS = 2_000;

    private static final Pattern KEY = Pattern.compile("hb_(?:test|live)_[0-9A-Za-z]+");
    private static final Pattern WORKSPACE = Pattern.compile("ws_[0-9a-z]+");

    private final Settings settings;
    private final URI url;
    private final List<String> command;
    private final Thread onExit = new Thread(this::kill);
    private final List<String> output = new ArrayList<>();

    private Process process;
    private Duration startTime;

    /**
     * How to start it.
     *
     * @param launcher the program {@code breakwater}
     * @param data the data folder
     * @param options further command-line options of {@code breakwater up}
     * @param javaOptions further options of the JVM; may be empty
     */
    public record Settings(Path launcher, Path data, List<String> options, String javaOptions) {}

    /** Builds the program if that is needed, starts it and waits until it is ready. */
    public ServerProcess(Settings settings, Progress progress) throws IOException {
        this.settings = settings;
        build(settings.launcher(), progress);
        int port = freePort();
        command = new ArrayList<>(
                List.of(settings.launcher().toString(), "up", "--data.dir=" + settings.data(), "--http.port=" + port));
        command.addAll(settings.options());
        Runtime.getRuntime().addShutdownHook(onExit);
        url = URI.create("http://127.0.0.1:" + port);
        long start = System.nanoTime();
        process = launch();
        startTime = awaitReady(start);
    }

    private static void build(Path launcher, Progress progress) throws IOException {
        progress.say("building what is stale");
        Process version =
                new ProcessBuilder(launcher.toString(), "version").inheritIO().start();
        try {
            if (version.waitFor() != 0) {
                throw new IOException(launcher + " version ended with " + version.exitValue());
            }
        } catch (InterruptedException e) {
            version.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private Process launch() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("BREAKWATER_JAVA_OPTIONS", settings.javaOptions());
        Process started = builder.start();
        Thread.ofPlatform().daemon().name("server output").start(() -> keepOutput(started));
        return started;
    }

    private void keepOutput(Process of) {
        try (BufferedReader lines = of.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                synchronized (output) {
                    output.add(line);
                }
            }
        } catch (IOException e) {
            // The process has been killed: what it said so far is enough.
        }
    }

    private Duration awaitReady(long start) throws IOException {
        while (!ready()) {
            if (!process.isAlive() || System.nanoTime() - start > START_PATIENCE.toNanos()) {
                kill();
                throw new IOException("The server has not become ready. It said:\n" + output());
            }
            LockSupport.parkNanos(LOOK);
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private boolean ready() {
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(LOOK_MILLIS);
            socket.getOutputStream()
                    .write("GET /health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            String status = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            return status.endsWith(" 200");
        } catch (IOException e) {
            return false;
        }
    }

    /** How long the last start took, from the command to the first positive answer of {@code /health/ready}. */
    public Duration startTime() {
        return startTime;
    }

    /** Where it answers. */
    public URI url() {
        return url;
    }

    /** The process, whose descendants are those of PostgreSQL. */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** The workspace and the key that the first start printed. */
    public Target target() throws IOException {
        String said = output();
        Matcher key = KEY.matcher(said);
        Matcher workspace = WORKSPACE.matcher(said);
        if (!key.find() || !workspace.find()) {
            throw new IOException("The server has not printed a key and a workspace. It said:\n" + said);
        }
        return new Target(url, key.group(), workspace.group());
    }

    /** Its embedded PostgreSQL, for what would take too long by its APIs. */
    public DatabaseAddress database() throws IOException {
        return new DataFolder(settings.data())
                .runningPostgres()
                .orElseThrow(() -> new IOException("The embedded PostgreSQL does not run"));
    }

    /** What the server has printed. */
    public String output() {
        synchronized (output) {
            return String.join("\n", output);
        }
    }

    /** Stops the server as Ctrl-C would, and starts it again on the same data. */
    public void restart() throws IOException {
        stop();
        long start = System.nanoTime();
        process = launch();
        startTime = awaitReady(start);
    }

    private void stop() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
                throw new IOException("The server has not stopped within %d s.".formatted(STOP_PATIENCE.toSeconds()));
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }

    private void kill() {
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroyForcibly();
        descendants.forEach(ProcessHandle::destroy);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        stop();
        Runtime.getRuntime().removeShutdownHook(onExit);
    }
}

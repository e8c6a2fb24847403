package dev.breakwater.acceptance.harness;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A program of somebody else's, run as its users run it: found on the {@code PATH} or in the folder that
 * {@code scripts/install-test-clients} fills, without a shell, within a time limit. A test says
 * {@link #assumeInstalled} first, and is skipped by the program's name where it is missing.
 */
public final class Tool {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String name;
    private final Map<String, String> environment;
    private final @Nullable Path folder;
    private final byte[] input;
    private final Duration limit;

    private Tool(String name, Map<String, String> environment, @Nullable Path folder, byte[] input, Duration limit) {
        this.name = name;
        this.environment = environment;
        this.folder = folder;
        this.input = input;
        this.limit = limit;
    }

    /** How a run ended: the exit code and what was printed. */
    public record Outcome(int exit, byte[] output, String errors) {

        /** What was printed on standard output. */
        public String text() {
            return new String(output, StandardCharsets.UTF_8);
        }

        /** The lines of standard output. */
        public List<String> lines() {
            return text().lines().toList();
        }

        /** Standard output, which is JSON. */
        public JsonNode json() {
            return new JsonMapper().readTree(output);
        }

        /** Everything that was printed, errors last. */
        public String all() {
            return text() + errors;
        }
    }

    /** The program of this name, whether it is installed or not. */
    public static Tool named(String name) {
        return new Tool(name, Map.of("NO_PROXY", "127.0.0.1,localhost"), null, new byte[0], PATIENCE);
    }

    /** Where the program is, when it is installed. */
    public Optional<Path> place() {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.concat(
                        Stream.of(built()),
                        Stream.of(path.split(File.pathSeparator, -1)).map(Path::of))
                .map(place -> place.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Path built() {
        String chosen = System.getenv("BREAKWATER_TEST_CLIENTS");
        return chosen != null
                ? Path.of(chosen)
                : Path.of(System.getProperty("user.home"), ".local", "share", "breakwater-test-clients", "bin");
    }

    /** Skips the test where the program is missing. */
    public Tool assumeInstalled() {
        assumeTrue(place().isPresent(), name + " is not installed");
        return this;
    }

    /** The same program with one more environment variable. */
    public Tool env(String variable, String value) {
        Map<String, String> more = new LinkedHashMap<>(environment);
        more.put(variable, value);
        return new Tool(name, more, folder, input, limit);
    }

    /**
     * The same program with its configuration, its credentials and its cache below this folder, so that a test neither
     * sees nor changes those of whoever runs it.
     */
    public Tool home(Path home) {
        return env("HOME", home.toString())
                .env("XDG_CONFIG_HOME", home.resolve(".config").toString())
                .env("XDG_CACHE_HOME", home.resolve(".cache").toString())
                .env("XDG_DATA_HOME", home.resolve(".data").toString())
                .env("DOCKER_CONFIG", home.resolve(".docker").toString())
                .env("REGISTRY_AUTH_FILE", home.resolve("auth.json").toString());
    }

    /** The same program, run in this folder. */
    public Tool in(Path place) {
        return new Tool(name, environment, place, input, limit);
    }

    /** The same program, reading this from standard input. */
    public Tool input(String text) {
        return new Tool(name, environment, folder, text.getBytes(StandardCharsets.UTF_8), limit);
    }

    /** The same program, ended when it takes longer than this; 60 s unless set. */
    public Tool within(Duration time) {
        return new Tool(name, environment, folder, input, time);
    }

    /** Runs the program, which has to succeed; otherwise the test fails and shows what was printed. */
    public Outcome run(String... arguments) {
        Outcome outcome = attempt(arguments);
        if (outcome.exit() != 0) {
            throw new AssertionError(command(arguments) + " failed with " + outcome.exit() + ": " + outcome.all());
        }
        return outcome;
    }

    /** Runs the program, which may fail. */
    public Outcome attempt(String... arguments) {
        try {
            Process process = start(arguments);
            ByteArrayOutputStream output = new ByteArrayOutputStream();
            ByteArrayOutputStream errors = new ByteArrayOutputStream();
            List<Thread> readers =
                    List.of(reader(process.getInputStream(), output), reader(process.getErrorStream(), errors));
            write(process.getOutputStream());
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            for (Thread reader : readers) {
                reader.join();
            }
            if (!ended) {
                throw new AssertionError(command(arguments) + " did not end within " + limit.toSeconds() + " s: "
                        + output.toString(StandardCharsets.UTF_8) + errors.toString(StandardCharsets.UTF_8));
            }
            return new Outcome(process.exitValue(), output.toByteArray(), errors.toString(StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(command(arguments) + " was interrupted", e);
        }
    }

    /** Starts the program and leaves it running, with its output in this file; the caller ends it. */
    public Process leave(Path log, String... arguments) {
        return start(builder(arguments).redirectErrorStream(true).redirectOutput(log.toFile()));
    }

    private Process start(String... arguments) {
        return start(builder(arguments));
    }

    private static Process start(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProcessBuilder builder(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(place().orElseThrow(() -> new AssertionError(name + " is not installed"))
                .toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        if (folder != null) {
            builder.directory(folder.toFile());
        }
        return builder;
    }

    private static Thread reader(InputStream from, OutputStream to) {
        return Thread.ofVirtual().start(() -> {
            try (from) {
                from.transferTo(to);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private void write(OutputStream to) {
        try (to) {
            to.write(input);
        } catch (IOException e) {
            // A program that ends without having read everything says by its exit code whether that is an error.
        }
    }

    private String command(String... arguments) {
        return name + " " + String.join(" ", arguments);
    }
}

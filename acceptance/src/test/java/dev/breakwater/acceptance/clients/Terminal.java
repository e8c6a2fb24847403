package dev.breakwater.acceptance.clients;

import dev.breakwater.acceptance.harness.Tool;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A shell that stays open from one block of commands to the next, so that they share their variables. */
final class Terminal implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 90;

    private final Process shell;
    private final BufferedWriter in;
    private final BufferedReader out;

    private Terminal(Process shell) {
        this.shell = shell;
        in = shell.outputWriter();
        out = shell.inputReader();
    }

    /** How a block ended and what it printed. */
    record Outcome(int exit, String printed) {}

    /** Opens one in a folder. */
    static Terminal open(Path folder, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(
                        Tool.named("bash")
                                .assumeInstalled()
                                .place()
                                .orElseThrow()
                                .toString(),
                        "--noprofile",
                        "--norc")
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            return new Terminal(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Pastes a block; its exit code is that of its last command. */
    Outcome paste(String commands) {
        String end = "end of block " + UUID.randomUUID() + " ";
        try {
            in.write(commands + "\nprintf '\\n%s%s\\n' '" + end + "' $?\n");
            in.flush();
            return CompletableFuture.supplyAsync(() -> read(end)).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (TimeoutException e) {
            throw new AssertionError("Not within " + PATIENCE_SECONDS + " s: " + commands, e);
        } catch (ExecutionException e) {
            throw new AssertionError(commands, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Outcome read(String end) {
        StringBuilder printed = new StringBuilder();
        try {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith(end)) {
                    return new Outcome(Integer.parseInt(line.substring(end.length())), printed.toString());
                }
                printed.append(line).append('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new AssertionError("The shell has ended: " + printed);
    }

    @Override
    public void close() {
        shell.descendants().forEach(ProcessHandle::destroy);
        shell.destroyForcibly();
    }
}

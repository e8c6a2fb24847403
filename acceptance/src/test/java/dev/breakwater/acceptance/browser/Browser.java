package dev.breakwater.acceptance.browser;

import dev.breakwater.acceptance.harness.Await;
import dev.breakwater.acceptance.harness.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Debian's Chromium without a window, with a profile of its own, spoken to by the Chrome DevTools Protocol. Tests are
 * skipped by its name where it is missing.
 */
public final class Browser implements AutoCloseable {

    private static final Tool CHROMIUM = Tool.named("chromium");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path profile;
    private final Process process;
    private final URI address;
    private final Protocol protocol;

    private Browser(Path profile, Process process, URI address) {
        this.profile = profile;
        this.process = process;
        this.address = address;
        protocol = Protocol.open(http, address, event -> {});
    }

    /** Whether it is installed. */
    public static boolean installed() {
        return CHROMIUM.place().isPresent();
    }

    /** Starts it, or skips the test where it is not installed. */
    public static Browser start() {
        CHROMIUM.assumeInstalled();
        try {
            Path profile = Files.createTempDirectory("breakwater-chromium-");
            Process process = new ProcessBuilder(List.of(
                            CHROMIUM.place().orElseThrow().toString(),
                            "--headless=new",
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-dev-shm-usage",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync",
                            "--no-first-run",
                            "--no-default-browser-check",
                            "--hide-scrollbars",
                            "--force-color-profile=srgb",
                            "--lang=en-GB",
                            "--remote-debugging-port=0",
                            "--user-data-dir=" + profile,
                            "about:blank"))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new Browser(profile, process, Await.value("Chromium has started", PATIENCE, () -> address(profile)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<URI> address(Path profile) {
        try {
            Path file = profile.resolve("DevToolsActivePort");
            List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
            return lines.size() < 2
                    ? Optional.empty()
                    : Optional.of(URI.create("ws://127.0.0.1:" + lines.getFirst() + lines.get(1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A new tab, in which relative addresses are those of this server. It knows nothing of other tabs: cookies and all
     * else that a browser remembers are its own, until it is closed.
     */
    public Tab tab(URI server) {
        String context = protocol.command("Target.createBrowserContext", Map.of())
                .get("browserContextId")
                .asString();
        String target = protocol.command(
                        "Target.createTarget", Map.of("url", "about:blank", "browserContextId", context))
                .get("targetId")
                .asString();
        return Tab.open(
                http,
                address.resolve("/devtools/page/" + target),
                server,
                () -> protocol.command("Target.disposeBrowserContext", Map.of("browserContextId", context)));
    }

    @Override
    public void close() {
        protocol.close();
        http.shutdownNow();
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            Await.until("the profile is removed", this::removed);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Its last processes may still write into it for a moment. */
    private boolean removed() {
        try (Stream<Path> files = Files.walk(profile)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
            return true;
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }
}

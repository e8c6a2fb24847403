package dev.breakwater.acceptance.browser;

import dev.breakwater.acceptance.harness.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A tab of the browser. It remembers what no page of ours may cause: errors in the console, refusals by the content
 * security policy, and requests to other hosts.
 */
public final class Tab implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int PATIENCE_SECONDS = 40;

    private final URI server;
    private final WebSocket socket;
    private final Listening listening;
    private final AtomicInteger ids = new AtomicInteger();

    private Tab(URI server, WebSocket socket, Listening listening) {
        this.server = server;
        this.socket = socket;
        this.listening = listening;
    }

    static Tab open(HttpClient http, URI address, URI server) {
        Listening listening = new Listening(server);
        WebSocket socket =
                http.newWebSocketBuilder().buildAsync(address, listening).join();
        Tab tab = new Tab(server, socket, listening);
        for (String domain : List.of("Page", "Runtime", "Network", "Log", "DOM")) {
            tab.command(domain + ".enable", Map.of());
        }
        tab.size(1280, 860);
        return tab;
    }

    /** Sends a command of the protocol and returns its result. */
    public JsonNode command(String method, Map<String, Object> parameters) {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonNode> answer = listening.expect(id);
        ObjectNode message = JSON.createObjectNode();
        message.put("id", id);
        message.put("method", method);
        message.set("params", JSON.valueToTree(parameters));
        socket.sendText(message.toString(), true).join();
        JsonNode result = answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        if (result.has("error")) {
            throw new AssertionError(method + ": " + result.get("error"));
        }
        return result.path("result");
    }

    /** The value of a JavaScript expression in the page, which may be a promise. */
    public JsonNode evaluate(String expression) {
        JsonNode result = command(
                "Runtime.evaluate",
                Map.of("expression", expression, "returnByValue", true, "awaitPromise", true, "userGesture", true));
        if (result.has("exceptionDetails")) {
            throw new AssertionError(expression + ": "
                    + result.at("/exceptionDetails/exception/description").asString());
        }
        return result.at("/result/value");
    }

    /** Goes to an address of the server and waits until the page is there. */
    public void go(String path) {
        command("Page.navigate", Map.of("url", server.resolve(path).toString()));
        loaded();
    }

    /** Does something that leads to another page, and waits until that is there. */
    public void leading(Runnable action) {
        evaluate("window.leaving = true");
        action.run();
        Await.until(
                "another page has come after " + path(),
                () -> evaluate("window.leaving !== true").asBoolean());
        loaded();
    }

    private void loaded() {
        Await.until(
                "the page is loaded",
                () -> evaluate("document.readyState === 'complete' && location.href !== 'about:blank'")
                        .asBoolean());
    }

    /** The path of the page, with its query. */
    public String path() {
        return evaluate("location.pathname + location.search").asString();
    }

    /** What is to be read on the page. */
    public String text() {
        return evaluate("document.body.innerText").asString();
    }

    /** What is to be read in the first element that fits. */
    public String text(String selector) {
        return evaluate("document.querySelector(" + quoted(selector) + ")?.innerText ?? ''")
                .asString();
    }

    /** Waits until the page says this. */
    public void reads(String text) {
        Await.until("the page says \"" + text + "\"", () -> text().contains(text));
    }

    /** Types into a field, as a person does. */
    public void type(String selector, String text) {
        evaluate("(() => { const field = document.querySelector(" + quoted(selector)
                + "); field.focus(); field.select?.(); })()");
        command("Input.insertText", Map.of("text", text));
    }

    /** Clicks the first element that fits. */
    public void click(String selector) {
        JsonNode box = evaluate("(() => { const element = document.querySelector(" + quoted(selector)
                + "); if (!element) return null; element.scrollIntoView({block: 'center'});"
                + " const box = element.getBoundingClientRect();"
                + " return {x: box.x + box.width / 2, y: box.y + box.height / 2}; })()");
        if (!box.isObject()) {
            throw new AssertionError("There is no " + selector + " on " + path() + ":\n" + text());
        }
        for (String type : List.of("mousePressed", "mouseReleased")) {
            command(
                    "Input.dispatchMouseEvent",
                    Map.of(
                            "type",
                            type,
                            "x",
                            box.get("x").asDouble(),
                            "y",
                            box.get("y").asDouble(),
                            "button",
                            "left",
                            "clickCount",
                            1));
        }
    }

    /** Clicks the first button or link with this text. */
    public void press(String text) {
        boolean found = evaluate("(() => { for (const old of document.querySelectorAll('[data-pressed]'))"
                        + " old.removeAttribute('data-pressed');"
                        + " const all = [...document.querySelectorAll('button, a, summary, [role=button]')];"
                        + " const found = all.find(each => each.innerText.trim() === " + quoted(text)
                        + " && each.checkVisibility()); found?.setAttribute('data-pressed', '');"
                        + " return found !== undefined; })()")
                .asBoolean();
        if (!found) {
            throw new AssertionError("Nothing to press is called \"" + text + "\" on " + path() + ":\n" + text());
        }
        click("[data-pressed]");
    }

    /** Presses a key. */
    public void key(String key, int code) {
        for (String type : List.of("rawKeyDown", "keyUp")) {
            command(
                    "Input.dispatchKeyEvent",
                    Map.of("type", type, "key", key, "code", key, "windowsVirtualKeyCode", code));
        }
    }

    /** Gives the page this size, in CSS pixels. */
    public void size(int width, int height) {
        command(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    }

    /** Makes the browser prefer {@code light} or {@code dark} colours. */
    public void prefer(String colours) {
        command(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colours))));
    }

    /** Answers the next question of the page, {@code confirm(…)}, with yes. */
    public void agree() {
        listening.agreeBy(this);
    }

    /** Writes an image of the page as far as it is visible. */
    public void screenshot(Path file) {
        try {
            String data = command("Page.captureScreenshot", Map.of("format", "png", "optimizeForSpeed", false))
                    .get("data")
                    .asString();
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, Base64.getDecoder().decode(data));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What went wrong so far: errors in the console, refusals, requests to other hosts. */
    public List<String> faults() {
        return List.copyOf(listening.faults);
    }

    /** Forgets what went wrong so far. */
    public void forgive() {
        listening.faults.clear();
    }

    private static String quoted(String text) {
        return JSON.writeValueAsString(text);
    }

    @Override
    public void close() {
        socket.abort();
    }

    /** Takes what the browser says. */
    private static final class Listening implements WebSocket.Listener {

        private final URI server;
        private final Map<Integer, CompletableFuture<JsonNode>> expected = new ConcurrentHashMap<>();
        private final List<String> faults = new CopyOnWriteArrayList<>();
        private final StringBuilder part = new StringBuilder();
        private @Nullable Tab agreeing;

        Listening(URI server) {
            this.server = server;
        }

        CompletableFuture<JsonNode> expect(int id) {
            CompletableFuture<JsonNode> answer = new CompletableFuture<>();
            expected.put(id, answer);
            return answer;
        }

        synchronized void agreeBy(Tab tab) {
            agreeing = tab;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                JsonNode message = JSON.readTree(part.toString());
                part.setLength(0);
                take(message);
            }
            socket.request(1);
            return null;
        }

        private void take(JsonNode message) {
            if (message.has("id")) {
                @Nullable
                CompletableFuture<JsonNode> answer =
                        expected.remove(message.get("id").asInt());
                if (answer != null) {
                    answer.complete(message);
                }
                return;
            }
            JsonNode parameters = message.path("params");
            switch (message.get("method").asString()) {
                case "Runtime.exceptionThrown" ->
                    faults.add("exception: "
                            + parameters
                                    .at("/exceptionDetails/exception/description")
                                    .asString("")
                            + parameters.at("/exceptionDetails/text").asString(""));
                case "Runtime.consoleAPICalled" -> {
                    if (List.of("error", "warning", "assert")
                            .contains(parameters.get("type").asString())) {
                        faults.add("console: " + parameters.get("args"));
                    }
                }
                case "Log.entryAdded" -> {
                    JsonNode entry = parameters.get("entry");
                    if (List.of("error", "warning").contains(entry.get("level").asString())) {
                        faults.add("log: " + entry.get("text").asString() + " "
                                + entry.path("url").asString(""));
                    }
                }
                case "Network.requestWillBeSent" ->
                    checkHost(parameters.at("/request/url").asString());
                case "Page.javascriptDialogOpening" -> answer();
                default -> {
                    // Nothing that a test asks about.
                }
            }
        }

        private void checkHost(String url) {
            if (!url.startsWith(server.toString().replaceAll("/$", "") + "/")
                    && !url.startsWith("data:")
                    && !url.startsWith("about:")
                    && !url.startsWith("chrome:")) {
                faults.add("a request to another host: " + url);
            }
        }

        private synchronized void answer() {
            @Nullable Tab tab = agreeing;
            agreeing = null;
            if (tab != null) {
                // The thread that reads must not wait for an answer that it would have to read.
                Thread.ofVirtual().start(() -> tab.command("Page.handleJavaScriptDialog", Map.of("accept", true)));
            } else {
                faults.add("an unexpected question");
            }
        }
    }
}

package dev.breakwater.acceptance.browser;

import dev.breakwater.acceptance.harness.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A tab of the browser. It remembers what no page of ours may cause: errors in the console, refusals by the content
 * security policy, and requests to other hosts.
 */
public final class Tab implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final URI server;
    private final Protocol protocol;
    private final Faults faults;
    private final Runnable end;

    private Tab(URI server, Protocol protocol, Faults faults, Runnable end) {
        this.server = server;
        this.protocol = protocol;
        this.faults = faults;
        this.end = end;
    }

    static Tab open(HttpClient http, URI address, URI server, Runnable end) {
        Faults faults = new Faults(server);
        Tab tab = new Tab(server, Protocol.open(http, address, faults), faults, end);
        for (String domain : List.of("Page", "Runtime", "Network", "Log", "DOM")) {
            tab.command(domain + ".enable", Map.of());
        }
        tab.size(1280, 860);
        return tab;
    }

    /** Sends a command of the protocol and returns its result. */
    public JsonNode command(String method, Map<String, Object> parameters) {
        return protocol.command(method, parameters);
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

    /** The value of a JavaScript expression that is a list of texts. */
    public List<String> texts(String expression) {
        return evaluate(expression).valueStream().map(JsonNode::asString).toList();
    }

    /** Goes to an address of the server and waits until the page is there. */
    public void go(String path) {
        command("Page.navigate", Map.of("url", server.resolve(path).toString()));
        loaded();
    }

    /** Does something that leads to another page, and waits until that is there. */
    public void leading(Runnable action) {
        String left = path();
        evaluate("window.leaving = true");
        action.run();
        Await.until("another page has come after " + left, () -> holds("window.leaving !== true"));
        loaded();
    }

    private void loaded() {
        Await.until(
                "the page is loaded",
                () -> holds("document.readyState === 'complete' && location.href !== 'about:blank'"));
    }

    /** Whether this is true on the page; not while one page gives way to another, which ends the question. */
    private boolean holds(String expression) {
        try {
            return evaluate(expression).asBoolean();
        } catch (Protocol.RefusedException left) {
            return false;
        }
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
        Await.until(
                "the page says \"" + text + "\"",
                () -> holds("document.body?.innerText.includes(" + quoted(text) + ") === true"));
    }

    /** Types into a field, as a person does. */
    public void type(String selector, String text) {
        evaluate("(() => { const field = document.querySelector(" + quoted(selector)
                + "); field.focus(); field.select?.(); })()");
        command("Input.insertText", Map.of("text", text));
    }

    /** Chooses an option of a list by its value, as a person does. */
    public void choose(String selector, String value) {
        evaluate("(() => { const list = document.querySelector(" + quoted(selector) + "); list.value = " + quoted(value)
                + "; if (list.value !== " + quoted(value) + ") throw new Error('no such option');"
                + " list.dispatchEvent(new Event('change', {bubbles: true})); })()");
    }

    /** Clicks the first element that fits. */
    public void click(String selector) {
        clickOn("document.querySelector(" + quoted(selector) + ")", selector);
    }

    /** Clicks the first button or link with this text. */
    public void press(String text) {
        clickOn(
                "[...document.querySelectorAll('button, a, summary, [role=button]')].find(each =>"
                        + " each.innerText.trim() === " + quoted(text) + " && each.checkVisibility())",
                "\"" + text + "\"");
    }

    /** Finds an element and its place in one go, as pages that are live may replace it at any time. */
    private void clickOn(String element, String name) {
        JsonNode box = evaluate("(() => { const element = " + element
                + "; if (!element) return null; element.scrollIntoView({block: 'center'});"
                + " const box = element.getBoundingClientRect();"
                + " return {x: box.x + box.width / 2, y: box.y + box.height / 2}; })()");
        if (!box.isObject()) {
            throw new AssertionError("There is nothing to click like " + name + " on " + path() + ":\n" + text());
        }
        mouse("mousePressed", box);
        try {
            mouse("mouseReleased", box);
        } catch (Protocol.RefusedException left) {
            // It has led to another page before its end was confirmed. Whoever clicked looks for what came of it.
        }
    }

    private void mouse(String type, JsonNode place) {
        command(
                "Input.dispatchMouseEvent",
                Map.of(
                        "type",
                        type,
                        "x",
                        place.get("x").asDouble(),
                        "y",
                        place.get("y").asDouble(),
                        "button",
                        "left",
                        "clickCount",
                        1));
    }

    /** Presses a key. */
    public void key(String key, int code) {
        for (String type : List.of("rawKeyDown", "keyUp")) {
            command(
                    "Input.dispatchKeyEvent",
                    Map.of("type", type, "key", key, "code", key, "windowsVirtualKeyCode", code));
        }
    }

    /** Gives the browser a cookie of the server, as an answer of it would. */
    public void cookie(String name, String value) {
        command("Network.setCookie", Map.of("name", name, "value", value, "url", server.toString()));
    }

    /** Gives the page this size, in CSS pixels. */
    public void size(int width, int height) {
        command(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    }

    /** Sets the clock of the pages that are loaded from now on; it goes on from there. */
    public void clock(Instant now) {
        command("Page.addScriptToEvaluateOnNewDocument", Map.of("source", """
                (() => {
                  const Real = Date;
                  const ahead = %d - Real.now();
                  globalThis.Date = class extends Real {
                    constructor(...given) {
                      if (given.length) super(...given);
                      else super(Real.now() + ahead);
                    }
                    static now() { return Real.now() + ahead; }
                  };
                })()""".formatted(now.toEpochMilli())));
    }

    /** Makes the browser prefer {@code light} or {@code dark} colours. */
    public void prefer(String colours) {
        command(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colours))));
    }

    /** Answers the next question of the page, {@code confirm(…)}, with yes. */
    public void agree() {
        faults.agreeBy(this);
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
        return faults.found();
    }

    /** Forgets what went wrong so far. */
    public void forgive() {
        faults.forget();
    }

    private static String quoted(String text) {
        return JSON.writeValueAsString(text);
    }

    @Override
    public void close() {
        protocol.close();
        end.run();
    }
}

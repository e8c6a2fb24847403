package dev.breakwater.acceptance.browser;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Remembers what no page of ours may cause: exceptions, errors and warnings in the console, refusals by the content
 * security policy, requests to other hosts, and questions that the test has not announced.
 */
final class Faults implements Consumer<JsonNode> {

    private static final List<String> HARMLESS_SCHEMES = List.of("data:", "about:", "chrome:", "blob:");

    private final String server;
    private final List<String> found = new CopyOnWriteArrayList<>();
    private @Nullable Tab agreeing;

    Faults(URI server) {
        this.server = server.toString().replaceAll("/$", "") + "/";
    }

    List<String> found() {
        return List.copyOf(found);
    }

    void forget() {
        found.clear();
    }

    /** The next question is answered with yes, by this tab. */
    synchronized void agreeBy(Tab tab) {
        agreeing = tab;
    }

    @Override
    public void accept(JsonNode event) {
        JsonNode parameters = event.path("params");
        switch (event.get("method").asString()) {
            case "Runtime.exceptionThrown" -> found.add("exception: " + parameters.get("exceptionDetails"));
            case "Runtime.consoleAPICalled" -> {
                if (List.of("error", "warning", "assert")
                        .contains(parameters.get("type").asString())) {
                    found.add("console: " + parameters.get("args"));
                }
            }
            case "Log.entryAdded" -> {
                JsonNode entry = parameters.get("entry");
                if (List.of("error", "warning").contains(entry.get("level").asString())) {
                    found.add("log: " + entry.get("text").asString() + " "
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
        if (!url.startsWith(server) && HARMLESS_SCHEMES.stream().noneMatch(url::startsWith)) {
            found.add("a request to another host: " + url);
        }
    }

    private synchronized void answer() {
        @Nullable Tab tab = agreeing;
        agreeing = null;
        if (tab == null) {
            found.add("an unexpected question");
        }
        if (tab != null) {
            // The thread that reads must not wait for an answer that it would have to read.
            Thread.ofVirtual().start(() -> tab.command("Page.handleJavaScriptDialog", Map.of("accept", true)));
        }
    }
}

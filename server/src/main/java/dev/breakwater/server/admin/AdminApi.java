package dev.breakwater.server.admin;

import dev.breakwater.kernel.json.Json;
import dev.breakwater.server.StartException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A client of the admin API. Whatever goes wrong is a {@link StartException} that says what to do. */
final class AdminApi {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int PAGE = 100;

    private final URI server;
    private final String token;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    AdminApi(URI server, String token) {
        this.server = server;
        this.token = token;
    }

    /** One object. */
    JsonNode get(String path) {
        return send("GET", path, null);
    }

    /** Sends a body and returns the answer. */
    JsonNode send(String method, String path, @Nullable ObjectNode body) {
        HttpResponse<String> response = exchange(method, path, body);
        if (response.statusCode() >= 300) {
            throw refused(response);
        }
        return response.body().isEmpty()
                ? Json.mapper().createObjectNode()
                : Json.mapper().readTree(response.body());
    }

    /** The items of a list, newest first, read page by page up to {@code most}. */
    List<JsonNode> list(String path, Map<String, String> filters, int most) {
        List<JsonNode> items = new ArrayList<>();
        String cursor = "";
        do {
            int limit = Math.min(PAGE, most - items.size());
            JsonNode page = get(path + "?limit=" + limit + query(filters) + cursor);
            page.get("data").forEach(items::add);
            cursor = "&starting_after=" + page.get("end_cursor").asString("");
            if (!page.get("has_more").asBoolean()) {
                break;
            }
        } while (items.size() < most);
        return items;
    }

    /** An id as a part of a path, whatever it holds. */
    static String segment(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8);
    }

    private static String query(Map<String, String> filters) {
        return filters.entrySet().stream()
                .map(filter ->
                        "&" + filter.getKey() + "=" + URLEncoder.encode(filter.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining());
    }

    private HttpResponse<String> exchange(String method, String path, @Nullable ObjectNode body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve("/admin/v1" + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token);
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofByteArray(Json.write(body)));
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (ConnectException e) {
            throw new StartException(
                    "Nothing answers at " + server
                            + ". Start Breakwater (breakwater up), or say with --url where it is.",
                    e);
        } catch (IOException e) {
            throw new StartException("The connection to " + server + " failed: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("Interrupted while waiting for " + server + ".", e);
        }
    }

    private StartException refused(HttpResponse<String> response) {
        if (response.statusCode() == 401) {
            return new StartException("The server at " + server + " refused the token. It may have been revoked, or"
                    + " belong to another installation: give another one with --token or BREAKWATER_TOKEN.");
        }
        try {
            JsonNode error = Json.mapper().readTree(response.body()).path("error");
            if (error.has("message")) {
                return new StartException("%s (%s, request %s)"
                        .formatted(
                                error.path("message").asString(""),
                                error.path("code").asString(""),
                                error.path("request_id").asString("")));
            }
        } catch (JacksonException e) {
            // Not our server's answer, as the message below says.
        }
        return new StartException("The server at " + server + " answered " + response.statusCode()
                + " without saying why. Is it Breakwater?");
    }
}

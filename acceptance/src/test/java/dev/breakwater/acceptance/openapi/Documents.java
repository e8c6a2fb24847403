package dev.breakwater.acceptance.openapi;

import dev.breakwater.acceptance.harness.Exchange;
import dev.breakwater.acceptance.harness.Reply;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Checks that an exchange is as the OpenAPI documents say: the status is documented, so are all headers, the body fits
 * its schema and holds nothing else; and a request that was accepted is one that the document allows.
 */
public final class Documents {

    /** Headers that belong to HTTP itself and are not part of any description. */
    private static final Set<String> PLAIN_HTTP =
            Set.of("date", "connection", "content-length", "content-type", "transfer-encoding");

    private static final JsonMapper JSON = new JsonMapper();

    private final Map<String, Document> byPrefix;

    private Documents(Map<String, Document> byPrefix) {
        this.byPrefix = byPrefix;
    }

    /** The documents of all surfaces. */
    public static Documents of() {
        return Loaded.DOCUMENTS;
    }

    private static final class Loaded {
        static final Document EVENTS = Document.load("events");
        static final Document DISTRIBUTION = Document.load("distribution");
        static final Document HARBOR_2017 = Document.load("harbor-2017");
        static final Document HARBOR = Document.load("harbor");
        static final Documents DOCUMENTS = new Documents(Map.ofEntries(
                Map.entry("/v1/workspaces", EVENTS),
                Map.entry("/v1/events", EVENTS),
                Map.entry("/v1/webhooks", EVENTS),
                Map.entry("/v1/deliveries", EVENTS),
                Map.entry("/admin/v1", Document.load("admin")),
                Map.entry("/v2", DISTRIBUTION),
                Map.entry("/service/token", DISTRIBUTION),
                Map.entry("/api", HARBOR_2017),
                Map.entry("/api/v2.0", HARBOR),
                Map.entry("/api/version", HARBOR),
                Map.entry("/c", HARBOR),
                Map.entry("/login", HARBOR_2017),
                Map.entry("/log_out", HARBOR_2017),
                Map.entry("/userExists", HARBOR_2017)));
    }

    Stream<Document> all() {
        return byPrefix.values().stream().distinct();
    }

    /** Fails when the exchange differs from the document that its path belongs to. */
    public void check(Exchange exchange) {
        owner(exchange.path()).ifPresent(document -> {
            List<String> problems = problems(document, exchange);
            if (!problems.isEmpty()) {
                throw new AssertionError("%s %s → %d is not as %s.yaml says:%n  %s%n  %s"
                        .formatted(
                                exchange.method(),
                                exchange.target(),
                                exchange.reply().status(),
                                document.name(),
                                String.join("\n  ", problems),
                                exchange.reply().text()));
            }
        });
    }

    /** The document with the longest prefix that fits, as the server finds the surface. */
    private Optional<Document> owner(String path) {
        return byPrefix.entrySet().stream()
                .filter(entry -> path.equals(entry.getKey()) || path.startsWith(entry.getKey() + "/"))
                .max(Comparator.comparingInt(entry -> entry.getKey().length()))
                .map(Map.Entry::getValue);
    }

    private static List<String> problems(Document document, Exchange exchange) {
        Optional<Document.PathItem> path = document.find(exchange.path());
        if (path.isEmpty()) {
            return refusal(document, exchange, "NoRoute", 404);
        }
        Optional<JsonNode> operation = path.get().operation(exchange.method());
        if (operation.isEmpty()) {
            return refusal(document, exchange, "MethodNotAllowed", 405);
        }
        @Nullable
        JsonNode response = operation
                .get()
                .get("responses")
                .get(Integer.toString(exchange.reply().status()));
        if (response == null) {
            return List.of("the status is not documented");
        }
        List<String> problems = new ArrayList<>(answer(document, document.resolve(response), exchange));
        if (exchange.reply().status() < 300) {
            problems.addAll(request(document, path.get(), operation.get(), exchange));
        }
        return problems;
    }

    /** What is on no documented path has one answer only, unless the transport refused it before. */
    private static List<String> refusal(Document document, Exchange exchange, String response, int status) {
        if (exchange.reply().status() != status) {
            return List.of(
                    "neither the path with its method nor this status is documented; " + status + " would be right");
        }
        return answer(document, document.root().at("/components/responses/" + response), exchange);
    }

    private static List<String> answer(Document document, JsonNode response, Exchange exchange) {
        Reply reply = exchange.reply();
        List<String> problems = new ArrayList<>(headers(document, response, reply));
        @Nullable JsonNode content = response.get("content");
        boolean bodiless = content == null || exchange.method().equals("HEAD");
        if (bodiless) {
            if (reply.body().length > 0) {
                problems.add("there is a body");
            }
            return problems;
        }
        String type = reply.header("Content-Type").orElse("none");
        @Nullable JsonNode media = content.get(type.split(";", 2)[0].strip());
        if (media == null) {
            problems.add("the content type " + type + " is not documented");
        } else if (type.startsWith("application/json")) {
            if (!type.equals("application/json; charset=utf-8")) {
                problems.add("the content type is " + type);
            }
            problems.addAll(json(document, media.get("schema"), reply.body()));
        }
        return problems;
    }

    private static List<String> json(Document document, JsonNode schema, byte[] body) {
        try {
            return document.violations(schema, JSON.readTree(body));
        } catch (JacksonException e) {
            return List.of("the body is no JSON: " + e.getOriginalMessage());
        }
    }

    private static List<String> headers(Document document, JsonNode response, Reply reply) {
        List<String> problems = new ArrayList<>();
        JsonNode documented = response.path("headers");
        documented.properties().forEach(entry -> {
            JsonNode header = document.resolve(entry.getValue());
            Optional<String> value = reply.header(entry.getKey());
            if (value.isEmpty() && header.path("required").asBoolean(false)) {
                problems.add("the header " + entry.getKey() + " is missing");
            }
            value.ifPresent(
                    text -> document.violations(header.get("schema"), typed(document, header.get("schema"), text))
                            .forEach(violation -> problems.add("header " + entry.getKey() + ": " + violation)));
        });
        for (String name : reply.headers().keySet()) {
            boolean known = PLAIN_HTTP.contains(name)
                    || documented.propertyNames().stream()
                            .anyMatch(known1 -> known1.toLowerCase(Locale.ROOT).equals(name));
            if (!known) {
                problems.add("the header " + name + " is not documented");
            }
        }
        return problems;
    }

    private static List<String> request(
            Document document, Document.PathItem path, JsonNode operation, Exchange exchange) {
        List<String> problems = new ArrayList<>(query(document, path, operation, exchange.target()));
        @Nullable JsonNode requestBody = operation.get("requestBody");
        if (requestBody == null) {
            return problems;
        }
        JsonNode body = document.resolve(requestBody);
        if (exchange.body().length > 0) {
            @Nullable JsonNode media = body.get("content").get("application/json");
            if (media != null) {
                json(document, media.get("schema"), exchange.body())
                        .forEach(violation -> problems.add("request: " + violation));
            }
        } else if (body.path("required").asBoolean(false)) {
            problems.add("the request was accepted without the body that is required");
        }
        return problems;
    }

    private static List<String> query(Document document, Document.PathItem path, JsonNode operation, String target) {
        int mark = target.indexOf('?');
        if (mark < 0) {
            return List.of();
        }
        List<String> problems = new ArrayList<>();
        for (String pair : target.substring(mark + 1).split("&", -1)) {
            String[] parts = pair.split("=", 2);
            Optional<JsonNode> parameter = Stream.of(operation, path.operations())
                    .flatMap(owner -> owner.path("parameters").valueStream())
                    .map(document::resolve)
                    .filter(candidate -> candidate.get("in").asString().equals("query"))
                    .filter(candidate -> candidate.get("name").asString().equals(parts[0]))
                    .findFirst();
            if (parameter.isEmpty()) {
                problems.add("the query parameter " + parts[0] + " is not documented");
                continue;
            }
            JsonNode schema = parameter.get().get("schema");
            String value = URLDecoder.decode(parts.length > 1 ? parts[1] : "", StandardCharsets.UTF_8);
            JsonNode item = document.resolve(schema).path("type").asString("").equals("array")
                    ? document.resolve(schema).get("items")
                    : schema;
            document.violations(item, typed(document, item, value))
                    .forEach(violation -> problems.add("query parameter " + parts[0] + ": " + violation));
        }
        return problems;
    }

    /** A text as the type that the schema asks for. */
    private static JsonNode typed(Document document, JsonNode schema, String text) {
        String type = document.resolve(schema).path("type").asString("string");
        if (type.equals("boolean") && text.matches("true|false")) {
            return JsonNodeFactory.instance.booleanNode(Boolean.parseBoolean(text));
        }
        boolean number = type.equals("integer") && text.matches("-?[0-9]{1,18}");
        return number
                ? JsonNodeFactory.instance.numberNode(Long.parseLong(text))
                : JsonNodeFactory.instance.stringNode(text);
    }
}

package dev.breakwater.acceptance.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What is documented is there, and what is there is documented. */
@WithServer
class DocumentsTest {

    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");
    /** What every running server offers beside its documented surfaces. */
    private static final Set<String> OWN_PREFIXES =
            Set.of("/openapi", "/sdk", "/health", "/healthz", "/readyz", "/metrics");

    private final TestServer server;

    DocumentsTest(TestServer server) {
        this.server = server;
    }

    @ParameterizedTest
    @ValueSource(strings = {"events", "admin", "distribution", "harbor-2017", "harbor"})
    void a_document_is_served_as_it_was_written(String name) throws IOException {
        Reply reply = server.client().get("/openapi/" + name + ".yaml").expect(200);

        assertThat(reply.header("Content-Type")).contains("application/yaml; charset=utf-8");
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("/openapi/" + name + ".yaml"))) {
            assertThat(reply.body()).isEqualTo(in.readAllBytes());
        }
    }

    @Test
    void every_route_is_documented_and_every_operation_has_a_route() {
        Set<String> routes = new TreeSet<>();
        server.routes().stream()
                .filter(DocumentsTest::isSurface)
                .map(route -> route.replace("+}", "}"))
                .forEach(routes::add);
        Set<String> operations = new TreeSet<>();
        Documents.of()
                .all()
                .forEach(document -> document.paths()
                        .forEach(path ->
                                path.methods().forEach(method -> operations.add(method + " " + path.template()))));

        assertThat(operations).isEqualTo(routes);
    }

    private static boolean isSurface(String route) {
        String path = route.substring(route.indexOf(' ') + 1);
        return OWN_PREFIXES.stream().noneMatch(prefix -> path.equals(prefix) || path.startsWith(prefix + "/"));
    }

    @Test
    void other_methods_of_a_documented_path_are_refused_with_those_that_exist() {
        Client anyone = server.client();
        Documents.of()
                .all()
                .forEach(document -> document.paths().forEach(path -> {
                    String target = path.template().replaceAll("\\{[^}]*}", "x");
                    for (String method : METHODS) {
                        boolean foreign = document.paths().stream()
                                .noneMatch(
                                        other -> other.pattern().matcher(target).matches()
                                                && other.methods().contains(method));
                        if (foreign) {
                            Reply reply = anyone.send(method, target).expect(405);
                            assertThat(reply.header("Allow").orElseThrow().split(", ", -1))
                                    .containsAll(path.methods());
                        }
                    }
                }));
    }

    @Test
    void every_reference_leads_somewhere_and_every_example_fits_its_schema() {
        Documents.of().all().forEach(document -> {
            List<String> problems = new ArrayList<>();
            walk(document, document.root(), problems);
            assertThat(problems).as(document.name()).isEmpty();
        });
    }

    private static void walk(Document document, JsonNode node, List<String> problems) {
        document.resolve(node);
        JsonNode schema = node.get("schema");
        JsonNode examples = node.get("examples");
        if (schema != null && examples != null && examples.isObject()) {
            examples.properties()
                    .forEach(example -> document.violations(
                                    schema, example.getValue().get("value"))
                            .forEach(violation -> problems.add(example.getKey() + ": " + violation)));
        }
        Stream<JsonNode> children = node.isObject() || node.isArray() ? node.valueStream() : Stream.empty();
        children.forEach(child -> walk(document, child, problems));
    }

    @Test
    void a_deviation_is_noticed() {
        Documents documents = Documents.of();
        Document events = documents
                .all()
                .filter(each -> each.name().equals("events"))
                .findFirst()
                .orElseThrow();
        JsonNode schema = events.root().at("/components/schemas/Workspace");
        var workspace = new tools.jackson.databind.json.JsonMapper().readTree("""
                {"id": "ws_018f3a2e4b9c", "name": "Acme", "status": "active", "created_at": "2026-05-01T08:00:00Z"}""");
        assertThat(events.violations(schema, workspace)).isEmpty();

        ((tools.jackson.databind.node.ObjectNode) workspace).put("secret", "x");
        assertThat(events.violations(schema, workspace)).hasSize(1);
        ((tools.jackson.databind.node.ObjectNode) workspace).remove("secret");
        ((tools.jackson.databind.node.ObjectNode) workspace).put("created_at", "yesterday");
        assertThat(events.violations(schema, workspace)).hasSize(1);
    }
}

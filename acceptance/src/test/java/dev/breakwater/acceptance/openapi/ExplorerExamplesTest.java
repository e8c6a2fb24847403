package dev.breakwater.acceptance.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The bodies that the API explorer proposes. */
@WithServer
class ExplorerExamplesTest {

    private static final Pattern BODY = Pattern.compile("<textarea id=\"body\"[^>]*>([^<]*)</textarea>");
    private static final JsonMapper JSON = new JsonMapper();

    private final TestServer server;

    ExplorerExamplesTest(TestServer server) {
        this.server = server;
    }

    @Test
    void each_fits_the_schema_of_its_operation() {
        List<String> problems = new ArrayList<>();
        List<String> checked = new ArrayList<>();
        Documents.of()
                .all()
                .forEach(document -> document.paths()
                        .forEach(path -> path.methods().forEach(method -> {
                            JsonNode operation = path.operation(method).orElseThrow();
                            JsonNode schema = document.resolve(operation.path("requestBody"))
                                    .path("content")
                                    .path("application/json")
                                    .path("schema");
                            if (!schema.isMissingNode()) {
                                String id = operation.get("operationId").asString();
                                String example = example("/developers/api/" + document.name() + "/" + id);
                                document.violations(schema, JSON.readTree(example))
                                        .forEach(violation -> problems.add(id + ": " + violation + " in " + example));
                                checked.add(id);
                            }
                        })));
        assertThat(problems).isEmpty();
        assertThat(checked).hasSizeGreaterThan(60);
    }

    private String example(String page) {
        String text = server.client().get(page).expect(200).text();
        Matcher body = BODY.matcher(text);
        assertThat(body.find()).as(page).isTrue();
        return body.group(1)
                .replace("&quot;", "\"")
                .replace("&#34;", "\"")
                .replace("&#39;", "'")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }
}

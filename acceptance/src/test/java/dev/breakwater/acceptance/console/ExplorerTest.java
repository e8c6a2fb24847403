package dev.breakwater.acceptance.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API explorer's pages, and where the users of 2017 look for them. */
@WithServer
class ExplorerTest {

    private static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch");
    private static final JsonMapper JSON = new JsonMapper();

    private final TestServer server;

    ExplorerTest(TestServer server) {
        this.server = server;
    }

    private Reply get(String path) {
        return server.client().get(path);
    }

    private JsonNode document(String address) {
        return JSON.valueToTree(new Load(LoadSettings.builder().build())
                .loadFromString(get(address).expect(200).text()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"events", "admin", "distribution", "harbor-2017", "harbor"})
    void every_operation_of_a_document_is_listed_and_has_a_page(String name) {
        JsonNode document = document("/openapi/" + name + ".yaml");
        String list = get("/developers/api/" + name).expect(200).text();
        assertThat(get("/developers/api").expect(200).text()).contains("href=\"/developers/api/" + name + "\"");
        int count = 0;
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (String method : METHODS) {
                JsonNode operation = path.getValue().path(method);
                if (!operation.isMissingNode()) {
                    String address = "/developers/api/" + name + "/"
                            + operation.path("operationId").asString();
                    assertThat(list).contains("href=\"" + address + "\"");
                    Reply page = get(address).expect(200);
                    assertThat(Visitor.unescaped(page.text()))
                            .as(address)
                            .contains("<h1>" + operation.path("summary").asString() + "</h1>")
                            .contains("data-method=\"" + method.toUpperCase(Locale.ROOT) + "\" data-path=\""
                                    + path.getKey() + "\"");
                    for (String status : operation.path("responses").propertyNames()) {
                        assertThat(page.text()).as(address).contains("id=\"answer-" + status + "\"");
                    }
                    count++;
                }
            }
        }
        assertThat(count).isGreaterThan(10);
        assertThat(list.split("<span class=\"method", -1)).hasSize(count + 1);
    }

    @Test
    void every_field_of_an_operation_is_there_and_what_is_typed_in_has_no_name() {
        String page =
                get("/developers/api/events/createEvent").expect(200).text().replaceAll("\\s+", " ");

        String form = page.substring(page.indexOf("<form class=\"stack\" id=\"call\""), page.indexOf("</form>"));
        assertThat(form)
                .contains("data-in=\"header\" data-parameter=\"Idempotency-Key\"")
                .contains("&#34;type&#34;: &#34;invoice.paid&#34;".replace("&#34;", "\""))
                .contains("id=\"token\" type=\"password\" autocomplete=\"off\"")
                .doesNotContain(" name=")
                .doesNotContain(" action=");
        assertThat(page).contains("<option value=\"BEARER\" data-variable=\"HARBOR_SECRET_KEY\">API key</option>");
    }

    @Test
    void a_reader_who_is_signed_in_finds_a_workspace_of_theirs_in_the_example() {
        Reply page = Visitor.administrator(server)
                .get("/developers/api/events/createEvent")
                .expect(200);

        String workspace = Visitor.found(page, "ws_[0-9a-z]{20,}");
        assertThat(page.text()).doesNotContain("ws_018f3a2e4b9c\",\n  \"type");
        assertThat(server.admin().client().get("/admin/v1/workspaces?limit=100").text())
                .contains(workspace);
    }

    @Test
    void the_pages_are_open_and_say_nothing_about_an_organization() {
        Reply page = get("/developers/api/events/createEvent").expect(200);

        assertThat(page.text())
                .contains("href=\"/sign-in\"")
                .doesNotContain("/settings/members")
                .doesNotContain("form_token")
                .doesNotContain("Default organization");
        assertThat(page.header("Content-Security-Policy").orElseThrow())
                .contains("script-src 'self'")
                .contains("connect-src 'self'");
        assertThat(page.text()).doesNotContain("<script>").doesNotContain("style=\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/developers/api/unknown",
                "/developers/api/events/unknown",
                "/developers/api/events/%3Cscript%3Ealert(1)%3C%2Fscript%3E",
                "/developers/api/%3Cscript%3Ealert(1)%3C%2Fscript%3E",
                "/developers/api/..%2F..%2Fevents",
                "/developers/api/events/createEvent/more"
            })
    void what_is_not_there_is_told_on_a_page(String path) {
        assertThat(get(path).expect(404).text())
                .contains("There is nothing here")
                .doesNotContain("<script>alert");
        assertThat(Visitor.administrator(server).get(path).expect(404).text()).doesNotContain("<script>alert");
    }

    @Test
    void a_search_finds_operations_by_all_its_words_in_one_api_and_in_all() {
        assertThat(get("/developers/api?q=REPLAY+deliver").expect(200).text())
                .contains("href=\"/developers/api/events/replayDelivery\"")
                .contains("Events API")
                .doesNotContain("Harbor API of 2017");
        assertThat(get("/developers/api/harbor?q=post+robots").expect(200).text())
                .contains("<code>/api/v2.0/robots</code>")
                .doesNotContain("<code>/api/v2.0/labels</code>");
        assertThat(get("/developers/api/events?q=nothing-like-it").expect(200).text())
                .contains("No operation fits");
    }

    @Test
    void a_hostile_search_is_text() {
        String hostile = "%22%3E%3Cscript%3Ealert(1)%3C/script%3E%3Cimg%20src=x%20onerror=alert(1)%3E";
        for (String path : List.of("/developers/api?q=", "/developers/api/events?q=")) {
            assertThat(get(path + hostile).expect(200).text())
                    .doesNotContain("<script>alert")
                    .doesNotContain("<img src=x");
        }
        assertThat(get("/developers/api?q=" + "a".repeat(5_000)).expect(200).text())
                .doesNotContain("a".repeat(101));
    }

    @Test
    void the_explorer_of_2017_leads_here() {
        for (String path : List.of("/static/vendors/swagger/index.html", "/static/vendors/swagger/")) {
            Reply reply = get(path).expect(303);
            assertThat(reply.header("Location")).contains("/developers/api/harbor-2017");
        }
        assertThat(get("/developers/api/harbor-2017").expect(200).text())
                .contains("Harbor API of 2017")
                .contains("<code>/api/search</code>")
                .contains("href=\"/swagger.yaml\" download=\"swagger.yaml\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/swagger.yaml",
                "/docs/swagger.yaml",
                "/static/resources/yaml/swagger.yaml",
                "/static/vendors/swagger/swagger.yaml"
            })
    void swagger_yaml_describes_the_api_of_2017_in_the_words_of_its_time(String address) {
        JsonNode swagger = document(address);
        JsonNode openApi = document("/openapi/harbor-2017.yaml");

        assertThat(swagger.path("swagger").asString("")).isEqualTo("2.0");
        assertThat(operations(swagger)).isEqualTo(operations(openApi)).hasSizeGreaterThan(60);
        List<String> problems = new ArrayList<>();
        check(swagger, swagger, "", problems);
        assertThat(problems).isEmpty();
    }

    private static Set<String> operations(JsonNode document) {
        Set<String> operations = new TreeSet<>();
        document.path("paths")
                .properties()
                .forEach(path -> METHODS.stream()
                        .filter(path.getValue()::has)
                        .forEach(method -> operations.add(method + " " + path.getKey() + " "
                                + path.getValue()
                                        .path(method)
                                        .path("operationId")
                                        .asString(""))));
        return operations;
    }

    /** What Swagger 2.0 demands of the parts that differ from OpenAPI 3.1. */
    private static void check(JsonNode root, JsonNode node, String at, List<String> problems) {
        if (node.has("$ref")) {
            String reference = node.path("$ref").asString("");
            if (!reference.matches("#/(definitions|parameters|responses)/.*")
                    || root.at(reference.substring(1)).isMissingNode()) {
                problems.add(at + " refers to " + reference);
            }
        }
        for (String foreign :
                List.of("oneOf", "anyOf", "content", "requestBody", "components", "servers", "examples")) {
            if (node.has(foreign) && !at.endsWith("/properties")) {
                problems.add(at + " has " + foreign);
            }
        }
        if (node.path("in").isString()) {
            boolean body = node.path("in").asString().equals("body");
            String type = node.path("type").asString("");
            if (body != node.has("schema") || body == type.matches("string|number|integer|boolean|array")) {
                problems.add(at + " is no parameter");
            }
            if (node.path("in").asString().equals("path")
                    && !node.path("required").asBoolean(false)) {
                problems.add(at + " is not required");
            }
        }
        if (node.path("type").isArray()) {
            problems.add(at + " has several types");
        }
        node.properties().forEach(each -> check(root, each.getValue(), at + "/" + each.getKey(), problems));
        if (node.isArray()) {
            node.forEach(each -> check(root, each, at + "[]", problems));
        }
    }

    @Test
    void each_call_of_the_sdk_exists_in_it() throws java.io.IOException {
        Pattern call = Pattern.compile("harbor\\.(\\w+)\\.(\\w+)\\(.*\\)");
        List<String> calls = new ArrayList<>();
        document("/openapi/events.yaml")
                .path("paths")
                .forEach(path -> path.forEach(operation -> {
                    if (operation.has("x-sdk")) {
                        calls.add(operation.path("x-sdk").asString());
                    }
                }));
        assertThat(calls).hasSizeGreaterThan(10);
        for (String each : calls) {
            Matcher matcher = call.matcher(each);
            assertThat(matcher.matches()).as(each).isTrue();
            java.nio.file.Path source = java.nio.file.Path.of("../sdk/typescript/src/" + matcher.group(1) + ".ts");
            assertThat(java.nio.file.Files.readString(source)).as(each).contains("  async " + matcher.group(2) + "(");
        }
    }
}

package dev.breakwater.acceptance.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The answer to a request; header names are in lower case. */
public record Reply(int status, Map<String, List<String>> headers, byte[] body) {

    private static final JsonMapper JSON = new JsonMapper();

    /** The first value of a header. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(java.util.Locale.ROOT), List.of()).stream()
                .findFirst();
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    public JsonNode json() {
        return JSON.readTree(body);
    }

    /** A string at a dotted path, for example {@code error.code}. */
    public String string(String path) {
        return json().at("/" + path.replace('.', '/')).asString();
    }

    /** The ids of a page's items. */
    public List<String> ids() {
        return json().get("data")
                .valueStream()
                .map(item -> item.get("id").asString())
                .toList();
    }

    /** This reply, which has the expected status; otherwise the test fails and shows the body. */
    public Reply expect(int expected) {
        assertThat(status).as("status of the reply: %s", text()).isEqualTo(expected);
        return this;
    }

    /** The message of this error, which has the expected status and code. */
    public String expectError(int expected, String code) {
        expect(expected);
        assertThat(json().propertyNames()).containsExactly("error");
        JsonNode error = json().get("error");
        assertThat(error.get("code").asString()).isEqualTo(code);
        assertThat(error.get("request_id").asString()).matches("req_[0-9a-z]{12,32}");
        assertThat(header("Harbor-Request-Id").or(() -> header("X-Request-Id")))
                .contains(error.get("request_id").asString());
        return error.get("message").asString();
    }
}

package dev.breakwater.console.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SchemasTest {

    private static final JsonMapper JSON = new JsonMapper();

    private static final JsonNode ROOT = JSON.readTree("""
            {"components": {"schemas": {
              "Node": {"type": "object", "required": ["name"], "properties": {
                "name": {"type": "string"},
                "parts": {"type": "array", "items": {"$ref": "#/components/schemas/Node"}}}},
              "Lists": {"type": "array", "items": {"$ref": "#/components/schemas/Lists"}},
              "Loop": {"$ref": "#/components/schemas/Loop"},
              "Both": {"allOf": [
                {"$ref": "#/components/schemas/Node"},
                {"type": "object", "required": ["size"], "properties": {"size": {"type": "integer", "minimum": 3}}}]}}}}""");

    private final Schemas schemas = new Schemas(ROOT);

    private static JsonNode schema(String text) {
        return JSON.readTree(text);
    }

    private static JsonNode named(String name) {
        return schema("{\"$ref\": \"#/components/schemas/" + name + "\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\": \"string\"} | text",
                "{\"type\": \"string\", \"format\": \"date-time\"} | time",
                "{\"type\": [\"string\", \"null\"]} | text or null",
                "{\"type\": \"integer\", \"minimum\": 1, \"maximum\": 100} | integer from 1 to 100",
                "{\"enum\": [\"a\", \"b\"]} | one of a, b",
                "{\"const\": true} | always true",
                "{\"type\": \"array\", \"items\": {\"type\": \"boolean\"}} | list of true or false",
                "{\"anyOf\": [{\"type\": \"string\"}, {\"type\": \"null\"}]} | text or null"
            })
    void types_are_told_in_a_few_words(String schema, String words) {
        assertThat(schemas.type(schema(schema))).isEqualTo(words);
    }

    @Test
    void an_example_has_what_has_to_be_there_or_all_of_it() {
        assertThat(schemas.example(named("Both"), false)).isEqualTo(schema("{\"name\": \"text\", \"size\": 3}"));
        assertThat(schemas.example(schema("""
                {"type": "object", "properties": {"a": {"type": "string", "format": "email"}, "b": {"default": 7}}}"""), false))
                .isEqualTo(schema("{\"a\": \"somebody@example.com\", \"b\": 7}"));
    }

    @Test
    void what_contains_itself_comes_to_an_end() {
        assertThat(schemas.example(named("Node"), true).path("parts").isArray()).isTrue();
        assertThat(schemas.example(named("Lists"), true).isArray()).isTrue();
        assertThat(schemas.fields(named("Node")))
                .extracting(Field::name)
                .contains("name", "parts", "parts[].name")
                .hasSizeLessThan(20);
        assertThat(schemas.fields(named("Lists"))).isEmpty();
        assertThat(schemas.type(named("Loop"))).isNotNull();
    }

    @Test
    void fields_say_whether_they_are_always_there() {
        assertThat(schemas.fields(named("Both")))
                .extracting(Field::name, Field::required)
                .contains(
                        org.assertj.core.groups.Tuple.tuple("size", true),
                        org.assertj.core.groups.Tuple.tuple("parts", false));
    }
}

package dev.breakwater.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrettyJsonTest {

    @Test
    void each_member_has_a_line_of_its_own() {
        assertThat(PrettyJson.of("{\"a\":1,\"b\":[true,null,{\"c\":\"d\"}]}")).isEqualTo("""
                {
                  "a": 1,
                  "b": [
                    true,
                    null,
                    {
                      "c": "d"
                    }
                  ]
                }""");
    }

    @Test
    void what_is_empty_stays_on_its_line() {
        assertThat(PrettyJson.of("{\"a\":{},\"b\":[ ],\"c\":\"\"}")).isEqualTo("""
                {
                  "a": {},
                  "b": [],
                  "c": ""
                }""");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"text\": \"{not, : a [member]}\"}",
                "{\"text\": \"a \\\"quoted\\\" \\\\\"}",
                "{\"number\": 1.50e+400}",
                "{\"spaces\": \"  two  \\n\\u0020\"}",
                "[\"\\\\\", \"\\\\\\\"\"]"
            })
    void strings_and_numbers_stay_as_they_were_sent(String json) {
        assertThat(PrettyJson.of(json).replaceAll("\\n *", "").replace(",\"", ", \""))
                .isEqualTo(json);
    }

    @Test
    void a_second_time_changes_nothing() {
        String once = PrettyJson.of("{\"a\":[1,2,{\"b\":\"c : d\"}]}");

        assertThat(PrettyJson.of(once)).isEqualTo(once);
    }

    @Test
    void depth_costs_no_more_than_it_must() {
        String deep = "[".repeat(5_000) + "]".repeat(5_000);

        assertThat(PrettyJson.of(deep)).hasSizeLessThan(1_000_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "}", "[{\"a", "\"\\", "]]]", "{\"a\":"})
    void what_is_no_json_is_shown_all_the_same(String text) {
        assertThat(PrettyJson.of(text).replaceAll("[\\s]", "")).isEqualTo(text);
    }
}

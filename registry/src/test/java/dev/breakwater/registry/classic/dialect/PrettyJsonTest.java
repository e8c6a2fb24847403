package dev.breakwater.registry.classic.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PrettyJsonTest {

    private record Point(int x, List<Integer> rest) {}

    @Test
    void two_spaces_for_each_level_and_nothing_at_the_end() {
        assertThat(PrettyJson.text(List.of(new Point(1, List.of()), new Point(2, List.of(3, 4)))))
                .isEqualTo("""
                [
                  {
                    "x": 1,
                    "rest": []
                  },
                  {
                    "x": 2,
                    "rest": [
                      3,
                      4
                    ]
                  }
                ]""");
        assertThat(PrettyJson.text(Map.of())).isEqualTo("{}");
        assertThat(PrettyJson.text(List.of())).isEqualTo("[]");
        assertThat(PrettyJson.text(true)).isEqualTo("true");
    }

    @Test
    void what_means_something_in_html_is_escaped_and_the_rest_is_itself() {
        assertThat(PrettyJson.text(new TreeMap<>(Map.of("<a>", "x & \"y\" ü \u2028 \\ \n 😀"))))
                .isEqualTo("""
                {
                  "\\u003ca\\u003e": "x \\u0026 \\"y\\" ü \\u2028 \\\\ \\n 😀"
                }""");
    }
}

package dev.breakwater.registry.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.kernel.json.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The platforms of indexes and images. */
class PlatformsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"os\":\"linux\",\"architecture\":\"amd64\"}                    | linux/amd64",
                "{\"os\":\"linux\",\"architecture\":\"arm64\",\"variant\":\"v8\"} | linux/arm64/v8",
                "{\"os\":\"unknown\",\"architecture\":\"unknown\"}                | ~~",
                "{\"architecture\":\"amd64\"}                                     | ~~",
                "{\"os\":5}                                                       | 5",
                "null                                                             | ~~"
            })
    void a_platform_is_spelled_as_command_lines_do(String json, String name) {
        assertThat(Platforms.name(Json.mapper().readTree(json))).isEqualTo(name);
    }

    @Test
    void attestations_are_no_platforms() {
        String index = """
                {"manifests": [{"platform": {"os": "linux", "architecture": "amd64"}},
                  {"platform": {"os": "unknown", "architecture": "unknown"}}, {}]}""";

        assertThat(Platforms.count(index.getBytes(StandardCharsets.UTF_8))).isEqualTo(1);
        assertThat(Platforms.count("no JSON".getBytes(StandardCharsets.UTF_8))).isZero();
    }
}

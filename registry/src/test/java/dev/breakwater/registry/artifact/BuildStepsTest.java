package dev.breakwater.registry.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.kernel.json.Json;
import dev.breakwater.registry.ArtifactRegister.Layer;
import dev.breakwater.registry.ArtifactRegister.Step;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which step of a build made which layer. */
class BuildStepsTest {

    private static final Layer GROUND = new Layer("sha256:a", "tar", 1);
    private static final Layer PROGRAM = new Layer("sha256:b", "tar", 2);

    private static List<Step> steps(String history) {
        return BuildSteps.of(Json.mapper().readTree(history), List.of(GROUND, PROGRAM));
    }

    @Test
    void each_step_that_made_a_layer_stands_beside_it() {
        assertThat(steps("""
                        [{"created_by": "ADD a"}, {"created_by": "ENV b", "empty_layer": true},
                         {"created_by": "RUN c", "empty_layer": false}, {"created_by": "CMD d", "empty_layer": true}]"""))
                .containsExactly(
                        new Step("ADD a", GROUND),
                        new Step("ENV b", null),
                        new Step("RUN c", PROGRAM),
                        new Step("CMD d", null));
    }

    @Test
    void a_step_that_says_nothing_keeps_its_place() {
        assertThat(steps("[{}, {\"comment\": \"imported\"}]"))
                .containsExactly(new Step("", GROUND), new Step("imported", PROGRAM));
    }

    @Test
    void layers_stand_alone_when_the_history_has_another_number_of_them() {
        List<Step> alone = List.of(new Step("", GROUND), new Step("", PROGRAM));

        assertThat(steps("[{\"created_by\": \"ADD a\"}]")).isEqualTo(alone);
        assertThat(steps("[{}, {}, {}]")).isEqualTo(alone);
        assertThat(steps("[]")).isEqualTo(alone);
        assertThat(steps("{\"created_by\": 1}")).isEqualTo(alone);
        assertThat(steps("\"none\"")).isEqualTo(alone);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "/bin/sh -c #(nop)  CMD [\"sh\"]    | CMD [\"sh\"]",
                "/bin/sh -c apk add curl            | RUN apk add curl",
                "RUN /bin/sh -c make # buildkit     | RUN make",
                "COPY . /app # buildkit             | COPY . /app",
                "~|1 VERSION=3 /bin/sh -c make all~ | RUN make all",
                "bazel build ...                    | bazel build ...",
                "~~                                 | ~~"
            })
    void an_instruction_is_spelled_as_the_build_file_did(String noted, String shown) {
        assertThat(BuildSteps.instruction(noted)).isEqualTo(shown);
    }

    @Test
    void a_very_tooLonginstruction_is_cut() {
        String tooLong = "RUN " + "x".repeat(10_000);

        String shown = BuildSteps.of(Json.mapper().readTree("[{\"created_by\": \"" + tooLong + "\"}]"), List.of(GROUND))
                .getFirst()
                .instruction();

        assertThat(shown).hasSize(4_001).endsWith("…");
    }
}

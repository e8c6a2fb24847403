package dev.breakwater.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.kernel.failure.Failure;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How pages spell numbers, times, problems and what they say about a change. */
class WordsTest {

    @Test
    void numbers_have_commas_and_their_thing_in_the_right_number() {
        assertThat(Numbers.text(1_234_567)).isEqualTo("1,234,567");
        assertThat(Numbers.of(1, "image", "images")).isEqualTo("1 image");
        assertThat(Numbers.of(0, "image", "images")).isEqualTo("0 images");
        assertThat(Numbers.of(2_000, "image", "images")).isEqualTo("2,000 images");
    }

    @Test
    void times_are_for_programs_and_for_people() {
        Instant at = Instant.parse("2026-05-25T12:00:00Z");

        assertThat(Times.iso(at)).isEqualTo("2026-05-25T12:00:00Z");
        assertThat(Times.text(at)).isEqualTo("2026-05-25 12:00:00 UTC");
        assertThat(Times.length(999)).isEqualTo("999 ms");
        assertThat(Times.length(1_000)).isEqualTo("1.0 s");
        assertThat(Times.length(12_340)).isEqualTo("12.3 s");
    }

    @Test
    void a_problem_stands_beside_its_field_without_naming_it_again() {
        Problem problem = Problem.of(new Failure.Invalid("url", "Invalid value for url: must be https."));

        assertThat(problem.text()).isEqualTo("Must be https.");
        assertThat(problem.concerns("url")).isTrue();
        assertThat(problem.concerns("events")).isFalse();
        assertThat(Problem.of(new Failure.Invalid("Nothing fits.")).text()).isEqualTo("Nothing fits.");
        assertThat(Problem.of(new Failure.Invalid("Nothing fits.")).concerns("url"))
                .isFalse();
    }

    @Test
    void a_notice_is_known_by_its_code_alone() {
        for (Notice notice : Notice.values()) {
            assertThat(notice.code()).matches("[a-z]+(-[a-z]+)*");
            assertThat(Notice.of(Optional.of(notice.code()))).contains(notice);
        }
        assertThat(Arrays.stream(Notice.values()).map(Notice::text)).doesNotHaveDuplicates();
        assertThat(Notice.of(Optional.of("<script>"))).isEmpty();
        assertThat(Notice.of(Optional.empty())).isEmpty();
    }
}

package dev.breakwater.acceptance.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CoverageReportTest {

    private final CoverageReport report = new CoverageReport();

    @Test
    void counts_lines_with_a_test_that_passed() {
        report.note("registry", new int[] {1, 2, 3}, true);
        report.note("registry", new int[] {194}, true);

        assertThat(report.text())
                .contains("registry 3/214 of the lines that are due, 4/221 in all")
                .contains("not proven: 4-193, 197, 199")
                .contains("delivery 0/180");
    }

    @Test
    void does_not_count_a_line_that_one_of_its_tests_disproves() {
        report.note("events", new int[] {1, 2}, true);
        report.note("events", new int[] {2}, false);

        assertThat(report.text())
                .contains("events 1/103")
                .contains("not proven: 2-103")
                .contains("with a test that failed: 2");
    }

    @Test
    void refuses_lines_that_do_not_exist() {
        assertThatThrownBy(() -> report.note("events", new int[] {104}, true)).hasMessageContaining("no line 104");
    }

    @Test
    void writes_neighbours_as_ranges() {
        assertThat(CoverageReport.ranges(List.of(1, 3, 4, 5, 9, 10))).isEqualTo("1, 3-5, 9-10");
    }
}

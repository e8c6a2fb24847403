package dev.breakwater.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {

    private final Report report = new Report();

    @Test
    void aRowSaysWhatWasMeasuredAndWhetherItIsEnough() {
        report.add(List.of(
                Figure.judged("rate", 19_999, "events/s", new Bar.AtLeast(20_000)),
                Figure.judged("p99", 25, "ms", new Bar.AtMost(25)),
                Figure.plain("p50", 1.234, "ms"),
                Figure.missing("drain", "no webhooks")));

        assertThat(report.markdown(Map.of("Machine", "2 cores")).lines())
                .contains(
                        "| rate | 19,999 events/s | ≥ 20,000 events/s | **no** |  |",
                        "| p99 | 25.0 ms | ≤ 25 ms | yes |  |",
                        "| p50 | 1.23 ms |  |  |  |",
                        "| drain | not measured |  | **no** | no webhooks |",
                        "- Machine: 2 cores");
    }
}

package dev.breakwater.console.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChartTest {

    private static final Chart.Series<Long> BARS = new Chart.Series<>("bar", Long::longValue);

    @Test
    void the_highest_bar_fills_the_chart_and_the_others_are_in_proportion() {
        Chart chart = Chart.of(List.of(0L, 50L, 100L), BARS);

        assertThat(chart.highest()).isEqualTo(100);
        assertThat(chart.total()).isEqualTo(150);
        assertThat(chart.bars())
                .containsExactly(
                        new Chart.Bar("200.0", "45.0", "144.0", "45.0", "bar"),
                        new Chart.Bar("400.0", "0.0", "144.0", "90.0", "bar"));
    }

    @Test
    void series_stand_on_each_other() {
        Chart chart = Chart.of(List.of(40L), new Chart.Series<>("failed", each -> 10L), BARS);

        assertThat(chart.highest()).isEqualTo(50);
        assertThat(chart.bars())
                .extracting(Chart.Bar::kind, Chart.Bar::y, Chart.Bar::height)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("failed", "72.0", "18.0"),
                        org.assertj.core.groups.Tuple.tuple("bar", "0.0", "72.0"));
    }

    @Test
    void one_of_very_many_is_still_seen() {
        Chart chart = Chart.of(List.of(1L, 1_000_000L), BARS);

        assertThat(chart.bars().getFirst().height()).isEqualTo("1.5");
    }

    @Test
    void nothing_is_drawn_of_nothing() {
        assertThat(Chart.of(List.of(0L, 0L), BARS)).isEqualTo(new Chart(List.of(), 0, 0));
        assertThat(Chart.of(List.<Long>of(), BARS)).isEqualTo(new Chart(List.of(), 0, 0));
    }
}

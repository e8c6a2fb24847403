package dev.breakwater.bench.events;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimelineTest {

    private final Timeline timeline = new Timeline(100, 10);

    @Test
    void latencyCountsFromTheAnswerToTheArrival() {
        timeline.answered(100, 201, 1_000, String::new);
        timeline.arrived(100, 4_000);

        assertThat(timeline.acceptanceToArrival().getMaxValue()).isBetween(2_990L, 3_010L);
    }

    @Test
    void aDeliveryThatOvertakesTheAnswerTookNoTime() {
        timeline.arrived(100, 900);
        timeline.answered(100, 201, 1_000, String::new);

        assertThat(timeline.acceptanceToArrival().getMaxValue()).isZero();
    }

    @Test
    void whatWasAcceptedAndHasNotArrivedIsMissing() {
        timeline.answered(100, 201, 1_000, String::new);
        timeline.answered(101, 201, 1_000, String::new);
        timeline.answered(102, 503, 1_000, String::new);
        timeline.arrived(100, 1_100);

        assertThat(timeline.acceptedCount()).isEqualTo(2);
        assertThat(timeline.missing()).isEqualTo(1);
    }

    @Test
    void aSecondDeliveryIsADuplicateAndNoFurtherArrival() {
        timeline.arrived(100, 1_100);
        timeline.arrived(100, 1_200);

        assertThat(timeline.arrivedCount()).isEqualTo(1);
        assertThat(timeline.duplicates()).isEqualTo(1);
        assertThat(timeline.lastArrival()).isEqualTo(1_100);
    }

    @Test
    void eventsOfOtherRoundsDoNotCount() {
        timeline.arrived(99, 1_000);
        timeline.arrived(110, 1_000);
        timeline.arrived(-1, 1_000);

        assertThat(timeline.arrivedCount()).isZero();
    }
}

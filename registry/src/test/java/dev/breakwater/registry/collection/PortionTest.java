package dev.breakwater.registry.collection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PortionTest {

    private final Portion portion = new Portion();

    private int after(int millis) {
        portion.adapt(Duration.ofMillis(millis).toNanos());
        return portion.size();
    }

    @Test
    void stepsThatTakeNoTimeGrow() {
        assertThat(portion.size()).isEqualTo(5);
        assertThat(after(0)).isEqualTo(10);
        assertThat(after(1)).isEqualTo(20);
        assertThat(after(2)).isEqualTo(40);
        assertThat(after(2)).isEqualTo(50);
        assertThat(after(2)).isEqualTo(50);
    }

    @Test
    void stepsThatTakeLongShrink() {
        after(1);
        after(1);

        assertThat(after(4)).as("neither short nor long").isEqualTo(20);
        assertThat(after(50)).isEqualTo(10);
        assertThat(after(50)).isEqualTo(5);
        assertThat(after(50)).isEqualTo(5);
    }

    @Test
    void aStepIsToldHowMuchItMayDo() {
        int told = portion.rested(most -> most);
        assertThat(told).isEqualTo(5);
    }
}

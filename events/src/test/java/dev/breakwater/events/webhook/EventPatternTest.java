package dev.breakwater.events.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of types and the patterns that select them (events.md 8.2, 9.2). */
class EventPatternTest {

    @ParameterizedTest
    @ValueSource(strings = {"order.shipped", "a", "A-1_b.c.d", "invoice.paid.v2"})
    void acceptsTypes(String type) {
        assertThat(EventPattern.isType(type)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".a", "a.", "a..b", "a b", "order.*", "*", "é", "a\n"})
    void refusesWhatIsNoType(String text) {
        assertThat(EventPattern.isType(text)).isFalse();
    }

    @Test
    void bounds128Characters() {
        assertThat(EventPattern.isType("a".repeat(128))).isTrue();
        assertThat(EventPattern.isType("a".repeat(129))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"**", "*.a", "a.*.b", "a*", ".*", "a.**"})
    void allowsTheStarOnlyAloneOrAsTheLastSegment(String pattern) {
        assertThat(EventPattern.isPattern(pattern)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "*, anything.at.all, true",
        "order.*, order.shipped, true",
        "order.*, order.line.added, true",
        "order.*, order, false",
        "order.*, orders.x, false",
        "order.shipped, order.shipped, true",
        "order.shipped, order.Shipped, false",
        "order.shipped, order.shipped.late, false"
    })
    void selects(String pattern, String type, boolean selected) {
        assertThat(EventPattern.isPattern(pattern)).isTrue();
        assertThat(EventPattern.matches(pattern, type)).isEqualTo(selected);
    }
}

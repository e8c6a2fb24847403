package dev.breakwater.registry.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.breakwater.kernel.failure.Failure;
import java.time.Instant;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnsTest {

    private static final Columns COLUMNS = new Columns("p.id")
            .text("name", "p.name")
            .number("size", "p.size")
            .time("creation_time", "p.created_at")
            .truth("public", "p.public");

    private static Condition of(String query) {
        return COLUMNS.condition(ListQuery.parse(query));
    }

    @Test
    void values_are_bound_and_never_part_of_the_sql() {
        Condition condition = of("name=x' OR true --,size=[1~2],nothing=3");

        assertThat(condition.sql()).doesNotContain("OR true", "nothing");
        assertThat(condition.values().values()).containsExactlyInAnyOrder("x' OR true --", 1L, 2L);
    }

    @Test
    void times_and_truths_are_read() {
        assertThat(of("creation_time=[2026-07-01T09:07:52~]").values())
                .isEqualTo(Map.of("q_0", Instant.parse("2026-07-01T09:07:52Z")));
        assertThat(of("creation_time=2026-07-01 09:07:52").values())
                .isEqualTo(Map.of("q_0", Instant.parse("2026-07-01T09:07:52Z")));
        assertThat(of("public=true").values()).isEqualTo(Map.of("q_0", true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"size=x", "size=1.5", "creation_time=yesterday", "public=maybe", "size={1 x}"})
    void values_of_the_wrong_kind_are_refused(String query) {
        assertThatExceptionOfType(Failure.Invalid.class)
                .isThrownBy(() -> of(query))
                .withMessageStartingWith("invalid query string value: ");
    }

    @Test
    void an_order_ends_with_what_tells_rows_apart() {
        assertThat(COLUMNS.order("name,-size", "p.name")).isEqualTo(" ORDER BY p.name, p.size DESC, p.id");
        assertThat(COLUMNS.order("", "p.name")).isEqualTo(" ORDER BY p.name, p.id");
    }

    @Property
    void an_order_holds_nothing_that_was_sent(@ForAll String sort) {
        assertThat(COLUMNS.order(sort, "p.name").replaceAll("ORDER BY|DESC|p\\.[a-z_]+|[ ,]", ""))
                .isEmpty();
    }
}

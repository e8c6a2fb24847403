package dev.breakwater.console.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Page;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {

    private static final String EVENT = "evt_01m8a9x8nwe00a131jx81pe3wv";

    @Test
    void what_was_left_empty_is_absent() {
        Query query = Asked.query("/events?type=&from=+&until=%20x%20");

        assertThat(query.optional("type")).isEmpty();
        assertThat(query.optional("from")).isEmpty();
        assertThat(query.optional("missing")).isEmpty();
        assertThat(query.optional("until")).contains("x");
        assertThat(query.shown("type")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-05-25T12:00,2026-05-25T12:00:00Z",
        "2026-05-25T12:00:30,2026-05-25T12:00:30Z",
        "2026-05-25T12:00:00Z,2026-05-25T12:00:00Z",
        "2026-05-25T12:00:00%2B02:00,2026-05-25T10:00:00Z"
    })
    void times_are_in_utc_unless_they_say_otherwise(String sent, String meant) {
        assertThat(Asked.query("/events?from=" + sent).time("from")).contains(Instant.parse(meant));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "soon",
                "2026-13-01T00:00",
                "2026-05-25",
                "12:00",
                "2026-05-25T25:00Z",
                "1969-12-31T00:00",
                "%2B12026-01-01T00:00"
            })
    void a_time_that_is_none_names_its_field(String sent) {
        assertThatThrownBy(() -> Asked.query("/events?from=" + sent).time("from"))
                .isInstanceOfSatisfying(
                        Failure.Invalid.class,
                        wrong -> assertThat(wrong.param()).isEqualTo("from"));
    }

    @Test
    void the_way_to_the_next_page_keeps_the_filters_and_drops_what_was_of_this_one() {
        Query query = Asked.query("/events?type=order.*&notice=event-posted&starting_after=" + EVENT);

        Pager pager = Pager.of(query, new Page<>(List.of(), Optional.of("evt_next")));

        assertThat(query.first()).isFalse();
        assertThat(pager.newest()).contains("/events?type=order.*");
        assertThat(pager.older()).contains("/events?type=order.*&starting_after=evt_next");
        assertThat(pager.single()).isFalse();
    }

    @Test
    void a_list_on_one_page_leads_nowhere() {
        Query query = Asked.query("/events");

        assertThat(query.first()).isTrue();
        assertThat(query.from(Optional.of("evt_next"))).isEqualTo("/events?starting_after=evt_next");
        assertThat(Pager.of(query, new Page<>(List.of(), Optional.empty())).single())
                .isTrue();
    }

    @Test
    void a_cursor_has_to_be_one_of_the_list() {
        assertThat(Asked.query("/events?starting_after=" + EVENT).page("evt").after())
                .isNotNull();
        assertThat(Asked.query("/events").page("evt").after()).isNull();
        for (String cursor : List.of("x", "del_01m8a9x8nwe00a131jx81pe3wv", "evt_", "evt_01m8a9x8nwe00a131jx81pe3w!")) {
            assertThatThrownBy(() ->
                            Asked.query("/events?starting_after=" + cursor).page("evt"))
                    .isInstanceOf(Failure.Invalid.class);
        }
    }

    @Test
    void a_text_a_choice_and_an_id_name_their_field_when_they_are_wrong() {
        Query wrong =
                Asked.query("/events?search=" + "x".repeat(301) + "&status=lost&event=del_01m8a9x8nwe00a131jx81pe3wv");
        Query good = Asked.query("/events?search=" + "x".repeat(300) + "&status=failed&event=" + EVENT);

        assertThat(good.text("search")).isPresent();
        assertThat(good.choice("status", List.of("failed"))).contains("failed");
        assertThat(good.id("event", "evt")).contains(EVENT);
        assertThat(problem(() -> wrong.text("search"))).startsWith("search: This is too long.");
        assertThat(problem(() -> wrong.choice("status", List.of("failed", "held"))))
                .isEqualTo("status: Choose one of these: failed, held.");
        assertThat(problem(() -> wrong.id("event", "evt"))).contains("begins with evt_");
    }

    private static String problem(Runnable read) {
        Listed<Object> listed = Listed.of(Asked.query("/events"), () -> {
            read.run();
            return new Page<>(List.of(), Optional.empty());
        });
        Problem problem = Objects.requireNonNull(listed.problem());
        return problem.field() + ": " + problem.text();
    }

    @Test
    void the_whole_list_is_that_of_the_same_workspace_unless_that_was_wrong() {
        Query query = Asked.query("/events?organization=acme&workspace=ws_1&type=order.*&starting_after=" + EVENT);

        assertThat(query.whole(null)).isEqualTo("/events?organization=acme&workspace=ws_1");
        assertThat(query.whole("workspace")).isEqualTo("/events?organization=acme");
    }

    @Test
    void a_field_for_times_shows_only_what_a_browser_can_show_in_it() {
        assertThat(Stream.of("", "2026-05-25T12:00", "2026-05-25T12:00:30")).allMatch(Query::fitsTimeField);
        assertThat(Stream.of("yesterday", "2026-05-25T12:00Z", "2026-05-25")).noneMatch(Query::fitsTimeField);
    }
}

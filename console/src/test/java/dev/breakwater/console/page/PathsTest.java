package dev.breakwater.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathsTest {

    @Test
    void parameters_are_joined_and_encoded() {
        assertThat(Paths.with("/events", "type", "order.* & more")).isEqualTo("/events?type=order.*+%26+more");
        assertThat(Paths.with("/events?type=a", "organization", "acme")).isEqualTo("/events?type=a&organization=acme");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/events", "/events?type=a&from=2026-01-01T00:00", "/projects/a%20b", "/sign"})
    void own_pages_are_returned_to(String path) {
        assertThat(Paths.own(path)).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "events",
                "https://evil.example/",
                "//evil.example/",
                "/\\evil.example",
                "/a\\b",
                "\\\\evil.example",
                "/\tevil",
                "/\nSet-Cookie: a=b",
                "/ä",
                "/sign-out",
                "/sign-in?next=/",
                " /events"
            })
    void everything_else_leads_to_the_first_page(String path) {
        assertThat(Paths.own(path)).isEqualTo("/");
    }

    @Test
    void an_address_that_is_too_long_leads_to_the_first_page() {
        assertThat(Paths.own("/" + "a".repeat(1_999))).hasSize(2_000);
        assertThat(Paths.own("/" + "a".repeat(2_000))).isEqualTo("/");
    }
}

package dev.breakwater.console.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.console.page.Markdown;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuideLibraryTest {

    private final GuideLibrary library = new GuideLibrary(new Markdown());

    @ParameterizedTest
    @CsvSource({
        "events, operations.md, /developers/guides/operations",
        "events, registry.md#replication, /developers/guides/registry#replication",
        "events, ../sdk/typescript/README.md, /developers/guides/sdk/README",
        "events, examples/Receiver.java, /developers/guides/examples/Receiver.java",
        "registry, adr, /developers/guides#decisions",
        "adr/0002-group-commit-in-one-statement, ../benchmarks.md, /developers/guides/benchmarks",
        "adr/README, 0001-one-process-plain-java.md, /developers/guides/adr/0001-one-process-plain-java",
        "sdk/README, ../../docs/events.md, /developers/guides/events",
        "events, #limits, #limits",
        "events, https://example.com/a.md, https://example.com/a.md"
    })
    void links_between_files_become_links_between_pages(String from, String link, String address) {
        assertThat(library.address(from, link)).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../CONTRIBUTING.md", "unknown.md", "../../../etc/passwd", "images/none.png"})
    void what_is_no_guide_is_not_linked_to(String link) {
        assertThat(library.address("events", link)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "../assets/console", "adr/../events", "events.md", "adr/x/y", "/events", "a\nb"})
    void no_other_file_is_found(String name) {
        assertThat(library.find(name)).isEmpty();
        assertThat(library.beside(name)).isEmpty();
    }

    @Test
    void the_guides_and_the_decisions_are_there() {
        assertThat(library.guides()).extracting(Guide::title).contains("Events and webhooks", "Running Breakwater");
        assertThat(library.decisions()).hasSizeGreaterThan(10);
    }
}

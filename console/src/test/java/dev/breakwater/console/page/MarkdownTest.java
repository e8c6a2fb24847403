package dev.breakwater.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkdownTest {

    private final Markdown markdown = new Markdown();

    private Markdown.Document document(String text) {
        return markdown.document(text, UnaryOperator.identity());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "a <img src=x onerror=alert(1)> b",
                "```\n</pre><script>alert(1)</script>\n```",
                "`<script>alert(1)</script>`",
                "# <script>alert(1)</script>",
                "| <script> |\n| --- |\n| <img src=x> |",
                "<!-- a --><script>alert(1)</script>"
            })
    void html_is_text(String text) {
        assertThat(document(text).html()).doesNotContain("<script").doesNotContain("<img");
        assertThat(markdown.html(text)).doesNotContain("<script").doesNotContain("<img");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[a](javascript:alert(1))",
                "[a](JaVaScRiPt:alert(1))",
                "[a](data:text/html,x)",
                "![a](javascript:alert(1))",
                "<javascript:alert(1)>"
            })
    void an_address_that_runs_something_leads_nowhere(String text) {
        assertThat(document(text).html()).doesNotContainPattern("(?i)(href|src)=\"(javascript|data):");
        assertThat(markdown.html(text)).doesNotContainPattern("(?i)(href|src)=\"(javascript|data):");
    }

    @Test
    void a_piece_of_one_paragraph_has_no_element_around_it() {
        assertThat(markdown.inline("Only `this`.")).isEqualTo("Only <code>this</code>.");
        assertThat(markdown.inline("One.\n\nTwo.")).isEqualTo("<p>One.</p>\n<p>Two.</p>");
    }

    @Test
    void headings_are_named_as_the_hosts_of_source_code_do() {
        Markdown.Document document = document("# A\n## What it needs, and `why`\n## Why?\n## Why\n");

        assertThat(document.sections())
                .extracting(Markdown.Section::anchor)
                .containsExactly("a", "what-it-needs-and-why", "why", "why-1");
        assertThat(document.html()).contains("<h2 id=\"why-1\">Why</h2>");
    }

    @Test
    void a_second_title_is_a_chapter() {
        assertThat(document("# A\n## B\n# C\n## D\n").sections())
                .extracting(Markdown.Section::level)
                .containsExactly(1, 2, 2, 3);
    }

    @Test
    void comments_are_left_out_and_code_can_be_copied() {
        assertThat(document("# A\n\n<!-- made by hand -->\n\n```sh\nls | wc\n```\n")
                        .html())
                .doesNotContain("made by hand")
                .contains("<pre id=\"code-1\" tabindex=\"0\">ls | wc</pre>")
                .contains("data-copy=\"code-1\"");
    }

    @Test
    void a_link_that_leads_nowhere_is_only_its_text() {
        assertThat(markdown.document("See [the *source*](../x.java).", link -> "")
                        .html())
                .isEqualTo("<p>See the <em>source</em>.</p>\n");
    }
}

package dev.breakwater.acceptance.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guides and decision records of the source tree, as pages. */
@WithServer
class GuidesTest {

    private static final Path DOCS = Path.of("../docs");
    private static final Pattern LINK = Pattern.compile("(?:href|src)=\"(/developers/guides[^\"]*|#[^\"]*)\"");

    private final TestServer server;

    GuidesTest(TestServer server) {
        this.server = server;
    }

    private Reply get(String path) {
        return server.client().get(path);
    }

    @Test
    void every_file_of_the_docs_is_listed() throws IOException {
        String list = get("/developers/guides").expect(200).text();

        assertThat(list).contains("href=\"/developers/guides/sdk/README\"");
        for (String folder : List.of("", "adr")) {
            try (Stream<Path> files = Files.list(DOCS.resolve(folder))) {
                List<String> names = files.map(DOCS::relativize)
                        .map(Path::toString)
                        .filter(name -> name.endsWith(".md") && !name.endsWith("README.md"))
                        .toList();
                assertThat(names).isNotEmpty();
                for (String name : names) {
                    assertThat(list).contains("href=\"/developers/guides/" + name.replace(".md", "") + "\"");
                }
            }
        }
    }

    @Test
    void every_link_between_guides_leads_to_a_page_and_a_heading() {
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of("/developers/guides"));
        List<String> problems = new ArrayList<>();
        while (!open.isEmpty()) {
            String path = open.pop();
            Reply page = get(path);
            if (page.status() != 200) {
                problems.add(path + " is " + page.status());
                continue;
            }
            LINK.matcher(page.text())
                    .results()
                    .map(each -> each.group(1))
                    .distinct()
                    .forEach(link -> {
                        String target = link.startsWith("#") ? path : link.split("#", 2)[0];
                        if (link.contains("#")) {
                            String anchor = link.substring(link.indexOf('#') + 1);
                            if (!get(target).text().contains("id=\"" + anchor + "\"")) {
                                problems.add(path + " links to " + link);
                            }
                        }
                        if (seen.add(target)) {
                            open.push(target);
                        }
                    });
        }
        assertThat(problems).isEmpty();
        assertThat(seen).hasSizeGreaterThan(20).contains("/developers/guides/examples/Receiver.java");
    }

    @Test
    void a_guide_has_its_contents_its_code_and_its_tables_and_nothing_is_html_by_itself() {
        String page = get("/developers/guides/events").expect(200).text();

        assertThat(page)
                .contains("<nav class=\"contents\" aria-label=\"Contents\">")
                .contains("<a href=\"#posting-events\">Posting events</a>")
                .contains("<h2 id=\"posting-events\">Posting events</h2>")
                .containsPattern("<pre id=\"code-1\" tabindex=\"0\">")
                .contains("<div class=\"sideways\" tabindex=\"0\"><table>")
                .contains("<a href=\"/developers/guides/sdk/README\">");
        assertThat(get("/developers/guides/configuration").expect(200).text()).doesNotContain("!--");
    }

    @Test
    void an_example_can_be_had_as_it_lies_in_the_source_tree() throws IOException {
        Reply file = get("/developers/guides/examples/Receiver.java").expect(200);

        assertThat(file.header("Content-Type")).contains("text/plain; charset=utf-8");
        assertThat(file.body()).isEqualTo(Files.readAllBytes(DOCS.resolve("examples/Receiver.java")));
    }

    @Test
    void readers_who_are_signed_in_keep_their_navigation() {
        assertThat(Visitor.administrator(server)
                        .get("/developers/guides/registry")
                        .expect(200)
                        .text())
                .contains("href=\"/settings/keys\"")
                .contains("aria-current=\"page\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/developers/guides/unknown",
                "/developers/guides/..%2F..%2Fassets%2Fconsole",
                "/developers/guides/adr/..%2Fevents",
                "/developers/guides/images/..%2Fevents.md",
                "/developers/guides/images/unknown.png",
                "/developers/guides/examples/Receiver.class",
                "/developers/guides/%3Cscript%3E",
                "/developers/guides/events.md"
            })
    void what_is_no_guide_is_told_on_a_page(String path) {
        assertThat(get(path).expect(404).text())
                .contains("There is nothing here")
                .doesNotContain("<script>alert");
    }
}

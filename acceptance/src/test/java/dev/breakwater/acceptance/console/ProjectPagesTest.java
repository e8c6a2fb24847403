package dev.breakwater.acceptance.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /projects}: the list, making one, who may pull from it, and deleting it. */
@WithServer
class ProjectPagesTest {

    private final TestServer server;
    private Visitor visitor;

    ProjectPagesTest(TestServer server) {
        this.server = server;
        visitor = new Visitor(server);
    }

    @BeforeEach
    void signIn() {
        visitor = Visitor.administrator(server);
    }

    private Reply create(String name, String visibility) {
        return visitor.submit(
                visitor.get("/projects/new").expect(200), "/projects", "name", name, "visibility", visibility);
    }

    @Test
    void a_project_is_made_opened_and_deleted() {
        Reply made = visitor.follow(create("made-by-hand", "private"));

        assertThat(made.text())
                .contains("The project is made.")
                .contains("<h1 class=\"break\">made-by-hand <span class=\"pill plain \">private</span></h1>")
                .contains("docker login " + server.url().getAuthority())
                .contains("docker push " + server.url().getAuthority() + "/made-by-hand/alpine:latest");

        Reply settings = visitor.get("/projects/made-by-hand/settings").expect(200);
        Reply opened =
                visitor.follow(visitor.submit(settings, "/projects/made-by-hand/settings", "visibility", "public"));

        assertThat(opened.text()).contains("The project is saved.").contains(">public</span></h1>");
        server.client().get("/v2/made-by-hand/none/tags/list").expect(401);

        Reply deleted = visitor.follow(visitor.submit(opened, "/projects/made-by-hand/delete"));

        assertThat(deleted.text()).contains("The project is deleted. Its name is free again.");
        visitor.get("/projects/made-by-hand").expect(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Upper", "a b", "-a", "a..b", "a/b", "<script>", ""})
    void a_name_that_cannot_be_is_told_beside_its_field(String name) {
        Reply reply = create(name, "public").expect(400);

        assertThat(reply.text())
                .contains("id=\"problem-name\"")
                .contains("Use lower-case letters and digits")
                .contains("name=\"visibility\" value=\"public\" checked")
                .doesNotContain("<script>");
    }

    @Test
    void a_name_that_is_taken_is_told() {
        create("taken-twice", "private").expect(303);

        assertThat(create("taken-twice", "private").expect(409).text())
                .contains("The name taken-twice is taken.")
                .contains("value=\"taken-twice\"");
    }

    @Test
    void a_project_that_holds_something_is_not_deleted() {
        Registered shelf = Registered.in(server);
        shelf.image("app", "v1");

        Reply settings = visitor.get(shelf.page("/settings")).expect(200);

        assertThat(settings.text())
                .contains("Delete its repositories")
                .doesNotContain("action=\"" + shelf.page("/delete") + "\"");
        Reply refused = visitor.post(
                shelf.page("/delete"),
                "form_token=" + Visitor.hidden(settings, "form_token") + "&organization=default");
        assertThat(refused.expect(409).text()).contains("The project still has repositories. Delete them first.");
        visitor.get(shelf.page("")).expect(200);
    }

    @Test
    void the_list_is_searched_and_goes_on_page_by_page() {
        List<String> made =
                IntStream.range(0, 27).mapToObj("paged-%02d"::formatted).toList();
        made.forEach(name -> create(name, "private").expect(303));

        Reply first = visitor.get("/projects?name=PAGED-").expect(200);
        Reply second = visitor.get(Visitor.unescaped(Visitor.found(first, "/projects\\?[^\"]*starting_after=[^\"]*")));

        assertThat(names(first)).isEqualTo(new TreeSet<>(made.subList(0, 25)));
        assertThat(names(second)).isEqualTo(new TreeSet<>(made.subList(25, 27)));
        assertThat(second.text()).contains("First page").doesNotContain("Next page");
    }

    private static Set<String> names(Reply page) {
        Set<String> names = new TreeSet<>();
        Pattern.compile("href=\"/projects/(paged-[0-9]+)")
                .matcher(page.text())
                .results()
                .map((MatchResult match) -> match.group(1))
                .forEach(names::add);
        return names;
    }

    @Test
    void what_was_looked_for_is_shown_as_it_was_typed_and_never_run() {
        Reply reply = visitor.get("/projects?name=%3Cscript%3Ealert(1)%3C/script%3E%22")
                .expect(200);

        assertThat(reply.text())
                .contains("No project fits")
                .contains("&lt;script&gt;")
                .doesNotContain("<script>alert");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/projects/nowhere",
                "/projects/nowhere/settings",
                "/projects/%3Cscript%3E",
                "/projects/nowhere/repositories/app",
                "/projects/library/repositories/app",
                "/projects/library/repositories/..%2f",
                "/projects/library/repositories/app@sha256:0",
                "/projects/library/repositories/app:v1"
            })
    void an_address_that_names_nothing_is_not_found(String address) {
        assertThat(visitor.get(address).expect(404).text()).doesNotContain("<script>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/projects/library%00", "/projects?name=%00", "/projects/library/repositories/a%00"})
    void a_zero_character_is_refused(String address) {
        assertThat(visitor.get(address).expect(400).text()).contains("a zero character");
        String token = "form_token=" + Visitor.hidden(visitor.get("/projects/new"), "form_token");
        visitor.post("/projects", token + "&organization=default&name=a%00").expect(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/projects/library?starting_after=x", "/projects/library?starting_after=9-"})
    void a_page_of_a_list_that_does_not_exist_is_told(String address) {
        assertThat(visitor.get(address).expect(400).text()).contains("This page of the list does not exist.");
    }
}

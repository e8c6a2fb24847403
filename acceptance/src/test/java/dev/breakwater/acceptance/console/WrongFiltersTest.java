package dev.breakwater.acceptance.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.console.ConsolePage.Kind;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A wrong filter in the address of a list: the same page with the form as it was filled in, what was wrong and what to
 * write instead, and a way back to the whole list. The filters are found in the forms of the pages, so a new one is
 * tested as soon as it is there.
 */
@WithServer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WrongFiltersTest {

    private static final Pattern FORM =
            Pattern.compile("<form class=\"filters\" method=\"get\" action=\"([^\"]+)\".*?</form>", Pattern.DOTALL);
    private static final Pattern FIELD = Pattern.compile("<(input|select) id=\"([a-z]+)\" name=\"\\2\"([^>]*)>");
    private static final Pattern HEADLINE = Pattern.compile("<h1[^>]*>.*?</h1>", Pattern.DOTALL);
    private static final String LONG = "x".repeat(301);

    /** The pages that show a list in parts. */
    private static final Set<String> LISTS = Set.of(
            "GET /events",
            "GET /webhooks",
            "GET /deliveries",
            "GET /settings/keys",
            "GET /settings/audit",
            "GET /projects",
            "GET /projects/{name}",
            "GET /projects/{name}/repositories/{repository+}",
            "GET /projects/{name}/members",
            "GET /projects/{name}/robots",
            "GET /projects/{name}/retention",
            "GET /projects/{name}/retention/runs/{run}",
            "GET /projects/{name}/log",
            "GET /registry/robots",
            "GET /registry/collection");

    private final Scene halcyon;
    private final Scene meridian;
    private final Visitor owner;
    private final Visitor administrator;

    WrongFiltersTest(TestServer server) {
        halcyon = Scene.of(server, "Halcyon");
        meridian = Scene.of(server, "Meridian");
        owner = halcyon.visitor("admin");
        administrator = Visitor.administrator(server);
    }

    @AfterAll
    void close() {
        halcyon.close();
        meridian.close();
    }

    /** A filter of a page: the address of its list, and the field of its form. */
    record Filter(ConsolePage page, String list, String name, boolean chosen, boolean time) {

        String wrong() {
            if (chosen) {
                return "nonsense";
            }
            return time ? "yesterday" : LONG;
        }
    }

    private static List<ConsolePage> pages() {
        return Stream.concat(
                        ConsolePage.visible().stream().filter(page -> page.kind() != Kind.OPEN),
                        ConsolePage.ofInstallation().stream()
                                .filter(page -> !page.streams() && !page.route().contains("{")))
                .toList();
    }

    private Visitor visitor(ConsolePage page) {
        return page.kind() == Kind.OF_INSTALLATION ? administrator : owner;
    }

    private Reply get(ConsolePage page, String address) {
        return visitor(page).get(halcyon.filled(address));
    }

    private Stream<Filter> filters(ConsolePage page) {
        Reply shown = get(page, page.address()).expect(200);
        return FORM.matcher(shown.text())
                .results()
                .flatMap(form -> FIELD.matcher(form.group())
                        .results()
                        .map(field -> new Filter(
                                page,
                                form.group(1),
                                field.group(2),
                                field.group(1).equals("select"),
                                field.group(3).contains("datetime-local"))));
    }

    @Test
    void every_filter_of_every_list_is_explained_beside_its_field() {
        List<Filter> filters = pages().stream()
                .flatMap(this::filters)
                .filter(filter -> filter.page().address().equals(filter.list())
                        || filter.page().address().contains("{"))
                .distinct()
                .toList();

        assertThat(filters).hasSizeGreaterThan(25).anyMatch(Filter::chosen).anyMatch(Filter::time);
        for (Filter filter : filters) {
            Reply good = get(filter.page(), filter.page().address());
            Reply wrong =
                    visitor(filter.page()).get(ConsolePage.with(filter.list(), filter.name() + "=" + filter.wrong()));

            assertThat(wrong.status())
                    .as(filter.toString())
                    .isEqualTo(filter.name().equals("workspace") ? 404 : 400);
            assertThat(headline(wrong)).as(filter.toString()).isEqualTo(headline(good));
            assertThat(wrong.text())
                    .as(filter.toString())
                    .contains("id=\"problem-" + filter.name() + "\" role=\"alert\"")
                    .contains("name=\"" + filter.name() + "\"")
                    .doesNotContain("class=\"failure\"");
            if (!filter.name().equals("workspace")) {
                assertThat(wrong.text()).as(filter.toString()).contains("value=\"" + filter.wrong() + "\"");
            }
            if (LISTS.contains(filter.page().route())) {
                assertThat(wrong.text()).contains("Nothing is listed");
                assertWayBack(filter.page(), wrong, good);
            }
        }
    }

    private static String headline(Reply page) {
        return Visitor.found(page, HEADLINE.pattern());
    }

    private void assertWayBack(ConsolePage page, Reply wrong, Reply good) {
        Reply whole = get(page, Visitor.link(wrong, "Show the whole list")).expect(200);
        assertThat(headline(whole)).isEqualTo(headline(good));
        assertThat(whole.text()).doesNotContain("Nothing is listed").doesNotContain(LONG);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void a_page_of_a_list_that_does_not_exist_is_explained_in_its_place(ConsolePage page) {
        Reply good = get(page, page.address()).expect(200);

        Reply wrong = get(page, ConsolePage.with(page.address(), "starting_after=" + LONG));

        boolean list = LISTS.contains(page.route()) && !page.address().matches(".*/repositories/.*[@:].*");
        assertThat(wrong.status()).isEqualTo(list ? 400 : 200);
        assertThat(headline(wrong)).isEqualTo(headline(good));
        if (list) {
            assertThat(wrong.text()).contains("Nothing is listed").contains("This page of the list does not exist.");
            assertWayBack(page, wrong, good);
        }
    }

    /** Numbers behind which some lists begin are checked by whoever knows them. */
    @Test
    void a_cursor_of_another_list_is_explained_as_well() {
        for (String list : List.of(
                "/events",
                "/webhooks",
                "/deliveries",
                "/settings/keys",
                "/settings/audit",
                "/projects/{project}",
                "/projects/{project}/repositories/checkout",
                "/projects/{project}/robots",
                "/projects/{project}/retention",
                "/projects/{project}/retention/runs/{retention-run}",
                "/projects/{project}/log")) {
            Reply wrong = owner.get(halcyon.filled(list) + "?starting_after=of-another");

            assertThat(wrong.expect(400).text()).contains("This page of the list does not exist.");
        }
    }

    @Test
    void the_workspace_of_another_organization_is_no_workspace() {
        String foreign = meridian.thing("workspace");

        for (String list : List.of("/events", "/webhooks", "/deliveries", "/deliveries/replay")) {
            Reply wrong = owner.get(list + "?workspace=" + foreign);

            assertThat(wrong.expect(404).text())
                    .contains("No workspace found with id " + foreign + ". Choose one of this organization.")
                    .contains("Halcyon checkout")
                    .doesNotContain("Meridian");
        }
    }

    @Test
    void what_was_typed_stays_whatever_it_is() {
        Reply wrong = owner.get(halcyon.filled(
                "/events?workspace={live-workspace}&type=order.*&from=%3Cscript%3E&until=2026-05-25T12%3A00"));

        assertThat(wrong.expect(400).text())
                .contains("value=\"&lt;script>\"")
                .contains("type=\"datetime-local\" value=\"2026-05-25T12:00\"")
                .contains("value=\"order.*\"")
                .contains("Write it as 2026-05-25T12:00, in UTC.")
                .contains("value=\"" + halcyon.thing("live-workspace") + "\" selected");
        assertThat(Visitor.link(wrong, "Show the whole list"))
                .isEqualTo("/events?workspace=" + halcyon.thing("live-workspace"));
    }

    @Test
    void an_id_that_is_none_is_explained() {
        assertThat(owner.get("/deliveries?event=order-7").expect(400).text())
                .contains("Copy one that begins with evt_")
                .contains("value=\"order-7\"");
        assertThat(owner.get("/deliveries?webhook=shop").expect(400).text())
                .contains("Copy one that begins with")
                .contains("value=\"shop\" selected");
    }
}

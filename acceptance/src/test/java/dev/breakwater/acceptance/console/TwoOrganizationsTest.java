package dev.breakwater.acceptance.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.console.ConsolePage.Kind;
import dev.breakwater.acceptance.harness.Admin;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pages of one organization never show anything of another: page by page and form by form, for a stranger, and for
 * somebody who belongs to both and looks at the one.
 */
@WithServer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoOrganizationsTest {

    private final TestServer server;
    private final Scene halcyon;
    private final Scene meridian;
    private final Visitor owner;
    private final Visitor stranger;
    private final Visitor both;
    private final List<String> changes;

    TwoOrganizationsTest(TestServer server) {
        this.server = server;
        halcyon = Scene.of(server, "Halcyon");
        meridian = Scene.of(server, "Meridian");
        Admin admin = server.admin();
        String user = admin.newUser("consultant", Scene.PASSWORD);
        for (Scene scene : List.of(halcyon, meridian)) {
            admin.assign(user, "_organization_admin", scene.thing("organization"));
        }
        owner = halcyon.visitor("admin");
        stranger = meridian.visitor("admin");
        both = Visitor.signedIn(server, "consultant", Scene.PASSWORD);
        changes = halcyon.changes();
    }

    @AfterAll
    void close() {
        halcyon.close();
        meridian.close();
    }

    static List<ConsolePage> pages() {
        return ConsolePage.all();
    }

    static Stream<ConsolePage> shown() {
        return ConsolePage.visible().stream().filter(page -> page.kind() != Kind.OPEN);
    }

    static List<ConsolePage> ofOrganizations() {
        return shown().filter(page -> page.kind() == Kind.OF_ORGANIZATION).toList();
    }

    static List<ConsolePage> ofThings() {
        return pages().stream()
                .filter(page -> page.kind() == Kind.OF_THING || page.kind() == Kind.STREAM)
                .toList();
    }

    static List<ConsoleForm> forms() {
        return ConsoleForm.all();
    }

    /** The page says nothing that belongs to the scene, but for what the visitor has named in the request. */
    private static void assertSilent(Reply reply, Scene scene, String request) {
        scene.belongings().stream()
                .filter(word -> !request.contains(word))
                .forEach(word -> assertThat(reply.text()).doesNotContain(word));
    }

    @Test
    void every_page_and_every_form_of_the_console_is_on_the_list() {
        assertThat(pages().stream().map(ConsolePage::route).distinct())
                .containsExactlyInAnyOrderElementsOf(routes("GET"));
        assertThat(Stream.concat(
                                ConsoleForm.own().stream(),
                                Stream.concat(forms().stream(), ConsoleForm.ofInstallation().stream())
                                        .map(ConsoleForm::route))
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(routes("POST"));
        assertThat(server.pageRoutes()).allSatisfy(route -> assertThat(route).matches("(GET|POST) .*"));
    }

    private List<String> routes(String method) {
        return server.pageRoutes().stream()
                .filter(route -> route.startsWith(method + " "))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("shown")
    void its_own_people_see_it(ConsolePage page) {
        Reply reply = owner.get(halcyon.filled(page.address())).expect(200);

        assertThat(halcyon.belongings()).anyMatch(word -> reply.text().contains(word));
        assertSilent(reply, meridian, "");
    }

    @ParameterizedTest
    @MethodSource("ofThings")
    void what_belongs_to_another_organization_is_not_there(ConsolePage page) {
        String address = halcyon.filled(page.address());

        Reply reply = stranger.get(address).expect(404);

        assertSilent(reply, halcyon, address);
    }

    @ParameterizedTest
    @MethodSource("ofOrganizations")
    void a_page_shows_the_own_organization_alone(ConsolePage page) {
        Reply reply = stranger.get(page.address()).expect(200);

        assertSilent(reply, halcyon, "");
        assertThat(meridian.belongings()).anyMatch(word -> reply.text().contains(word));
    }

    static List<ConsolePage> openToAll() {
        return ConsolePage.visible().stream()
                .filter(page -> page.kind() == Kind.OPEN && !page.route().contains("/assets/"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("openToAll")
    void what_is_open_to_all_says_nothing_of_anybody(ConsolePage page) {
        Reply reply = new Visitor(server).get(page.address()).expect(200);

        assertSilent(reply, halcyon, "");
        assertSilent(reply, meridian, "");
        Reply seen = stranger.get(page.address());
        assertThat(seen.status()).isIn(200, 303);
        assertSilent(seen, halcyon, "");
    }

    @ParameterizedTest
    @MethodSource("shown")
    void an_organization_that_one_does_not_belong_to_is_not_there(ConsolePage page) {
        String address = ConsolePage.with(halcyon.filled(page.address()), "organization=" + halcyon.identifier());

        assertSilent(stranger.get(address).expect(404), halcyon, address);
    }

    @ParameterizedTest
    @MethodSource("ofOrganizations")
    void whoever_belongs_to_both_sees_the_one_that_is_looked_at(ConsolePage page) {
        String address = ConsolePage.with(page.address(), "organization=" + meridian.identifier());

        Reply reply = both.get(address).expect(200);

        assertSilent(reply, halcyon, "");
        assertThat(reply.text()).contains("value=\"meridian\" selected");
    }

    @ParameterizedTest
    @MethodSource("ofThings")
    void for_whoever_belongs_to_both_a_thing_is_in_its_own_organization_only(ConsolePage page) {
        String address = ConsolePage.with(halcyon.filled(page.address()), "organization=" + meridian.identifier());

        assertSilent(both.get(address).expect(404), halcyon, address);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void no_form_changes_anything_of_another_organization(ConsoleForm form) {
        String token = "form_token=" + Visitor.hidden(stranger.get("/"), "form_token");
        String address = halcyon.filled(form.address());
        String fields = halcyon.filled(form.fields());
        String request = address + " " + fields;

        if (form.namesThing()) {
            Reply reply = stranger.post(address, token + "&" + fields);
            assertThat(reply.status()).as(reply.text()).isIn(400, 404);
            assertSilent(reply, halcyon, request);
        }
        Reply reply = stranger.post(address, token + "&organization=" + halcyon.identifier() + "&" + fields);
        assertThat(reply.status()).as(reply.text()).isEqualTo(404);
        assertSilent(reply, halcyon, request);
        assertThat(halcyon.changes()).isEqualTo(changes);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void for_whoever_belongs_to_both_a_form_reaches_the_one_that_is_looked_at(ConsoleForm form) {
        if (!form.namesThing()) {
            return;
        }
        String token = "form_token=" + Visitor.hidden(both.get("/"), "form_token");

        Reply reply = both.post(
                halcyon.filled(form.address()),
                token + "&organization=" + meridian.identifier() + "&" + halcyon.filled(form.fields()));

        assertThat(reply.status()).as(reply.text()).isIn(400, 404);
        assertThat(halcyon.changes()).isEqualTo(changes);
    }
}

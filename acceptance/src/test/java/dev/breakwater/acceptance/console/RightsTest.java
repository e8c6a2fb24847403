package dev.breakwater.acceptance.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.console.ConsolePage.Kind;
import dev.breakwater.acceptance.console.ConsolePage.Needs;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each role sees and may do: pages offer nothing that would be refused, and forms are refused all the same. */
@WithServer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RightsTest {

    private static final Pattern CHANGE = Pattern.compile("<form method=\"post\" action=\"(?!/sign-out)([^\"]+)\"");

    private final TestServer server;
    private final Scene halcyon;
    private final Visitor viewer;
    private final Visitor ofAccount;
    private final List<String> changes;

    RightsTest(TestServer server) {
        this.server = server;
        halcyon = Scene.of(server, "Halcyon");
        viewer = halcyon.visitor("viewer");
        server.admin().assign(server.admin().newUser("auditor", Scene.PASSWORD), "_account_viewer");
        halcyon.addGuest("auditor");
        // Otherwise everybody makes projects in the registry, whatever their role.
        server.client()
                .with("Authorization", "Basic YWRtaW46SGFyYm9yMTIzNDU=")
                .put("/api/v2.0/configurations", """
                        {"project_creation_restriction": "adminonly"}""")
                .expect(200);
        ofAccount = Visitor.signedIn(server, "auditor", Scene.PASSWORD);
        changes = halcyon.changes();
    }

    @AfterAll
    void close() {
        halcyon.close();
    }

    static List<ConsolePage> pages() {
        return ConsolePage.visible().stream()
                .filter(page -> page.kind() != Kind.OPEN)
                .toList();
    }

    static List<ConsoleForm> forms() {
        return ConsoleForm.all();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void a_viewer_sees_every_page_and_no_form(ConsolePage page) {
        assertViewed(page, viewer.get(halcyon.filled(page.address())));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void a_viewer_of_the_whole_account_sees_every_page_and_no_form(ConsolePage page) {
        assertViewed(
                page,
                ofAccount.get(
                        ConsolePage.with(halcyon.filled(page.address()), "organization=" + halcyon.identifier())));
    }

    private static void assertViewed(ConsolePage page, Reply reply) {
        if (page.needs() == Needs.EDITING) {
            assertRefused(reply);
        } else {
            String offered = page.address().equals("/account")
                    ? "/nowhere"
                    : reply.expect(200).text();
            assertThat(CHANGE.matcher(offered).find())
                    .as(() -> "a form on\n" + offered)
                    .isFalse();
            assertThat(offered).doesNotContain("/new\"").doesNotContain("/new?").doesNotContain("/deliveries/replay?");
        }
    }

    private static void assertRefused(Reply reply) {
        assertThat(reply.expect(403).text())
                .contains("<h1>You may not do this</h1>")
                .containsPattern(
                        "Missing permission|Only administrators make projects|administrators of the installation")
                .contains("Ask an administrator of this organization for the role that includes it")
                .containsPattern("Request <code>req_");
    }

    @ParameterizedTest
    @MethodSource("forms")
    void a_viewer_changes_nothing(ConsoleForm form) {
        String token = "form_token=" + Visitor.hidden(viewer.get("/"), "form_token");

        Reply reply = viewer.post(halcyon.filled(form.address()), token + "&" + halcyon.filled(form.fields()));

        assertRefused(reply);
        assertThat(halcyon.changes()).isEqualTo(changes);
    }

    static List<ConsolePage> ofInstallation() {
        return ConsolePage.ofInstallation();
    }

    static List<ConsoleForm> formsOfInstallation() {
        return ConsoleForm.ofInstallation();
    }

    @ParameterizedTest
    @MethodSource("ofInstallation")
    void whoever_administers_one_organization_does_not_see_what_belongs_to_the_installation(ConsolePage page) {
        assertRefused(halcyon.visitor("admin").get(page.address()));
        assertRefused(viewer.get(page.address()));
    }

    @ParameterizedTest
    @MethodSource("formsOfInstallation")
    void whoever_administers_one_organization_changes_nothing_of_the_installation(ConsoleForm form) {
        Visitor admin = halcyon.visitor("admin");
        String token = "form_token=" + Visitor.hidden(admin.get("/"), "form_token");

        assertRefused(admin.post(form.address(), token + "&" + form.fields()));
    }

    @Test
    void the_menu_leads_to_the_installation_only_for_its_administrators() {
        assertThat(halcyon.visitor("admin").get("/projects").expect(200).text())
                .contains("href=\"/projects\"")
                .doesNotContain("/registry/");
        assertThat(Visitor.administrator(server).get("/projects").expect(200).text())
                .contains("/registry/robots")
                .contains("/registry/collection");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void whoever_is_not_signed_in_sees_nothing(ConsolePage page) {
        String address = halcyon.filled(page.address());

        Reply reply = new Visitor(server).get(address).expect(303);

        assertThat(reply.header("Location").orElseThrow()).startsWith("/sign-in");
        assertThat(reply.text()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void whoever_belongs_to_no_organization_is_told_so_and_can_leave(ConsolePage page) {
        String name = "guest" + System.nanoTime();
        server.admin().newUser(name, Scene.PASSWORD);
        Visitor guest = Visitor.signedIn(server, name, Scene.PASSWORD);

        Reply reply = guest.get(halcyon.filled(page.address()));

        if (page.address().equals("/account")) {
            assertThat(reply.expect(200).text()).contains("Change the password");
        } else {
            assertThat(reply.expect(403).text()).contains("There is nothing for you yet");
        }
        halcyon.belongings().forEach(word -> assertThat(reply.text()).doesNotContain(word));
        guest.submit(reply, "/sign-out").expect(303);
        assertThat(guest.cookie("breakwater_session")).isEmpty();
    }

    @Test
    void whoever_administers_one_organization_makes_no_accounts() {
        Visitor admin = halcyon.visitor("admin");

        Reply page = admin.get("/settings/members").expect(200);

        assertThat(page.text()).contains("Add somebody who has an account").doesNotContain("Make an account");
        String token = "form_token=" + Visitor.hidden(page, "form_token");
        admin.post(
                        "/settings/members/new",
                        token + "&username=newcomer&password=correct+horse&role=_organization_viewer")
                .expect(403);
    }

    @Test
    void whoever_administers_one_organization_does_not_see_the_others() {
        assertThat(halcyon.visitor("admin").get("/").expect(200).text())
                .contains("<p class=\"organization\">Halcyon</p>")
                .doesNotContain("Default");
        assertThat(Visitor.administrator(server).get("/").expect(200).text())
                .contains("<select id=\"organization\"")
                .contains(">Halcyon</option>");
    }
}

package dev.breakwater.acceptance.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.console.ConsolePage.Kind;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whoever is a member of a project of the registry and has no role in its organization: the project as far as the role
 * in it goes, and nothing else of that organization.
 */
@WithServer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProjectMemberOnlyTest {

    private static final int DEVELOPER = 2;
    private static final int LIMITED_GUEST = 5;
    private static final Set<String> OF_EVERYBODY = Set.of("/account", "/projects");

    private final TestServer server;
    private final Scene halcyon;
    private final Scene meridian;
    private final Visitor developer;
    private final Visitor guest;
    private final Visitor neighbour;
    private final List<String> ofOrganization;

    ProjectMemberOnlyTest(TestServer server) {
        this.server = server;
        halcyon = Scene.of(server, "Halcyon");
        meridian = Scene.of(server, "Meridian");
        halcyon.addMember(newUser("fitter"), DEVELOPER);
        halcyon.addMember(newUser("looker"), LIMITED_GUEST);
        halcyon.addMember("meridian-admin", DEVELOPER);
        developer = Visitor.signedIn(server, "fitter", Scene.PASSWORD);
        guest = Visitor.signedIn(server, "looker", Scene.PASSWORD);
        neighbour = meridian.visitor("admin");
        ofOrganization = halcyon.belongings().stream()
                .filter(word -> !Set.of(
                                halcyon.thing("project"),
                                halcyon.thing("digest"),
                                "halcyon-admin",
                                "halcyon-viewer",
                                "halcyon-ci",
                                "halcyon-v*")
                        .contains(word))
                .toList();
    }

    private String newUser(String name) {
        server.admin().newUser(name, Scene.PASSWORD);
        return name;
    }

    @AfterAll
    void close() {
        halcyon.close();
        meridian.close();
    }

    static List<ConsolePage> pages() {
        return ConsolePage.visible().stream()
                .filter(page -> page.kind() != Kind.OPEN)
                .toList();
    }

    static List<ConsoleForm> forms() {
        return ConsoleForm.all();
    }

    private static boolean ofProject(ConsolePage page) {
        return page.address().startsWith("/projects/{project}");
    }

    private void assertSilent(ConsolePage page, Reply reply) {
        String asked = halcyon.filled(page.address());
        ofOrganization.stream()
                .filter(word -> !asked.contains(word))
                .forEach(word -> assertThat(reply.text()).doesNotContain(word));
        assertSilentOfMeridian(reply);
    }

    /** Its administrator is a member of the project, too, and is named as such. */
    private void assertSilentOfMeridian(Reply reply) {
        meridian.belongings().stream()
                .filter(word -> !word.equals("meridian-admin"))
                .forEach(word -> assertThat(reply.text()).doesNotContain(word));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void only_what_belongs_to_the_project_is_there(ConsolePage page) {
        for (Visitor visitor : List.of(developer, guest)) {
            Reply reply = visitor.get(halcyon.filled(page.address()));

            assertSilent(page, reply);
            if (page.address().equals("/")) {
                assertThat(reply.expect(303).header("Location")).contains("/projects");
            } else if (OF_EVERYBODY.contains(page.address())) {
                assertThat(reply.status()).isEqualTo(200);
            } else if (!ofProject(page)) {
                assertThat(reply.status()).as(reply.text()).isIn(403, 404);
            }
        }
    }

    @Test
    void a_developer_finds_the_project_and_what_was_pushed_to_it() {
        Reply projects = developer.follow(developer.get("/")).expect(200);

        assertThat(projects.text())
                .contains("<p class=\"organization\">Halcyon</p>")
                .contains("developer")
                .doesNotContain("New project")
                .doesNotContain("href=\"/events\"")
                .doesNotContain("href=\"/settings/members\"");
        Reply project =
                developer.get(Visitor.link(projects, halcyon.thing("project"))).expect(200);
        Reply repository = developer.get(Visitor.link(project, "checkout")).expect(200);
        assertThat(repository.text())
                .contains("docker pull")
                .contains("How to push to this repository")
                .doesNotContain("Delete repository");
        assertThat(developer
                        .get(halcyon.filled("/projects/{project}/repositories/checkout@{digest}"))
                        .expect(200)
                        .text())
                .contains("docker pull")
                .contains("v1.4.2");
        assertThat(developer
                        .get(halcyon.filled("/projects/{project}/members"))
                        .expect(200)
                        .text())
                .contains("fitter")
                .doesNotContain("Add a member");
        developer.get(halcyon.filled("/projects/{project}/settings")).expect(403);
    }

    @Test
    void a_limited_guest_finds_what_can_be_pulled_and_nothing_more() {
        Reply repository = guest.get(halcyon.filled("/projects/{project}/repositories/checkout"))
                .expect(200);

        assertThat(repository.text()).contains("docker pull").doesNotContain("How to push");
        guest.get(halcyon.filled("/projects/{project}/members")).expect(403);
        guest.get(halcyon.filled("/projects/{project}/log")).expect(403);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void a_limited_guest_changes_nothing(ConsoleForm form) {
        List<String> changes = halcyon.changes();
        String token = "form_token=" + Visitor.hidden(guest.get("/projects"), "form_token");

        Reply reply = guest.post(halcyon.filled(form.address()), token + "&" + halcyon.filled(form.fields()));

        assertThat(reply.status()).as(reply.text()).isIn(403, 404);
        assertThat(halcyon.changes()).isEqualTo(changes);
    }

    @Test
    void a_developer_does_what_the_role_allows() {
        String artifact = halcyon.filled("/projects/{project}/repositories/checkout@{digest}");

        Reply tagged = developer.submit(developer.get(artifact), artifact + "/tags", "tag", "by-fitter");

        assertThat(developer.follow(tagged).expect(200).text())
                .contains("The tag is added.")
                .contains("by-fitter");
    }

    @Test
    void nobody_makes_a_project_in_an_organization_on_account_of_another_project() {
        String token = "form_token=" + Visitor.hidden(developer.get("/projects"), "form_token");

        assertThat(developer.get("/projects/new").expect(403).text())
                .contains("Only members of the organization make projects in it.");
        developer.post("/projects", token + "&name=intruder&visibility=public").expect(403);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void whoever_has_a_role_elsewhere_sees_there_what_is_there_and_here_only_the_project(ConsolePage page) {
        String address = halcyon.filled(page.address());
        Reply own = neighbour.get(page.kind() == Kind.OF_ORGANIZATION ? page.address() : address);
        Reply here = neighbour.get(ConsolePage.with(address, "organization=" + halcyon.identifier()));

        if (page.kind() == Kind.OF_ORGANIZATION) {
            own.expect(200);
        } else {
            own.expect(404);
        }
        // The menu names both organizations by what they are called, and nothing more of the one that is not looked at.
        halcyon.belongings().stream()
                .filter(word -> !address.contains(word))
                .forEach(word -> assertThat(own.text()).doesNotContain(word));
        if (!ofProject(page)
                && !OF_EVERYBODY.contains(page.address())
                && !page.address().equals("/")) {
            assertThat(here.status()).as(here.text()).isIn(403, 404);
        }
        ofOrganization.stream()
                .filter(word -> !address.contains(word))
                .forEach(word -> assertThat(here.text()).doesNotContain(word));
        assertSilentOfMeridian(here);
    }

    @Test
    void whoever_is_removed_from_the_project_sees_nothing_any_more() {
        String name = newUser("leaver");
        String member = halcyon.addMember(name, DEVELOPER);
        Visitor leaver = Visitor.signedIn(server, name, Scene.PASSWORD);
        leaver.get(halcyon.filled("/projects/{project}")).expect(200);

        halcyon.program("admin").delete(member).expect(200);

        assertThat(leaver.get(halcyon.filled("/projects/{project}")).expect(403).text())
                .contains("There is nothing for you yet")
                .doesNotContain("Halcyon");
    }

    @Test
    void whoever_belongs_nowhere_is_told_whom_to_ask_and_has_an_account_the_guides_and_the_way_out() {
        Visitor stranger = Visitor.signedIn(server, newUser("stranger"), Scene.PASSWORD);

        Reply page = stranger.get("/").expect(403);
        assertThat(page.text())
                .contains("You are signed in as <strong>stranger</strong>")
                .contains("no role in any organization")
                .contains("Ask whoever administers your organization");
        assertThat(stranger.get("/developers/guides").expect(200).text()).contains("Sign out");
        stranger.get("/developers/api").expect(200);
        Reply account = stranger.get(Visitor.link(page, "Account and password")).expect(200);
        Reply changed = stranger.submit(
                account,
                "/account/password",
                "current_password",
                Scene.PASSWORD,
                "password",
                "another horse",
                "repeated_password",
                "another horse");
        assertThat(stranger.follow(changed).expect(200).text()).contains("Your password is changed.");
        stranger.submit(stranger.get("/account"), "/sign-out").expect(303);
        assertThat(stranger.cookie("breakwater_session")).isEmpty();
        Visitor.signedIn(server, "stranger", "another horse");
    }
}

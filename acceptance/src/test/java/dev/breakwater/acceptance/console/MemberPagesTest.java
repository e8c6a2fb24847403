package dev.breakwater.acceptance.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.harness.Organization;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code /settings/members}: giving and taking roles, and making accounts. */
@WithServer
class MemberPagesTest {

    private final TestServer server;
    private final Organization acme;
    private String organization = "";
    private Visitor visitor;

    MemberPagesTest(TestServer server, Organization acme) {
        this.server = server;
        this.acme = acme;
        visitor = new Visitor(server);
    }

    /** The administrator, who may also make accounts. */
    @BeforeEach
    void signIn() {
        visitor = Visitor.administrator(server);
        organization = server.admin()
                .client()
                .get("/admin/v1/organizations/" + acme.id())
                .expect(200)
                .string("identifier");
    }

    private Reply members() {
        return visitor.get("/settings/members?organization=" + organization).expect(200);
    }

    @Test
    void somebody_with_an_account_is_added_and_removed() {
        String name = "mira" + System.nanoTime();
        server.admin().newUser(name, Scene.PASSWORD);
        Visitor.signedIn(server, name, Scene.PASSWORD).get("/events").expect(403);

        Reply added = visitor.follow(
                visitor.submit(members(), "/settings/members", "login", name, "role", "_organization_viewer"));

        assertThat(added.text()).contains("The role is given.").contains(name).contains("Organization viewer");
        Visitor mira = Visitor.signedIn(server, name, Scene.PASSWORD);
        mira.get("/events").expect(200);
        Reply removed =
                visitor.follow(visitor.submit(added, Visitor.found(added, "/settings/members/ra_[0-9a-z]+/remove")));
        assertThat(removed.text()).contains("The role is taken back.").doesNotContain(name);
        mira.get("/events").expect(403);
    }

    @Test
    void an_account_is_made_with_a_role() {
        String name = "otto" + System.nanoTime();

        Reply made = visitor.submit(
                members(),
                "/settings/members/new",
                "username",
                name,
                "name",
                "Otto",
                "email",
                name + "@example.com",
                "password",
                Scene.PASSWORD,
                "role",
                "_organization_admin");

        assertThat(visitor.follow(made).text()).contains(name).contains("Organization administrator");
        Visitor.signedIn(server, name, Scene.PASSWORD).get("/settings/keys/new").expect(200);
    }

    @Test
    void nobody_of_that_name_is_said_beside_the_field_and_what_was_typed_stays() {
        Reply wrong =
                visitor.submit(members(), "/settings/members", "login", "nobody-here", "role", "_organization_viewer");

        assertThat(wrong.expect(400).text())
                .contains("id=\"problem-login\" role=\"alert\"")
                .contains("Nobody here has this username or email.")
                .contains("value=\"nobody-here\"");
    }

    @Test
    void a_role_is_given_once() {
        String name = "twice" + System.nanoTime();
        server.admin().newUser(name, Scene.PASSWORD);
        visitor.submit(members(), "/settings/members", "login", name, "role", "_organization_viewer")
                .expect(303);

        Reply again = visitor.submit(members(), "/settings/members", "login", name, "role", "_organization_viewer");

        assertThat(again.expect(409).text()).contains("This member has that role already.");
    }

    @Test
    void a_name_that_is_taken_and_a_weak_password_are_explained_and_what_was_typed_stays_but_the_password() {
        Reply taken = visitor.submit(
                members(),
                "/settings/members/new",
                "username",
                "admin",
                "name",
                "Another",
                "password",
                Scene.PASSWORD,
                "role",
                "_organization_viewer");
        Reply weak = visitor.submit(
                members(),
                "/settings/members/new",
                "username",
                "weak" + System.nanoTime(),
                "name",
                "Weak",
                "password",
                "tiny1",
                "role",
                "_organization_viewer");

        assertThat(taken.expect(409).text())
                .contains("id=\"problem-username\" role=\"alert\"")
                .contains("value=\"admin\"")
                .contains("value=\"Another\"")
                .doesNotContain(Scene.PASSWORD);
        assertThat(weak.expect(400).text())
                .contains("id=\"problem-password\" role=\"alert\"")
                .contains("value=\"Weak\"")
                .doesNotContain("tiny1");
    }

    @Test
    void a_role_of_the_whole_account_is_not_given_by_an_organization() {
        String name = "high" + System.nanoTime();
        server.admin().newUser(name, Scene.PASSWORD);
        Visitor admin = Visitor.member(server, acme, "_organization_admin");

        Reply page = admin.get("/settings/members");

        assertThat(page.text()).doesNotContain("_account_admin");
        assertThat(admin.submit(page, "/settings/members", "login", name, "role", "_account_admin")
                        .status())
                .isIn(400, 403);
        Visitor.signedIn(server, name, Scene.PASSWORD).get("/events").expect(403);
    }
}

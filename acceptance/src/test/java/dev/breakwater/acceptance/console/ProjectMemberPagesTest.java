package dev.breakwater.acceptance.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import org.junit.jupiter.api.Test;

/** {@code /projects/{name}/members}. */
@WithServer
class ProjectMemberPagesTest {

    private static final String HOSTILE = "<script>alert(1)</script>\"'";

    private final TestServer server;
    private final Yard yard;

    ProjectMemberPagesTest(TestServer server) {
        this.server = server;
        yard = new Yard(server);
    }

    @Test
    void somebody_is_added_gets_another_role_and_is_removed() {
        Visitor admin = Visitor.administrator(server);
        String name = yard.newUser();
        String address = yard.page("/members");
        yard.signedIn(name).get(yard.page("")).expect(404);

        Reply added =
                admin.follow(admin.submit(admin.get(address).expect(200), address, "username", name, "role", "guest"));
        assertThat(added.text()).contains("The member is added.").contains(name);
        Visitor member = yard.signedIn(name);
        assertThat(member.get(address).expect(200).text())
                .contains(name)
                .contains("Guest")
                .doesNotContain("Add a member")
                .doesNotContain("/remove");
        member.get(yard.page("/retention")).expect(403);

        String row = Visitor.found(
                added, "(?s)/projects/" + yard.project() + "/members/[0-9]+/role(?=((?!</tr>).)*Role of " + name + ")");
        admin.submit(added, row, "role", "developer").expect(303);
        member.get(yard.page("/retention")).expect(200);

        Reply removed = admin.follow(admin.submit(added, row.replace("/role", "/remove")));
        assertThat(removed.text()).contains("The member is removed.").doesNotContain("Role of " + name);
        member.get(address).expect(404);
    }

    @Test
    void what_is_wrong_stands_beside_its_field_and_what_was_typed_stays() {
        Visitor admin = Visitor.administrator(server);
        String address = yard.page("/members");

        Reply unknown = admin.submit(admin.get(address), address, "username", HOSTILE, "role", "maintainer");
        Reply again = admin.submit(admin.get(address), address, "username", "admin", "role", "guest");
        Reply role = admin.submit(admin.get(address), address, "username", yard.newUser(), "role", "king");

        assertThat(unknown.expect(400).text())
                .contains("id=\"problem-username\" role=\"alert\"")
                .contains("There is no user with this name.")
                .contains("value=\"&lt;script>alert(1)&lt;/script>&#34;&#39;\"")
                .contains("value=\"maintainer\" selected")
                .doesNotContain("<script>alert");
        assertThat(again.expect(409).text()).contains("admin is a member already.");
        assertThat(role.expect(400).text()).contains("Choose one of the roles.");
    }

    @Test
    void whoever_gives_up_the_own_place_is_led_to_what_is_left() {
        String name = yard.newUser();
        Visitor admin = Visitor.administrator(server);
        String address = yard.page("/members");
        Reply page = admin.follow(admin.submit(admin.get(address), address, "username", name, "role", "project_admin"));
        String own = Visitor.found(
                page, "(?s)/projects/" + yard.project() + "/members/[0-9]+/role(?=((?!</tr>).)*Role of " + name + ")");
        Visitor leaving = yard.signedIn(name);

        Reply demoted = leaving.submit(leaving.get(address), own, "role", "limited_guest");
        assertThat(demoted.header("Location").orElseThrow()).startsWith(yard.page("?notice="));
        leaving.follow(demoted).expect(200);
        String token = "form_token=" + Visitor.hidden(leaving.get("/projects"), "form_token");
        leaving.post(own.replace("/role", "/remove"), token).expect(403);
    }

    @Test
    void the_last_administrator_is_named_in_the_question() {
        Visitor admin = Visitor.administrator(server);

        assertThat(admin.get(yard.page("/members")).text())
                .contains("Remove admin, the last administrator of this project?");
        yard.member(1);
        assertThat(admin.get(yard.page("/members")).text())
                .doesNotContain("the last administrator")
                .contains("Remove admin from this project?");
    }

    @Test
    void a_member_of_another_project_is_not_reached_through_this_one() {
        Visitor admin = Visitor.administrator(server);
        Yard other = new Yard(server);
        Reply page = admin.get(other.page("/members"));
        String foreign = Visitor.found(page, "(?<=/members/)[0-9]+(?=/remove)");
        String token = "form_token=" + Visitor.hidden(page, "form_token");

        admin.post(yard.page("/members/" + foreign + "/remove"), token).expect(404);
        admin.post(yard.page("/members/" + foreign + "/role"), token + "&role=guest")
                .expect(404);
        admin.post(yard.page("/members/x/remove"), token).expect(404);

        assertThat(admin.get(other.page("/members")).text()).contains("value=\"project_admin\" selected");
    }
}

package dev.breakwater.acceptance.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** {@code /projects/{name}/robots} and {@code /registry/robots}. */
@WithServer
class RobotPagesTest {

    private final TestServer server;
    private final Yard yard;

    RobotPagesTest(TestServer server) {
        this.server = server;
        yard = new Yard(server);
    }

    private static String secret(Reply page) {
        return Visitor.found(page, "(?<=<code id=\"secret\">)[A-Za-z0-9]{32}");
    }

    private Reply create(Visitor visitor, String... fields) {
        String address = yard.page("/robots");
        return visitor.submit(visitor.get(address + "/new").expect(200), address, fields);
    }

    /** The address of what is done to the robot of this name, as the list offers it. */
    private static String action(Reply list, String name, String what) {
        return Visitor.found(
                list,
                "(?s)(?<=action=\")[^\"]+/robots/[0-9]+/" + what + "(?=\"((?!</form>).)*"
                        + java.util.regex.Pattern.quote(name) + ")");
    }

    @Test
    void the_secret_is_shown_once_and_opens_until_the_robot_is_deleted() {
        Visitor admin = Visitor.administrator(server);
        String name = "robot$" + yard.project() + "+ci";

        Reply made = create(admin, "name", "ci", "description", "Builds", "preset", "pull", "days", "30")
                .expect(201);

        String secret = secret(made);
        assertThat(Visitor.unescaped(made.text()))
                .contains("echo '" + secret + "' | \\\n  docker login 127.0.0.1:")
                .contains(" -u '" + name + "' --password-stdin");
        assertThat(made.header("Cache-Control")).contains("no-store");
        assertThat(yard.opens(name, secret)).isTrue();
        Reply list = admin.get(yard.page("/robots")).expect(200);
        assertThat(list.text())
                .contains(name)
                .contains("Builds")
                .contains("Pull only")
                .contains(">active</span>")
                .doesNotContain(secret);

        Reply renewed = admin.submit(list, action(list, name, "secret")).expect(200);
        assertThat(secret(renewed)).isNotEqualTo(secret);
        assertThat(renewed.text()).contains("The old one works no longer.");
        assertThat(yard.opens(name, secret)).isFalse();
        assertThat(yard.opens(name, secret(renewed))).isTrue();

        Reply disabled = admin.follow(admin.submit(list, action(list, name, "status")));
        assertThat(disabled.text()).contains("it is refused from now on").contains(">disabled</span>");
        assertThat(yard.opens(name, secret(renewed))).isFalse();
        admin.submit(disabled, action(disabled, name, "status")).expect(303);
        assertThat(yard.opens(name, secret(renewed))).isTrue();

        Reply deleted = admin.follow(admin.submit(list, action(list, name, "delete")));
        assertThat(deleted.text()).contains("The robot is deleted.").contains("No robots yet");
        assertThat(yard.opens(name, secret(renewed))).isFalse();
        admin.submit(list, action(list, name, "delete")).expect(404);
    }

    @Test
    void presets_grant_what_they_say_and_ticks_count_for_the_chosen_ones_only() {
        Visitor admin = Visitor.administrator(server);
        create(admin, "name", "push", "preset", "push", "permission", "project:delete", "days", "")
                .expect(201);
        create(admin, "name", "pipeline", "preset", "ci", "days", "7").expect(201);
        create(
                        admin,
                        "name",
                        "own",
                        "preset",
                        "custom",
                        "permission",
                        "tag:list",
                        "permission",
                        "label:read",
                        "days",
                        "")
                .expect(201);

        String robots = yard.admin()
                .get("/api/v2.0/robots?q=Level%3Dproject,ProjectID%3D"
                        + yard.admin()
                                .get("/api/v2.0/projects/" + yard.project())
                                .json()
                                .get("project_id")
                                .asLong()
                        + "&sort=name")
                .expect(200)
                .text();

        assertThat(robots).doesNotContain("\"resource\":\"project\"");
        Reply list = admin.get(yard.page("/robots")).expect(200);
        assertThat(list.text())
                .contains("Pull and push")
                .contains("<span>CI")
                .contains("<code class=\"chip\">tag:list</code>")
                .contains("<code class=\"chip\">label:read</code>");
    }

    @Test
    void what_a_robot_may_do_is_changed_on_its_page_and_its_secret_stays() {
        Visitor admin = Visitor.administrator(server);
        Reply made = create(admin, "name", "ci", "description", "Builds", "preset", "push", "days", "30")
                .expect(201);
        String name = "robot$" + yard.project() + "+ci";
        String page = page(admin, name);

        Reply shown = admin.get(page).expect(200);
        assertThat(shown.text())
                .contains(name)
                .contains("value=\"Builds\"")
                .contains("name=\"preset\" value=\"push\" checked")
                .contains("value=\"repository:push\" checked");
        Reply saved = admin.follow(admin.submit(
                shown,
                page,
                "description",
                "Looks",
                "preset",
                "custom",
                "permission",
                "tag:list",
                "permission",
                "repository:pull"));

        assertThat(saved.text())
                .contains("The robot is saved.")
                .contains("value=\"Looks\"")
                .contains("name=\"preset\" value=\"custom\" checked")
                .contains("value=\"tag:list\" checked")
                .doesNotContain("value=\"repository:push\" checked");
        assertThat(yard.opens(name, secret(made))).isTrue();
        String robot = yard.admin()
                .get("/api/v2.0/robots/" + page.substring(page.lastIndexOf('/') + 1))
                .expect(200)
                .text();
        assertThat(robot)
                .contains("\"duration\":30")
                .contains("\"disable\":false")
                .doesNotContain("push");
    }

    private String page(Visitor visitor, String name) {
        return Visitor.link(visitor.get(yard.page("/robots")).expect(200), "<code>" + name + "</code>");
    }

    @Test
    void what_is_wrong_with_a_change_stands_beside_its_field_and_changes_nothing() {
        Visitor admin = Visitor.administrator(server);
        create(admin, "name", "ci", "preset", "pull", "days", "").expect(201);
        String page = page(admin, "robot$" + yard.project() + "+ci");
        Reply shown = admin.get(page);

        Reply none = admin.submit(shown, page, "description", "a<i>b", "preset", "custom");
        Reply odd = admin.submit(shown, page, "preset", "custom", "permission", "robot:fly");
        Reply loud = admin.submit(shown, page, "description", "x".repeat(1025), "preset", "ci");

        assertThat(none.expect(400).text())
                .contains("id=\"problem-permissions\" role=\"alert\"")
                .contains("Choose at least one permission.")
                .contains("value=\"a&lt;i>b\"");
        assertThat(odd.expect(400).text()).contains("A robot cannot be granted one of these permissions.");
        assertThat(loud.expect(400).text()).contains("Write at most 1,024 characters.");
        assertThat(admin.get(page).text()).contains("name=\"preset\" value=\"pull\" checked");
    }

    @Test
    void whoever_may_not_change_a_robot_sees_what_it_may_do() {
        Visitor admin = Visitor.administrator(server);
        create(admin, "name", "ci", "preset", "push", "days", "").expect(201);
        String page = page(admin, "robot$" + yard.project() + "+ci");
        Yard other = new Yard(server);

        assertThat(yard.member(4).get(page).expect(200).text())
                .contains("<code class=\"chip\">repository:push</code>")
                .doesNotContain("Save robot");
        admin.get(page.replace(yard.project(), other.project())).expect(404);
        String token = "form_token=" + Visitor.hidden(admin.get("/projects"), "form_token");
        admin.post(page.replace(yard.project(), other.project()), token + "&preset=pull")
                .expect(404);
        admin.get(page.replace("/projects/" + yard.project() + "/robots", "/registry/robots"))
                .expect(404);
    }

    @Test
    void a_system_robot_gets_other_projects_and_one_with_several_sets_of_permissions_is_left_to_the_api() {
        Visitor admin = Visitor.administrator(server);
        Yard other = new Yard(server);
        String uniform = robot("""
                {"kind": "project", "namespace": "%s", "access": [{"resource": "repository", "action": "pull"}]}""".formatted(yard.project()));
        String several = robot("""
                {"kind": "project", "namespace": "%s", "access": [{"resource": "repository", "action": "pull"}]},
                {"kind": "system", "namespace": "/", "access": [{"resource": "catalog", "action": "read"}]}""".formatted(yard.project()));

        Reply shown = admin.get(uniform).expect(200);
        assertThat(shown.text()).contains("id=\"projects\"").contains("value=\"" + yard.project() + "\"");
        Reply nowhere = admin.submit(shown, uniform, "projects", "no-such-project", "preset", "pull");
        Reply saved = admin.follow(
                admin.submit(shown, uniform, "projects", yard.project() + ", " + other.project(), "preset", "push"));

        assertThat(nowhere.expect(400).text())
                .contains("id=\"problem-projects\" role=\"alert\"")
                .contains("value=\"no-such-project\"");
        assertThat(saved.text())
                .contains("value=\"" + yard.project() + ", " + other.project() + "\"")
                .contains("name=\"preset\" value=\"push\" checked");
        assertThat(admin.get(several).expect(200).text())
                .contains("In the system")
                .contains("<code class=\"chip\">catalog:read</code>")
                .contains("Change it by the API")
                .doesNotContain("Save robot");
        String token = "form_token=" + Visitor.hidden(shown, "form_token");
        assertThat(admin.post(several, token + "&preset=pull&projects=*")
                        .expect(409)
                        .text())
                .contains("Change it by the API, or delete it.");
    }

    /** The page of a new robot of the system with these permissions. */
    private String robot(String permissions) {
        return "/registry/robots/"
                + yard.admin()
                        .post("/api/v2.0/robots", """
                                {"name": "r%d", "level": "system", "duration": -1, "permissions": [%s]}""".formatted(System.nanoTime(), permissions))
                        .expect(201)
                        .json()
                        .get("id")
                        .asString();
    }

    @Test
    void an_expired_robot_is_shown_as_such() {
        Visitor admin = Visitor.administrator(server);
        create(admin, "name", "brief", "preset", "pull", "days", "7").expect(201);

        server.advance(Duration.ofDays(8));
        Visitor later = Visitor.administrator(server);

        assertThat(later.get(yard.page("/robots")).expect(200).text()).contains(">expired</span>");
    }

    @Test
    void a_robot_says_when_it_was_last_used() {
        Visitor admin = Visitor.administrator(server);
        Reply made = create(admin, "name", "seen", "description", "", "preset", "pull", "days", "30")
                .expect(201);
        String name = "robot$" + yard.project() + "+seen";
        assertThat(lastUse(admin, name)).contains("never");

        Reply token = yard.basic(name, secret(made))
                .get("/service/token?service=harbor-registry&scope=repository:" + yard.project() + "/app:pull")
                .expect(200);
        String first = server.time().instant().toString();
        server.advance(Duration.ofMinutes(1));
        assertThat(lastUse(admin, name)).contains("datetime=\"" + first);

        server.advance(Duration.ofMinutes(10));
        server.client()
                .bearer(token.string("token"))
                .get("/v2/" + yard.project() + "/app/manifests/none")
                .expect(404);
        String second = server.time().instant().toString();
        server.advance(Duration.ofMinutes(1));
        assertThat(lastUse(admin, name)).as("a pull with a token").contains("datetime=\"" + second);

        assertThat(yard.opens(name, "wrong")).isFalse();
        server.advance(Duration.ofMinutes(1));
        assertThat(lastUse(admin, name)).as("a wrong secret").contains("datetime=\"" + second);
    }

    /** What the list says of the last use of a robot. */
    private String lastUse(Visitor visitor, String name) {
        String cell = "data-label=\"Last used\">";
        String list = visitor.get(yard.page("/robots")).expect(200).text();
        int begin = list.indexOf(cell, list.indexOf(name + "</code>")) + cell.length();
        return list.substring(begin, list.indexOf("</td>", begin));
    }

    @Test
    void what_is_wrong_stands_beside_its_field_and_what_was_typed_stays() {
        Visitor admin = Visitor.administrator(server);

        Reply name = create(admin, "name", "\"><b>Loud", "description", "a<i>b", "preset", "ci", "days", "365");
        Reply none = create(admin, "name", "none", "preset", "custom", "days", "30");
        Reply odd = create(admin, "name", "odd", "preset", "custom", "permission", "robot:fly", "days", "30");
        Reply days = create(admin, "name", "days", "preset", "pull", "days", "soon");
        create(admin, "name", "twice", "preset", "pull", "days", "30").expect(201);
        Reply twice = create(admin, "name", "twice", "preset", "pull", "days", "30");

        assertThat(name.expect(400).text())
                .contains("id=\"problem-name\" role=\"alert\"")
                .contains("value=\"ci\" checked")
                .contains("value=\"365\" selected")
                .doesNotContain("<b>Loud")
                .doesNotContain("a<i>b");
        assertThat(none.expect(400).text())
                .contains("id=\"problem-permissions\" role=\"alert\"")
                .contains("<details open>");
        assertThat(odd.expect(400).text()).contains("id=\"problem-permissions\" role=\"alert\"");
        assertThat(days.expect(400).text()).contains("id=\"problem-days\" role=\"alert\"");
        assertThat(twice.expect(409).text()).contains("A robot has this name already.");
    }

    @Test
    void a_robot_is_reached_through_its_own_project_only() {
        Visitor admin = Visitor.administrator(server);
        Yard other = new Yard(server);
        create(admin, "name", "mine", "preset", "pull", "days", "30").expect(201);
        Reply list = admin.get(yard.page("/robots"));
        String id = Visitor.found(list, "(?<=/robots/)[0-9]+(?=/delete)");
        String token = "form_token=" + Visitor.hidden(list, "form_token");

        for (String place : java.util.List.of(other.page("/robots/"), "/registry/robots/")) {
            admin.post(place + id + "/secret", token).expect(404);
            admin.post(place + id + "/status", token + "&status=disabled").expect(404);
            admin.post(place + id + "/delete", token).expect(404);
        }
        assertThat(admin.get(yard.page("/robots")).text()).contains(">active</span>");
    }

    @Test
    void a_guest_sees_robots_and_is_offered_nothing() {
        Visitor admin = Visitor.administrator(server);
        create(admin, "name", "seen", "preset", "pull", "days", "30").expect(201);

        Reply page = yard.member(3).get(yard.page("/robots")).expect(200);

        assertThat(page.text())
                .contains("+seen")
                .doesNotContain("New robot")
                .doesNotContain("New secret")
                .doesNotContain("/delete");
        yard.member(5).get(yard.page("/robots")).expect(403);
    }

    @Test
    void a_robot_of_the_system_works_in_the_projects_it_names() {
        Visitor admin = Visitor.administrator(server);
        Yard other = new Yard(server);
        String name = "mirror" + System.nanoTime();
        Reply form = admin.get("/registry/robots/new").expect(200);

        Reply made = admin.submit(
                        form,
                        "/registry/robots",
                        "name",
                        name,
                        "preset",
                        "pull",
                        "projects",
                        yard.project(),
                        "days",
                        "90")
                .expect(201);

        assertThat(yard.opens("robot$" + name, secret(made))).isTrue();
        assertThat(other.opens("robot$" + name, secret(made))).isFalse();
        server.advance(Duration.ofMinutes(1));
        Reply list = admin.get("/registry/robots").expect(200);
        assertThat(list.text())
                .contains("robot$" + name)
                .contains("in " + yard.project())
                .contains("data-label=\"Last used\"><time");
        Reply unknown = admin.submit(
                form, "/registry/robots", "name", "lost", "preset", "pull", "projects", "nowhere", "days", "90");
        assertThat(unknown.expect(400).text())
                .contains("id=\"problem-projects\" role=\"alert\"")
                .contains("There is no project nowhere.");
        admin.submit(list, action(list, "robot$" + name, "delete")).expect(303);
        assertThat(yard.opens("robot$" + name, secret(made))).isFalse();
    }
}

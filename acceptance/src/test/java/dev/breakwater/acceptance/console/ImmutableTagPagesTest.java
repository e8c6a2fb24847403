package dev.breakwater.acceptance.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import org.junit.jupiter.api.Test;

/** {@code /projects/{name}/immutable}. */
@WithServer
class ImmutableTagPagesTest {

    private final TestServer server;
    private final Yard yard;
    private final String address;

    ImmutableTagPagesTest(TestServer server) {
        this.server = server;
        yard = new Yard(server);
        address = yard.page("/immutable");
    }

    private static String[] pattern(String repositories, String tags, String mode, String... more) {
        String[] fields = {
            "repositories", repositories, "repositories_mode", "matching", "tags", tags, "tags_mode", mode
        };
        String[] all = java.util.Arrays.copyOf(fields, fields.length + more.length);
        System.arraycopy(more, 0, all, fields.length, more.length);
        return all;
    }

    private int delete(String tag) {
        return yard.admin()
                .delete("/v2/" + yard.project() + "/web/manifests/" + tag)
                .status();
    }

    @Test
    void a_rule_holds_until_it_is_disabled_and_again_until_it_is_deleted() {
        yard.push("web", "v1", "v2", "v3");
        Visitor admin = Visitor.administrator(server);
        assertThat(admin.get(address).expect(200).text()).contains("No rules");

        Reply added = admin.follow(admin.submit(admin.get(address), address, pattern("**", "v*", "matching")));

        assertThat(added.text())
                .contains("Tags matching v* in every repository")
                .contains(">in force</span>");
        assertThat(delete("v1")).isEqualTo(412);
        String rule = address + "/" + Visitor.found(added, "(?<=/immutable/)[0-9]+");
        Reply disabled = admin.follow(admin.submit(added, rule + "/status"));
        assertThat(disabled.text())
                .contains("its tags can be moved and removed")
                .contains(">disabled</span>");
        assertThat(delete("v1")).isEqualTo(202);
        admin.submit(disabled, rule + "/status").expect(303);
        assertThat(delete("v2")).isEqualTo(412);
        assertThat(admin.follow(admin.submit(disabled, rule + "/delete")).text())
                .contains("No rules");
        assertThat(delete("v2")).isEqualTo(202);
        admin.get(rule).expect(404);
    }

    @Test
    void what_a_rule_matches_is_shown_before_it_is_added_and_after() {
        yard.push("web", "v1", "latest");
        yard.push("tools/build", "v7");
        Visitor admin = Visitor.administrator(server);

        Reply checked = admin.submit(admin.get(address), address, pattern("**", "v*", "matching", "check", "yes"));
        assertThat(checked.expect(200).text())
                .contains("2 tags match now")
                .contains("<code class=\"chip\">tools/build:v7</code>")
                .contains("<code class=\"chip\">web:v1</code>")
                .doesNotContain("web:latest")
                .contains("value=\"v*\"")
                .contains("No rules");
        Reply others = admin.submit(admin.get(address), address, pattern("web", "v*", "others", "check", "yes"));
        assertThat(others.expect(200).text())
                .contains("1 tag matches now")
                .contains("web:latest")
                .contains("value=\"others\" selected");

        Reply list = admin.follow(admin.submit(admin.get(address), address, pattern("**", "v*", "matching")));
        String rule = address + "/" + Visitor.found(list, "(?<=/immutable/)[0-9]+");
        assertThat(admin.get(rule).expect(200).text()).contains("2 tags match now");
        Reply tried = admin.submit(admin.get(rule), rule, pattern("**", "none", "matching", "check", "yes"));
        assertThat(tried.expect(200).text()).contains("No tag matches now");
        assertThat(admin.get(address).text()).contains("Tags matching v* in every repository");
        Reply saved = admin.follow(admin.submit(admin.get(rule), rule, pattern("tools/**", "v7", "matching")));
        assertThat(saved.text()).contains("Tags matching v7 in every repository matching tools/**");
        assertThat(delete("v1")).isEqualTo(202);
    }

    @Test
    void what_is_wrong_stands_beside_its_field_and_what_was_typed_stays() {
        Visitor admin = Visitor.administrator(server);

        Reply tags = admin.submit(admin.get(address), address, pattern("team/**", "[<b>", "others"));
        Reply repositories = admin.submit(admin.get(address), address, pattern("{", "v*", "matching", "check", "yes"));

        assertThat(tags.expect(400).text())
                .contains("id=\"problem-tags\" role=\"alert\"")
                .contains("value=\"team/**\"")
                .contains("value=\"[&lt;b>\"")
                .doesNotContain("[<b>");
        assertThat(repositories.expect(400).text()).contains("id=\"problem-repositories\" role=\"alert\"");
        assertThat(admin.get(address).text()).contains("No rules");
    }

    @Test
    void a_rule_is_reached_through_its_own_project_only_and_by_those_who_may() {
        Visitor admin = Visitor.administrator(server);
        Reply list = admin.follow(admin.submit(admin.get(address), address, pattern("**", "v*", "matching")));
        String id = Visitor.found(list, "(?<=/immutable/)[0-9]+");
        String token = "form_token=" + Visitor.hidden(list, "form_token");
        Yard other = new Yard(server);

        admin.get(other.page("/immutable/" + id)).expect(404);
        admin.post(other.page("/immutable/" + id + "/status"), token + "&status=disabled")
                .expect(404);
        admin.post(other.page("/immutable/" + id + "/delete"), token).expect(404);
        yard.member(2).get(address).expect(403);
        assertThat(yard.member(4).get(address).expect(200).text())
                .contains("Add a rule")
                .contains(">in force</span>");
    }

    @Test
    void a_rule_of_the_api_with_several_patterns_is_shown_with_what_it_matches_and_left_to_the_api() {
        yard.push("web", "v1", "v0");
        yard.admin()
                .post("/api/v2.0/projects/" + yard.project() + "/immutabletagrules", """
                        {"action": "immutable", "template": "immutable_template", "tag_selectors": [
                            {"kind": "doublestar", "decoration": "matches", "pattern": "v*"},
                            {"kind": "doublestar", "decoration": "excludes", "pattern": "v0*"}],
                         "scope_selectors": {"repository": [
                            {"kind": "doublestar", "decoration": "repoMatches", "pattern": "**"}]}}""")
                .expect(201);
        Visitor admin = Visitor.administrator(server);
        String words = "Tags matching v* and not matching v0* in every repository";
        Reply list = admin.get(yard.page("/immutable")).expect(200);
        String rule = Visitor.link(list, words);

        Reply page = admin.get(rule).expect(200);

        assertThat(page.text())
                .contains(words)
                .contains("Several patterns have to fit at once")
                .contains("PUT /api/v2.0/projects/" + yard.project() + "/immutabletagrules/")
                .contains("<code class=\"chip\">web:v1</code>")
                .doesNotContain("web:v0")
                .doesNotContain("Save rule");
        String token = "form_token=" + Visitor.hidden(page, "form_token");
        admin.post(rule, token + "&repositories=**&repositories_mode=matching&tags=x&tags_mode=matching")
                .expect(409);
        assertThat(admin.get(rule).text()).contains(words);
    }
}

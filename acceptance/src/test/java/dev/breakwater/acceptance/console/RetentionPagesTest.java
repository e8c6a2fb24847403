package dev.breakwater.acceptance.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code /projects/{name}/retention}: rules, times, dry runs and real ones. */
@WithServer
class RetentionPagesTest {

    private static final Pattern DECISION =
            Pattern.compile("(?s)<td data-label=\"Artifact\"[^>]*>(\\S+) .*?<code class=\"chip\">(.*?)</code>.*?"
                    + "<span class=\"pill [a-z]+\">([a-z ]+)</span>.*?data-label=\"Why\">(.*?)</td>");

    private final TestServer server;
    private final Yard yard;

    RetentionPagesTest(TestServer server) {
        this.server = server;
        yard = new Yard(server);
    }

    private Reply add(Visitor visitor, String... fields) {
        return visitor.submit(
                visitor.get(yard.page("/retention/rules/new")).expect(200), yard.page("/retention/rules"), fields);
    }

    private Reply add(Visitor visitor, String template, String amount, String repositories, String tags) {
        return add(
                visitor,
                "template",
                template,
                "amount",
                amount,
                "repositories",
                repositories,
                "repositories_mode",
                "matching",
                "tags",
                tags,
                "tags_mode",
                "matching",
                "untagged",
                "yes");
    }

    /** Has the rules carried out to the end, and gives the page that says what was done. */
    private Reply run(Visitor visitor, String kind) {
        Reply page = visitor.get(yard.page("/retention")).expect(200);
        Reply begun = kind.equals("dry")
                ? visitor.submit(page, yard.page("/retention/runs"))
                : visitor.submitLast(page, yard.page("/retention/runs"));
        String address = begun.expect(303).header("Location").orElseThrow();
        return Yard.until(visitor, address, ">succeeded</span>");
    }

    /** What a page says was decided, each as {@code repository:tag verdict (reason)}. */
    private static List<String> decisions(Reply page) {
        List<String> found = new ArrayList<>();
        Matcher matcher = DECISION.matcher(page.text());
        while (matcher.find()) {
            found.add(
                    "%s:%s %s (%s)".formatted(matcher.group(1), matcher.group(2), matcher.group(3), matcher.group(4)));
        }
        return found;
    }

    @Test
    void a_dry_run_lists_with_reasons_exactly_what_the_real_run_removes() {
        yard.push("web", "v1", "v2", "v3", "v4");
        yard.push("api", "b1", "b2", "b3");
        yard.admin()
                .post("/api/v2.0/projects/" + yard.project() + "/immutabletagrules", """
                        {"action": "immutable", "template": "immutable_template",
                         "tag_selectors": [{"kind": "doublestar", "decoration": "matches", "pattern": "v1"}],
                         "scope_selectors": {"repository": [{"kind": "doublestar", "decoration": "repoMatches", "pattern": "**"}]}}""")
                .expect(201);
        Visitor admin = Visitor.administrator(server);
        Reply saved = admin.follow(add(admin, "latestPushedK", "1", "**", "**"));
        assertThat(saved.text())
                .contains("Keep the most recently pushed artifact in every repository.")
                .contains("A dry run shows what that means.");
        admin.follow(add(admin, "always", "", "api", "b1"));

        Reply dry = run(admin, "dry");

        String web = yard.project() + "/web:";
        String api = yard.project() + "/api:";
        List<String> expected = List.of(
                api + "b1 kept (rule 2: all artifacts)",
                api + "b2 would go (no rule keeps it)",
                api + "b3 kept (rule 1: the most recently pushed artifact)",
                web + "v1 kept (immutable: v1)",
                web + "v2 would go (no rule keeps it)",
                web + "v3 would go (no rule keeps it)",
                web + "v4 kept (rule 1: the most recently pushed artifact)");
        assertThat(decisions(dry)).containsExactlyElementsOf(expected);
        assertThat(dry.text())
                .contains("This is a dry run: nothing was removed.")
                .contains("3 artifacts");
        assertThat(yard.tags("web")).containsExactly("v1", "v2", "v3", "v4");
        assertThat(yard.tags("api")).containsExactly("b1", "b2", "b3");

        Reply real = run(admin, "real");

        assertThat(decisions(real))
                .containsExactlyElementsOf(expected.stream()
                        .map(each -> each.replace("would go", "removed"))
                        .toList());
        assertThat(yard.tags("web")).containsExactly("v1", "v4");
        assertThat(yard.tags("api")).containsExactly("b1", "b3");
        String address = Visitor.found(real, "(?<=hx-get=\")[^\"]+");
        assertThat(decisions(admin.get(address + "?show=removed")))
                .hasSize(3)
                .allMatch(each -> each.contains(" removed "));
        assertThat(decisions(admin.get(address + "?show=kept"))).hasSize(4).allMatch(each -> each.contains(" kept "));
        assertThat(admin.get(yard.page("/retention")).text())
                .contains("dry run")
                .contains("real run");
    }

    @Test
    void a_dry_run_leads_to_the_real_one() {
        yard.push("web", "v1", "v2");
        Visitor admin = Visitor.administrator(server);
        add(admin, "latestPushedK", "1", "**", "**").expect(303);

        Reply dry = run(admin, "dry");
        Reply begun = admin.submit(dry, yard.page("/retention/runs"));

        Yard.until(admin, begun.expect(303).header("Location").orElseThrow(), ">succeeded</span>");
        assertThat(yard.tags("web")).containsExactly("v2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    latestPushedK      | 3  | the 3 most recently pushed artifacts
                    latestPulledN      | 1  | the most recently pulled artifact
                    latestActiveK      | 2  | the 2 artifacts that were pushed or pulled last
                    nDaysSinceLastPush | 7  | artifacts pushed within the last 7 days
                    nDaysSinceLastPull | 1  | artifacts pulled within the last day
                    lastXDays          | 30 | artifacts pushed or pulled within the last 30 days
                    always             | 0  | all artifacts""")
    void every_template_is_offered_and_said_in_plain_words(String template, String amount, String words) {
        Visitor admin = Visitor.administrator(server);

        Reply saved = admin.follow(add(admin, template, amount, "team/*", "v*"));

        assertThat(saved.text())
                .contains("Keep " + words
                        + " with tags matching v* or without a tag in every repository matching team/*.");
    }

    @Test
    void a_rule_is_changed_put_out_of_force_and_removed_and_an_old_page_changes_nothing() {
        Visitor admin = Visitor.administrator(server);
        add(admin, "latestPushedK", "5", "**", "**").expect(303);
        Reply before = admin.get(yard.page("/retention"));
        String rule = yard.page("/retention/rules/" + Visitor.found(before, "(?<=/retention/rules/)1-[0-9a-f]{8}"));

        Reply form = admin.get(rule).expect(200);
        assertThat(form.text()).contains("value=\"latestPushedK\" checked").contains("value=\"5\"");
        Reply changed = admin.follow(admin.submit(
                form,
                rule,
                "template",
                "nDaysSinceLastPush",
                "amount",
                "9",
                "repositories",
                "old",
                "repositories_mode",
                "others",
                "tags",
                "tmp-*",
                "tags_mode",
                "others"));
        assertThat(changed.text())
                .contains("Keep artifacts pushed within the last 9 days with tags not matching tmp-*"
                        + " in every repository not matching old.");

        assertThat(admin.submit(before, rule + "/remove").expect(409).text())
                .contains("The rules have changed since the page was loaded.");
        String now = yard.page("/retention/rules/" + Visitor.found(changed, "(?<=/retention/rules/)1-[0-9a-f]{8}"));
        Reply off = admin.follow(admin.submit(changed, now + "/status"));
        assertThat(off.text()).contains("The rule is out of force.").doesNotContain(">Dry run</button>");
        String last = yard.page("/retention/rules/" + Visitor.found(off, "(?<=/retention/rules/)1-[0-9a-f]{8}"));
        assertThat(admin.follow(admin.submit(off, last + "/remove")).text())
                .contains("The rule is removed.")
                .contains("Everything is kept");
        String token = "form_token=" + Visitor.hidden(off, "form_token");
        assertThat(admin.post(yard.page("/retention/runs"), token + "&kind=real")
                        .expect(400)
                        .text())
                .contains("There is no rule in force");
    }

    @Test
    void times_are_set_shown_and_ended() {
        Visitor admin = Visitor.administrator(server);
        String address = yard.page("/retention");
        add(admin, "always", "", "**", "**").expect(303);

        Reply daily = admin.follow(admin.submit(admin.get(address), address + "/schedule", "every", "daily"));
        assertThat(daily.text())
                .contains("value=\"daily\" selected")
                .containsPattern("Next <time datetime=\"[^\"]+T00:00:00Z");
        Reply custom =
                admin.follow(admin.submit(daily, address + "/schedule", "every", "custom", "cron", "0 30 3 * * 1-5"));
        assertThat(custom.text())
                .contains("value=\"custom\" selected")
                .contains("value=\"0 30 3 * * 1-5\"")
                .contains("T03:30:00Z");
        Reply wrong = admin.submit(custom, address + "/schedule", "every", "custom", "cron", "at <noon>");
        assertThat(wrong.expect(400).text())
                .contains("id=\"problem-cron\" role=\"alert\"")
                .contains("These are no times")
                .contains("value=\"at &lt;noon>\"")
                .doesNotContain("at <noon>");
        Reply never = admin.follow(admin.submit(custom, address + "/schedule", "every", "never"));
        assertThat(never.text()).contains("value=\"never\" selected").doesNotContain("Next <time");
    }

    @Test
    void what_is_wrong_stands_beside_its_field_and_what_was_typed_stays() {
        Visitor admin = Visitor.administrator(server);

        assertThat(add(admin, "latestPushedK", "many", "team/**", "v*")
                        .expect(400)
                        .text())
                .contains("id=\"problem-amount\" role=\"alert\"")
                .contains("value=\"many\"")
                .contains("value=\"team/**\"");
        assertThat(add(admin, "always", "", "{open", "<b>").expect(400).text())
                .contains("id=\"problem-repositories\" role=\"alert\"")
                .contains("value=\"&lt;b>\"")
                .doesNotContain("<b>\"");
        assertThat(add(admin, "always", "", "**", "[x").expect(400).text())
                .contains("id=\"problem-tags\" role=\"alert\"");
        assertThat(add(admin, "always", "", "**", "").expect(400).text())
                .contains("Write a pattern; ** stands for all.");
        assertThat(add(admin, "forever", "", "**", "**").expect(400).text())
                .contains("id=\"problem-template\" role=\"alert\"");
        assertThat(admin.get(yard.page("/retention")).text()).contains("Everything is kept");
    }

    @Test
    void a_rule_of_the_api_with_several_patterns_is_shown_and_left_to_the_api() {
        long number = yard.admin()
                .get("/api/v2.0/projects/" + yard.project())
                .json()
                .get("project_id")
                .asLong();
        yard.admin().post("/api/v2.0/retentions", """
                        {"algorithm": "or", "scope": {"level": "project", "ref": %d}, "rules": [{"action": "retain",
                         "template": "always", "params": {}, "tag_selectors": [
                            {"kind": "doublestar", "decoration": "matches", "pattern": "v*"},
                            {"kind": "doublestar", "decoration": "excludes", "pattern": "v0*"}],
                         "scope_selectors": {"repository": []}}]}""".formatted(number)).expect(201);
        Visitor admin = Visitor.administrator(server);

        Reply page = admin.get(yard.page("/retention")).expect(200);

        assertThat(page.text())
                .contains("Keep all artifacts with tags matching v* and not matching v0* in every repository.")
                .contains("Several patterns have to fit at once")
                .contains("PUT /api/v2.0/retentions")
                .doesNotContain(">Edit<");
        String rule = Visitor.found(page, "(?<=/retention/rules/)1-[0-9a-f]{8}");
        admin.get(yard.page("/retention/rules/" + rule)).expect(409);
    }

    @Test
    void a_run_is_of_its_own_project_and_who_may_not_run_is_offered_nothing() {
        yard.push("web", "v1");
        Visitor admin = Visitor.administrator(server);
        add(admin, "always", "", "**", "**").expect(303);
        Reply dry = run(admin, "dry");
        String id = Visitor.found(dry, "(?<=/retention/runs/)[0-9]+");
        Yard other = new Yard(server);
        String token = "form_token=" + Visitor.hidden(admin.get("/projects"), "form_token");

        admin.get(other.page("/retention/runs/" + id)).expect(404);
        admin.get(other.page("/retention/runs/" + id + "/live")).expect(404);
        admin.post(other.page("/retention/runs/" + id + "/stop"), token).expect(404);
        yard.member(3).get(yard.page("/retention/runs/" + id)).expect(403);
        assertThat(yard.member(2).get(yard.page("/retention")).expect(200).text())
                .contains(">Dry run</button>");
    }
}

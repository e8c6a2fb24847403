package dev.breakwater.acceptance.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code /projects/{name}/log}. */
@WithServer
class ProjectLogPagesTest {

    private static final Pattern RESOURCE = Pattern.compile("<td data-label=\"Resource\"[^>]*><code>(.*?)</code>");

    private final TestServer server;
    private final Yard yard;
    private final String address;

    ProjectLogPagesTest(TestServer server) {
        this.server = server;
        yard = new Yard(server);
        address = yard.page("/log");
    }

    /** The resources of the entries, without those that are named by a digest: each image is pushed by both names. */
    private static List<String> resources(Reply page) {
        List<String> found = new ArrayList<>();
        Matcher matcher = RESOURCE.matcher(page.expect(200).text());
        while (matcher.find()) {
            if (matcher.group(1).indexOf('@') < 0) {
                found.add(matcher.group(1));
            }
        }
        return found;
    }

    @Test
    void entries_are_narrowed_by_operation_user_resource_and_time() {
        yard.push("web", "v1");
        Instant between = server.time().instant().plusSeconds(60);
        server.advance(Duration.ofMinutes(2));
        yard.push("api", "v2");
        Visitor admin = Visitor.administrator(server);
        String web = yard.project() + "/web:v1";
        String api = yard.project() + "/api:v2";

        assertThat(resources(admin.get(address))).containsExactly(api, web, yard.project());
        assertThat(resources(admin.get(address + "?operation=push"))).containsExactly(api, web);
        assertThat(resources(admin.get(address + "?operation=delete"))).isEmpty();
        assertThat(resources(admin.get(address + "?user=ADMI"))).hasSize(3);
        assertThat(resources(admin.get(address + "?user=nobody"))).isEmpty();
        assertThat(resources(admin.get(address + "?resource=WEB%3A"))).containsExactly(web);
        assertThat(resources(admin.get(address + "?from=" + between))).containsExactly(api);
        assertThat(resources(admin.get(address + "?until=" + between))).containsExactly(web, yard.project());
    }

    @Test
    void changes_on_pages_are_in_it_by_name() {
        Visitor admin = Visitor.administrator(server);
        String name = yard.newUser();
        String members = yard.page("/members");
        Reply page = admin.follow(admin.submit(admin.get(members), members, "username", name, "role", "developer"));
        String row = Visitor.found(page, "(?s)" + members + "/[0-9]+/role(?=((?!</tr>).)*Role of " + name + ")");
        admin.submit(page, row, "role", "guest").expect(303);
        admin.submit(page, row.replace("/role", "/remove")).expect(303);

        Reply log = admin.get(address + "?resource=" + name);

        assertThat(resources(log)).hasSize(3).containsOnly(yard.project() + "/" + name);
        assertThat(log.text())
                .contains("create <span class=\"muted\">member")
                .contains("delete <span class=\"muted\">member");
    }

    @Test
    void long_lists_go_on_from_where_the_page_ended() {
        String[] tags = new String[30];
        for (int number = 0; number < tags.length; number++) {
            tags[number] = "t" + number;
        }
        yard.push("web", tags);
        Visitor admin = Visitor.administrator(server);

        Reply first = admin.get(address + "?operation=push&resource=web%3At");
        String next = Visitor.unescaped(Visitor.found(first, "(?<=href=\")[^\"]+(?=\" rel=\"next\")"));
        Reply second = admin.get(next);

        assertThat(next).contains("operation=push");
        assertThat(resources(first)).hasSize(25).startsWith(yard.project() + "/web:t29");
        assertThat(resources(second)).hasSize(5).endsWith(yard.project() + "/web:t0");
        admin.get(address + "?starting_after=zero").expect(400);
    }

    @Test
    void only_who_administers_the_project_reads_it_and_odd_filters_are_explained() {
        Visitor admin = Visitor.administrator(server);

        assertThat(admin.get(address + "?from=yesterday%3Cb%3E").expect(400).text())
                .contains("id=\"problem-from\" role=\"alert\"")
                .doesNotContain("yesterday<b>");
        assertThat(admin.get(address + "?user=%22%3E%3Cscript%3E").expect(200).text())
                .doesNotContain("<script>")
                .contains("Nothing found");
        assertThat(admin.get(address + "?resource=%00").status()).isEqualTo(400);
        yard.member(1).get(address).expect(200);
        yard.member(4).get(address).expect(403);
    }
}

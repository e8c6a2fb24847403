package dev.breakwater.acceptance.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code /projects/{name}} and its repositories: what was pushed, how to pull and push, deleting and bringing back. */
@WithServer
class RepositoryPagesTest {

    private final TestServer server;
    private final Registered shelf;
    private Visitor visitor;

    RepositoryPagesTest(TestServer server) {
        this.server = server;
        shelf = Registered.in(server);
        visitor = new Visitor(server);
    }

    @BeforeEach
    void signIn() {
        visitor = Visitor.administrator(server);
    }

    private static List<String> all(Reply page, String pattern) {
        return Pattern.compile(pattern)
                .matcher(page.text())
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private List<String> repositories(Reply page) {
        return all(page, "href=\"" + shelf.page("/repositories/") + "([^\"@:?]+)[\"?]");
    }

    private static List<String> artifacts(Reply page) {
        return all(page, "@(sha256:[0-9a-f]{64})[\"?]");
    }

    @Test
    void a_project_without_repositories_says_how_to_push_to_it() {
        Reply page = visitor.get(shelf.page("")).expect(200);

        String name = server.url().getAuthority() + "/" + shelf.project();
        assertThat(page.text())
                .contains("Push the first image")
                .contains("docker login " + server.url().getAuthority())
                .contains("docker push " + name + "/alpine:latest")
                .contains("skopeo copy --all --dest-tls-verify=false")
                .contains("helm push mychart-0.1.0.tgz oci://" + name + " --plain-http")
                .contains("oras push --plain-http " + name + "/alpine:latest report.pdf");
    }

    @Test
    void repositories_are_listed_with_what_they_hold_the_last_pushed_to_first() {
        Registered.Pushed amd64 = shelf.image("web", "", "{\"architecture\":\"amd64\",\"os\":\"linux\"}", "one", "two");
        Registered.Pushed arm64 = shelf.image("web", "", "{\"architecture\":\"arm64\",\"os\":\"linux\"}", "one");
        Registered.Pushed index = shelf.manifest(
                "web",
                "v1",
                Registered.INDEX,
                "\"manifests\":[%s,%s]".formatted(amd64.descriptor(""), arm64.descriptor("")));
        shelf.referrer("web", index, "application/vnd.cyclonedx+json");
        shelf.image("team/api", "v1");
        server.advance(Duration.ofMinutes(1));
        shelf.image("web", "v2");
        shelf.admin()
                .put("/api/v2.0/projects/" + shelf.project() + "/repositories/web", """
                        {"description": "The <b>web</b> shop"}""")
                .expect(200);

        Reply newest = visitor.get(shelf.page("")).expect(200);

        assertThat(repositories(newest)).containsExactly("web", "team/api");
        // Neither the platforms of an index nor what belongs to it count by themselves.
        assertThat(newest.text())
                .containsPattern("(?s)repositories/web\".{0,200}The &lt;b&gt;web&lt;/b&gt; shop.{0,80}"
                        + "data-label=\"Artifacts\" class=\"number\">2<.{0,80}data-label=\"Tags\" class=\"number\">2<")
                .doesNotContain("<b>web");
        assertThat(repositories(visitor.get(shelf.page("?sort=name")))).containsExactly("team/api", "web");
        assertThat(repositories(visitor.get(shelf.page("?search=API")))).containsExactly("team/api");
        assertThat(visitor.get(shelf.page("?search=" + shelf.project())).text()).contains("No repository fits");
        assertThat(artifacts(visitor.get(shelf.repository("web")))).hasSize(2).contains(index.digest());
    }

    @Test
    void lists_go_on_page_by_page_without_gap_or_repetition() {
        List<String> pushed = new ArrayList<>();
        for (int i = 0; i < 27; i++) {
            pushed.add(shelf.image("many", "v" + i).digest());
            shelf.image("one-of-" + i, "v1");
        }

        for (String sort : List.of("push", "name")) {
            Reply first = visitor.get(shelf.page("?sort=" + sort)).expect(200);
            Reply second = visitor.get(next(first)).expect(200);
            List<String> seen = new ArrayList<>(repositories(first));
            assertThat(seen).hasSize(25);
            seen.addAll(repositories(second));
            assertThat(seen).hasSize(28).doesNotHaveDuplicates();
        }
        Reply newest = visitor.get(shelf.repository("many")).expect(200);
        List<String> seen = new ArrayList<>(artifacts(newest));
        assertThat(seen).hasSize(25);
        seen.addAll(artifacts(visitor.get(next(newest)).expect(200)));
        assertThat(seen).containsExactlyElementsOf(pushed.reversed());
    }

    private static String next(Reply page) {
        return Visitor.unescaped(Visitor.found(page, "[^\"]*starting_after=[^\"]*(?=\" rel=\"next\")"));
    }

    @Test
    void artifacts_are_found_by_part_of_a_tag_and_by_the_beginning_of_a_digest() {
        Registered.Pushed release = shelf.image("app", "release-1.4");
        Registered.Pushed nightly = shelf.image("app", "nightly");
        String page = shelf.repository("app");

        assertThat(artifacts(visitor.get(page + "?search=LEASE-1"))).containsExactly(release.digest());
        assertThat(artifacts(visitor.get(page + "?search=" + nightly.digest().substring(0, 20))))
                .containsExactly(nightly.digest());
        assertThat(artifacts(visitor.get(page + "?search=" + nightly.digest().substring(7, 19))))
                .containsExactly(nightly.digest());
        assertThat(visitor.get(page + "?search=%25").text()).contains("No artifact fits");
        assertThat(visitor.get(page + "?search=%3Cscript%3E").text()).doesNotContain("<script>");
    }

    @Test
    void what_is_pulled_last_and_by_which_command_is_told() {
        shelf.image("app", "v7");
        String name = server.url().getAuthority() + "/" + shelf.project() + "/app:v7";

        Reply page = visitor.get(shelf.repository("app")).expect(200);

        assertThat(page.text())
                .contains("docker pull " + name)
                .contains("podman pull --tls-verify=false " + name)
                .contains("skopeo copy --src-tls-verify=false docker://" + name + " oci:app")
                .contains("<span class=\"muted\">never</span>");
    }

    @Test
    void a_chart_is_pulled_with_helm_by_its_version() {
        shelf.manifest(
                "charts/web",
                "0.4.0_build.7",
                Registered.MANIFEST,
                "\"config\":%s,\"layers\":[%s]"
                        .formatted(
                                shelf.blob(
                                        "charts/web", "application/vnd.cncf.helm.config.v1+json", "{\"name\":\"web\"}"),
                                shelf.blob(
                                        "charts/web",
                                        "application/vnd.cncf.helm.chart.content.v1.tar+gzip",
                                        "archive")));

        assertThat(visitor.get(shelf.repository("charts/web")).expect(200).text())
                .contains("Helm chart")
                .contains("helm pull oci://%s/%s/charts/web --version 0.4.0+build.7 --plain-http"
                        .formatted(server.url().getAuthority(), shelf.project()))
                .doesNotContain("docker pull");
    }

    @Test
    void a_repository_is_described() {
        shelf.image("app", "v1");
        Reply page = visitor.get(shelf.repository("app")).expect(200);
        String form = shelf.repository("app/description");

        Reply saved = visitor.follow(visitor.submit(page, form, "description", "For <i>everybody</i>\n& more"));

        assertThat(saved.text())
                .contains("The description is saved.")
                .contains("For &lt;i&gt;everybody&lt;/i&gt;")
                .doesNotContain("<i>everybody");
        assertThat(visitor.submit(page, form, "description", "x".repeat(65_537))
                        .expect(400)
                        .text())
                .contains("This is too long");
    }

    @Test
    void a_deleted_repository_can_be_brought_back_for_a_while() {
        shelf.image("app", "v1");
        Reply page = visitor.get(shelf.repository("app")).expect(200);
        assertThat(page.text()).contains("For 1 day this can be undone").contains("data-confirm=\"Delete ");

        Reply deleted = visitor.follow(visitor.submit(page, shelf.repository("app/delete")));

        assertThat(deleted.text())
                .contains("The repository is deleted. It can still be brought back")
                .contains("Repository <strong>" + shelf.project() + "/app</strong>");
        assertThat(repositories(deleted)).isEmpty();
        assertThat(visitor.get(shelf.repository("app")).expect(200).text()).contains("The repository is empty");

        Reply back = visitor.follow(visitor.submit(deleted, undo(deleted)));

        assertThat(back.text()).contains("It is there again.").contains("v1");
        visitor.post(undo(deleted), "form_token=" + Visitor.hidden(back, "form_token") + "&organization=default")
                .expect(404);
        visitor.submit(back, shelf.repository("app/delete")).expect(303);
        server.advance(Duration.ofHours(25));
        Visitor later = Visitor.administrator(server);
        assertThat(later.get(shelf.page("")).expect(200).text()).doesNotContain("Deleted lately");
        later.get(shelf.repository("app")).expect(404);
    }

    private static String undo(Reply page) {
        return Visitor.found(page, "(?<=action=\")/projects/[^\"]+/deletions/[0-9]+/undo");
    }

    @Test
    void a_tag_that_points_elsewhere_now_is_not_brought_back() {
        Registered.Pushed first = shelf.image("app", "v1");
        Reply page = visitor.get(shelf.repository("app@" + first.digest())).expect(200);
        visitor.submit(page, shelf.repository("app@" + first.digest() + "/tags/delete"))
                .expect(303);
        shelf.image("app", "v1", "{\"os\":\"linux\"}", "another");
        Reply deleted = visitor.get(shelf.page("")).expect(200);

        Reply refused = visitor.submit(deleted, undo(deleted)).expect(409);

        assertThat(refused.text()).contains("belong to other artifacts now: v1");
    }

    @Test
    void nothing_can_be_undone_by_somebody_who_may_not_delete() {
        Registered.Pushed pushed = shelf.image("app", "v1");
        shelf.image("app", "v2");
        shelf.admin()
                .delete("/api/v2.0/projects/%s/repositories/app/artifacts/%s"
                        .formatted(shelf.project(), pushed.digest()))
                .expect(200);
        String user = server.admin().newUser("reader-of-" + shelf.project(), Scene.PASSWORD);
        String organization = server.admin()
                .client()
                .get("/admin/v1/organizations?limit=100")
                .expect(200)
                .json()
                .get("data")
                .valueStream()
                .filter(each -> each.get("identifier").asString().equals("default"))
                .findFirst()
                .orElseThrow()
                .get("id")
                .asString();
        server.admin().assign(user, "_organization_viewer", organization);
        shelf.admin()
                .post("/api/v2.0/projects/" + shelf.project() + "/members", """
                        {"role_id": 3, "member_user": {"username": "reader-of-%s"}}""".formatted(shelf.project()))
                .expect(201);
        String undo = undo(visitor.get(shelf.page("")).expect(200));
        Visitor reader = Visitor.signedIn(server, "reader-of-" + shelf.project(), Scene.PASSWORD);

        Reply page = reader.get(shelf.page("")).expect(200);

        assertThat(page.text()).contains("app").doesNotContain("Deleted lately").doesNotContain("How to push");
        reader.post(undo, "form_token=" + Visitor.hidden(page, "form_token")).expect(403);
    }
}

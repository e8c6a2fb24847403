package dev.breakwater.acceptance.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.harness.Await;
import dev.breakwater.acceptance.harness.Organization;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** {@code /}, the part about the registry: what is stored, how it is used, and a newcomer's first image. */
@WithServer
class RegistryHomeTest {

    private final TestServer server;
    private final Organization acme;

    RegistryHomeTest(TestServer server, Organization acme) {
        this.server = server;
        this.acme = acme;
    }

    @Test
    void a_newcomer_is_guided_to_the_first_image() {
        Visitor visitor = Visitor.member(server, acme, "_organization_admin");

        Reply first = visitor.get("/").expect(200);

        assertThat(first.text())
                .contains("Push your first image")
                .contains("<a href=\"/projects/new\">Make a project</a>")
                .contains("docker login " + server.url().getAuthority())
                .doesNotContain("<h2 id=\"pulls\">");

        visitor.submit(visitor.get("/projects/new"), "/projects", "name", "first-image", "visibility", "private")
                .expect(303);

        assertThat(visitor.get("/").expect(200).text())
                .contains("You may push to <a href=\"/projects/first-image\">first-image</a>")
                .contains("docker push " + server.url().getAuthority() + "/first-image/alpine:latest");
    }

    @Test
    void what_is_stored_and_how_it_is_used_is_counted_and_drawn() {
        Visitor visitor = Visitor.administrator(server);
        Registered shelf = Registered.in(server);
        long earlier = pushes(visitor.get("/"));
        shelf.image("app", "v1");
        server.advance(Duration.ofSeconds(5));
        Await.until("the first push is counted", () -> pushes(visitor.get("/")) > earlier);
        long pushes = pushes(visitor.get("/"));
        long pulls = count(visitor.get("/"), "Pulls");

        shelf.image("app", "v2");
        for (int i = 0; i < 3; i++) {
            shelf.admin()
                    .with("Accept", Registered.MANIFEST)
                    .get("/v2/" + shelf.project() + "/app/manifests/v1")
                    .expect(200);
        }
        server.advance(Duration.ofSeconds(5));
        Await.until("the pulls are written", () -> count(visitor.get("/"), "Pulls") == pulls + 3);
        Await.until("the push is written", () -> pushes(visitor.get("/")) == pushes + 1);

        assertThat(visitor.get("/").expect(200).text())
                .doesNotContain("Push your first image")
                .containsPattern("<dt>Stored</dt><dd>[0-9.]+ [KM]?i?B</dd>")
                .containsPattern("<dt>Artifacts</dt><dd>[0-9]+</dd>")
                .contains("24 hours ago");
        server.advance(Duration.ofHours(24));
        Reply later = Visitor.administrator(server).get("/").expect(200);
        assertThat(count(later, "Pulls")).isZero();
    }

    /** None are drawn before the first. */
    private static long pushes(Reply page) {
        return page.text().contains("Pushes by hour") ? count(page, "Pushes") : 0;
    }

    private static long count(Reply page, String what) {
        String drawn = Visitor.found(page, "(?<=aria-label=\"" + what + " by hour, )[0-9,]+(?= in a day\")");
        return Long.parseLong(drawn.replace(",", ""));
    }
}

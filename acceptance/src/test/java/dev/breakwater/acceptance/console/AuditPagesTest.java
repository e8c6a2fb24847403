package dev.breakwater.acceptance.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.harness.Organization;
import dev.breakwater.acceptance.harness.Organization.Endpoint;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code /settings/audit}: who changed what, found by request id, action, person and time. */
@WithServer
class AuditPagesTest {

    private final TestServer server;
    private final Organization acme;
    private Visitor visitor;

    AuditPagesTest(TestServer server, Organization acme) {
        this.server = server;
        this.acme = acme;
        visitor = new Visitor(server);
    }

    @BeforeEach
    void signIn() {
        visitor = Visitor.member(server, acme, "_organization_admin");
    }

    private String disable(Endpoint endpoint) {
        String path = "/webhooks/" + endpoint.id();
        return visitor.submit(visitor.get(path), path + "/status")
                .expect(303)
                .header("X-Request-Id")
                .orElseThrow();
    }

    private static int rows(Reply page) {
        return page.text().split("data-label=\"Action\"", -1).length - 1;
    }

    @Test
    void a_change_is_found_by_the_id_of_its_request() {
        Endpoint endpoint = acme.endpoint("https://example.com/hook", "*");
        String request = disable(endpoint);

        Reply page = visitor.get("/settings/audit?request=" + request).expect(200);

        assertThat(rows(page)).isEqualTo(1);
        assertThat(page.text())
                .contains("<code>" + request + "</code>")
                .contains("<code>webhook.")
                .contains("<code>" + endpoint.id() + "</code>")
                .contains(">member")
                .contains("127.0.0.1")
                .contains("value=\"" + request + "\"");
    }

    @Test
    void the_log_is_narrowed_by_action_person_and_time() {
        Endpoint endpoint = acme.endpoint("https://example.com/hook", "*");
        server.advance(Duration.ofHours(2));
        String between =
                server.time().instant().minus(Duration.ofHours(1)).toString().substring(0, 16);
        disable(endpoint);

        assertThat(rows(visitor.get("/settings/audit?action=webhook.created"))).isEqualTo(1);
        Reply later = visitor.get("/settings/audit?from=" + between);
        assertThat(rows(later)).isEqualTo(1);
        assertThat(later.text()).contains(endpoint.id());
        Reply before = visitor.get("/settings/audit?until=" + between);
        assertThat(rows(before)).isGreaterThan(1);
        assertThat(rows(visitor.get("/settings/audit?actor=admin&action=workspace.created")))
                .isEqualTo(2);
        assertThat(visitor.get("/settings/audit?actor=nobody").text())
                .contains("Nothing found")
                .contains("A request that changed nothing leaves no entry.");
    }

    @Test
    void a_time_that_is_none_is_explained() {
        assertThat(visitor.get("/settings/audit?until=soon").expect(400).text())
                .contains("Write it as 2026-05-25T12:00");
    }

    @Test
    void long_lists_page_by_cursor_and_keep_their_filters() {
        for (int i = 0; i < 27; i++) {
            acme.endpoint("https://example.com/hook/" + i, "*");
        }

        Reply newest = visitor.get("/settings/audit?action=webhook.created").expect(200);
        Reply older = visitor.get(Visitor.link(newest, "Older")).expect(200);

        assertThat(rows(newest)).isEqualTo(25);
        assertThat(rows(older)).isEqualTo(2);
        assertThat(Visitor.link(older, "Newest")).isEqualTo("/settings/audit?action=webhook.created");
    }

    @Test
    void secrets_are_in_no_entry() {
        Reply made = visitor.submit(
                visitor.get("/settings/keys/new"),
                "/settings/keys",
                "name",
                "secret of",
                "environment",
                "sandbox",
                "preset",
                "admin");
        String secret = Visitor.found(made, "hb_test_[0-9A-Za-z]+");

        Reply page = visitor.get("/settings/audit");

        assertThat(page.text()).contains("api_key.created").doesNotContain(secret);
    }
}

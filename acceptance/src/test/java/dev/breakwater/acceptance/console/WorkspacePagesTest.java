package dev.breakwater.acceptance.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.harness.Organization;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code /settings/workspaces}: their ids, and making, renaming, suspending and archiving them. */
@WithServer
class WorkspacePagesTest {

    private final TestServer server;
    private final Organization acme;
    private Visitor visitor;

    WorkspacePagesTest(TestServer server, Organization acme) {
        this.server = server;
        this.acme = acme;
        visitor = new Visitor(server);
    }

    @BeforeEach
    void signIn() {
        visitor = Visitor.member(server, acme, "_organization_admin");
    }

    private String path() {
        return "/settings/workspaces/" + acme.workspace();
    }

    @Test
    void a_workspace_is_made_and_takes_events() {
        Reply list = visitor.get("/settings/workspaces").expect(200);
        assertThat(list.text()).contains(acme.workspace()).contains(acme.liveWorkspace());

        Reply made = visitor.submit(list, "/settings/workspaces", "name", "Warehouse", "environment", "sandbox");

        Reply page = visitor.follow(made).expect(200);
        assertThat(page.text()).contains("The workspace is made.").contains("<h1 class=\"break\">Warehouse</h1>");
        String id = Visitor.found(page, "ws_[0-9a-z]+");
        acme.sandbox()
                .post("/v1/events", Organization.event(id, "order.shipped", "{}"))
                .expect(201);
    }

    @Test
    void a_workspace_without_a_name_is_explained_and_what_was_typed_stays() {
        Reply wrong = visitor.submit(
                visitor.get("/settings/workspaces"),
                "/settings/workspaces",
                "name",
                "n".repeat(121),
                "environment",
                "sandbox");

        assertThat(wrong.expect(400).text())
                .contains("id=\"problem-name\" role=\"alert\"")
                .contains("value=\"" + "n".repeat(121) + "\"");
    }

    @Test
    void name_and_retention_are_changed() {
        Reply saved = visitor.submit(visitor.get(path()), path(), "name", "Shop floor", "retention_days", "30");

        assertThat(visitor.follow(saved).text())
                .contains("The workspace is saved.")
                .contains("value=\"30\"");
        assertThat(visitor.get("/settings/workspaces").text())
                .contains("Shop floor")
                .contains("30 days");
        assertThat(acme.sandbox().get("/v1/workspaces/" + acme.workspace()).string("name"))
                .isEqualTo("Shop floor");
    }

    @Test
    void a_retention_that_is_no_number_is_explained_and_what_was_typed_stays() {
        Reply wrong = visitor.submit(visitor.get(path()), path(), "name", "Typed", "retention_days", "a month");

        assertThat(wrong.expect(400).text())
                .contains("id=\"problem-retention_days\" role=\"alert\"")
                .contains("value=\"a month\"")
                .contains("value=\"Typed\"");
        assertThat(visitor.get("/settings/workspaces").text()).doesNotContain("Typed");
    }

    @Test
    void a_suspended_workspace_refuses_events_until_it_is_activated() {
        Reply suspended = visitor.follow(visitor.submit(visitor.get(path()), path() + "/status", "reason", "billing"));

        assertThat(suspended.text())
                .contains("<dt>Suspended for</dt><dd>billing</dd>")
                .contains("Activate workspace");
        acme.sandbox().post("/v1/events", acme.event("order.shipped")).expectError(403, "workspace_suspended");
        assertThat(visitor.get("/events/new").text()).doesNotContain("value=\"" + acme.workspace() + "\"");

        Reply active = visitor.follow(visitor.submit(suspended, path() + "/status"));

        assertThat(active.text()).contains("Suspend workspace");
        acme.post("order.shipped");
    }

    @Test
    void an_archived_workspace_stays_readable_and_offers_no_change() {
        String event = acme.post("order.shipped");
        Reply page = visitor.get(path());
        assertThat(page.text()).contains("for good?\"");

        Reply archived = visitor.follow(visitor.submitLast(page, path() + "/status"));

        assertThat(archived.text()).contains("pill bad\">archived</span>").doesNotContain("action=\"" + path());
        visitor.get("/events/" + event).expect(200);
        assertThat(acme.sandbox()
                        .post("/v1/events", acme.event("order.shipped"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void whatever_a_workspace_is_called_is_text() {
        visitor.submit(visitor.get(path()), path(), "name", "<script>alert(1)</script>'\"", "retention_days", "7")
                .expect(303);

        for (String page : new String[] {
            "/",
            "/events",
            "/webhooks",
            "/deliveries",
            "/settings/workspaces",
            path(),
            "/settings/keys/new",
            "/events/new",
            "/deliveries/replay"
        }) {
            assertThat(visitor.get(page).expect(200).text())
                    .as(page)
                    .contains("&lt;script")
                    .doesNotContain("<script>alert");
        }
    }
}

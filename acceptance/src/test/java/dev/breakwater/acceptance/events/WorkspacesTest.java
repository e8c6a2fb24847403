package dev.breakwater.acceptance.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.Organization;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import org.junit.jupiter.api.Test;

/** events.md, checklist: workspaces. */
@WithServer
class WorkspacesTest {

    private final TestServer server;
    private final Organization acme;

    WorkspacesTest(TestServer server, Organization acme) {
        this.server = server;
        this.acme = acme;
    }

    @Test
    @Proves(contract = "events", lines = 15)
    void a_workspace_has_four_members() {
        Reply reply = acme.sandbox().get("/v1/workspaces/" + acme.workspace()).expect(200);

        assertThat(reply.json().propertyNames()).containsExactly("id", "name", "status", "created_at");
        assertThat(reply.string("id")).isEqualTo(acme.workspace());
        assertThat(reply.string("name")).isEqualTo("Acme sandbox");
        assertThat(reply.string("status")).isEqualTo("active");
        assertThat(reply.string("created_at")).isEqualTo(server.time().instant().toString());
    }

    @Test
    @Proves(contract = "events", lines = 16)
    void an_unknown_workspace_is_not_found() {
        String unknown = "ws_018f3a2e4b9c";

        assertThat(acme.sandbox().get("/v1/workspaces/" + unknown).expectError(404, "resource_not_found"))
                .isEqualTo("No workspace found with id ws_018f3a2e4b9c.");
    }

    @Test
    @Proves(contract = "events", lines = 17)
    void what_cannot_be_an_id_is_not_found_either() {
        acme.sandbox().get("/v1/workspaces/ws_invalid").expectError(404, "resource_not_found");
        acme.sandbox()
                .get("/v1/workspaces/" + acme.workspace().toUpperCase(java.util.Locale.ROOT))
                .expectError(404, "resource_not_found");
    }

    @Test
    @Proves(contract = "events", lines = 18)
    void a_suspended_workspace_takes_no_events() {
        server.admin().suspend(acme.workspace(), "billing");

        Reply reply = acme.sandbox().post("/v1/events", acme.event("order.shipped"));

        assertThat(reply.expectError(403, "workspace_suspended"))
                .isEqualTo("Workspace " + acme.workspace() + " is suspended.");
        assertThat(acme.sandbox().get("/v1/workspaces/" + acme.workspace()).string("status"))
                .isEqualTo("suspended");
    }

    @Test
    @Proves(contract = "events", lines = 19)
    void a_workspace_suspended_for_billing_can_be_read_and_comes_back() {
        acme.post("order.shipped");
        server.admin().suspend(acme.workspace(), "billing");

        assertThat(acme.sandbox()
                        .get("/v1/events?workspace_id=" + acme.workspace())
                        .expect(200)
                        .ids())
                .hasSize(1);

        server.admin().reactivate(acme.workspace());
        acme.sandbox().post("/v1/events", acme.event("order.shipped")).expect(201);
    }

    @Test
    @Proves(contract = "events", lines = 19)
    void a_workspace_suspended_for_its_conduct_cannot_be_read() {
        String event = acme.post("order.shipped");
        server.admin().suspend(acme.workspace(), "policy");

        acme.sandbox().get("/v1/events?workspace_id=" + acme.workspace()).expectError(403, "workspace_suspended");
        acme.sandbox().get("/v1/events/" + event).expectError(403, "workspace_suspended");
        acme.sandbox().get("/v1/webhooks?workspace_id=" + acme.workspace()).expectError(403, "workspace_suspended");
        acme.sandbox().get("/v1/workspaces/" + acme.workspace()).expect(200);
    }

    @Test
    @Proves(contract = "events", lines = 18)
    void an_archived_workspace_takes_no_events_and_can_be_read() {
        String event = acme.post("order.shipped");
        server.admin().archive(acme.workspace());

        assertThat(acme.sandbox()
                        .post("/v1/events", acme.event("order.shipped"))
                        .expectError(403, "workspace_suspended"))
                .isEqualTo("Workspace " + acme.workspace() + " is archived.");
        acme.sandbox().get("/v1/events/" + event).expect(200);
    }
}

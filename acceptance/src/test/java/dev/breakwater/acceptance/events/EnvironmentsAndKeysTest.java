package dev.breakwater.acceptance.events;

import static dev.breakwater.acceptance.harness.Organization.event;
import static dev.breakwater.acceptance.harness.Organization.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.ApiKey;
import dev.breakwater.acceptance.harness.Await;
import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.Organization;
import dev.breakwater.acceptance.harness.Organization.Endpoint;
import dev.breakwater.acceptance.harness.Receiver;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** events.md, checklist: environments and keys. */
@WithServer
class EnvironmentsAndKeysTest {

    private static final String SANDBOX_HOST = "sandbox.api.harbor.dev";
    private static final String LIVE_HOST = "api.harbor.dev";

    private final TestServer server;
    private final Organization acme;

    EnvironmentsAndKeysTest(TestServer server, Organization acme) {
        this.server = server;
        this.acme = acme;
    }

    @Test
    @Proves(contract = "events", lines = 1)
    void a_sandbox_event_does_not_exist_for_a_live_key() {
        String event = acme.sandbox()
                .host(SANDBOX_HOST)
                .post("/v1/events", acme.event("order.shipped"))
                .expect(201)
                .string("id");

        acme.live().host(LIVE_HOST).get("/v1/events/" + event).expectError(404, "resource_not_found");
    }

    @Test
    @Proves(contract = "events", lines = 2)
    void a_sandbox_key_does_not_work_on_the_production_host() {
        Reply reply = acme.sandbox().host(LIVE_HOST).get("/v1/workspaces/" + acme.workspace());

        assertThat(reply.expectError(401, "authentication_failed")).isEqualTo("Invalid API key provided.");
    }

    @Test
    @Proves(contract = "events", lines = 3)
    void a_live_key_does_not_work_on_the_sandbox_host() {
        acme.live()
                .host(SANDBOX_HOST)
                .get("/v1/workspaces/" + acme.liveWorkspace())
                .expectError(401, "authentication_failed");
    }

    @Test
    @Proves(contract = "events", lines = 4)
    void on_any_other_host_the_key_decides() {
        acme.sandbox().get("/v1/workspaces/" + acme.workspace()).expect(200);
        acme.live().get("/v1/workspaces/" + acme.liveWorkspace()).expect(200);

        acme.sandbox().get("/v1/workspaces/" + acme.liveWorkspace()).expectError(404, "resource_not_found");
        acme.live().get("/v1/workspaces/" + acme.workspace()).expectError(404, "resource_not_found");
    }

    @Test
    @Proves(contract = "events", lines = 5)
    void every_path_asks_for_a_key() {
        Client anonymous = server.client();
        List<Reply> replies = List.of(
                anonymous.get("/v1/workspaces/" + acme.workspace()),
                anonymous.post("/v1/events", acme.event("order.shipped")),
                anonymous.get("/v1/events?workspace_id=" + acme.workspace()),
                anonymous.get("/v1/events/evt_018f3a2e4b9c"),
                anonymous.post("/v1/webhooks", webhook(acme.workspace(), "https://example.com/", "*")),
                anonymous.get("/v1/webhooks?workspace_id=" + acme.workspace()),
                anonymous.get("/v1/webhooks/wh_018f3a2e4b9c"),
                anonymous.put("/v1/webhooks/wh_018f3a2e4b9c", "{}"),
                anonymous.delete("/v1/webhooks/wh_018f3a2e4b9c"),
                anonymous.send("POST", "/v1/webhooks/wh_018f3a2e4b9c/rotate_secret"),
                anonymous.send("POST", "/v1/webhooks/wh_018f3a2e4b9c/test"),
                anonymous.get("/v1/deliveries?workspace_id=" + acme.workspace()),
                anonymous.get("/v1/deliveries/del_018f3a2e4b9c"),
                anonymous.send("POST", "/v1/deliveries/del_018f3a2e4b9c/replay"));

        assertThat(replies).allSatisfy(reply -> reply.expectError(401, "authentication_failed"));
    }

    @Test
    @Proves(contract = "events", lines = 6)
    void a_key_is_accepted_in_the_bearer_header_only() {
        String key = acme.sandboxKey();
        String basic = Base64.getEncoder().encodeToString((key + ":").getBytes(StandardCharsets.UTF_8));
        String path = "/v1/workspaces/" + acme.workspace();

        server.client().with("Authorization", "Basic " + basic).get(path).expectError(401, "authentication_failed");
        server.client().with("Authorization", key).get(path).expectError(401, "authentication_failed");
        server.client().get(path + "?api_key=" + key).expectError(401, "authentication_failed");
        server.client().get(path + "?access_token=" + key).expectError(401, "authentication_failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hb_test_", "hb_test_00000000000000000000000000000000", "hb_tést", "x"})
    @Proves(contract = "events", lines = 6)
    void what_is_no_key_is_refused_with_the_one_message(String key) {
        Reply reply = server.client().with("Authorization", "Bearer " + key).get("/v1/workspaces/" + acme.workspace());

        assertThat(reply.expectError(401, "authentication_failed")).isEqualTo("Invalid API key provided.");
        assertThat(reply.header("WWW-Authenticate")).contains("Bearer");
    }

    @Test
    @Proves(contract = "events", lines = 7)
    void a_revoked_key_ends_within_a_second() {
        ApiKey key = acme.newKey();
        Client program = server.client().bearer(key.secret());
        program.get("/v1/workspaces/" + acme.workspace()).expect(200);

        server.admin().revoke(key);

        Await.value(
                "the key is refused",
                Duration.ofSeconds(1),
                () -> Optional.of(program.get("/v1/workspaces/" + acme.workspace()))
                        .filter(reply -> reply.status() == 401));
    }

    @Test
    @Proves(contract = "events", lines = 7)
    void an_expired_key_is_refused() {
        String tomorrow = server.time().instant().plus(Duration.ofDays(1)).toString();
        ApiKey key = server.admin().newKey(acme.id(), "sandbox", """
                "unrestricted": true, "expires_at": "%s\"""".formatted(tomorrow));
        Client program = server.client().bearer(key.secret());
        program.get("/v1/workspaces/" + acme.workspace()).expect(200);

        server.advance(Duration.ofDays(1));

        program.get("/v1/workspaces/" + acme.workspace()).expectError(401, "authentication_failed");
    }

    @Test
    @Proves(contract = "events", lines = 8)
    void an_old_and_a_new_key_work_side_by_side_until_the_old_one_is_revoked() {
        ApiKey old = acme.newKey();
        ApiKey fresh = acme.newKey();
        Client before = server.client().bearer(old.secret());
        Client after = server.client().bearer(fresh.secret());
        before.post("/v1/events", acme.event("order.shipped")).expect(201);
        after.post("/v1/events", acme.event("order.shipped")).expect(201);

        server.admin().revoke(old);

        Await.until(
                "the old key is refused",
                () -> before.get("/v1/workspaces/" + acme.workspace()).status() == 401);
        after.post("/v1/events", acme.event("order.shipped")).expect(201);
    }

    @Test
    @Proves(contract = "events", lines = 9)
    void creating_events_needs_events_write() {
        Reply reply = acme.restricted("events:read").post("/v1/events", acme.event("order.shipped"));

        assertThat(reply.expectError(403, "permission_denied"))
                .isEqualTo("API key missing required scope: events:write.");
    }

    @Test
    @Proves(contract = "events", lines = 10)
    void reading_events_needs_events_read() {
        String event = acme.post("order.shipped");
        Client writer = acme.restricted("events:write");

        assertThat(writer.get("/v1/events/" + event).expectError(403, "permission_denied"))
                .contains("events:read");
        assertThat(writer.get("/v1/events?workspace_id=" + acme.workspace()).expectError(403, "permission_denied"))
                .contains("events:read");
    }

    @Test
    @Proves(contract = "events", lines = 11)
    void webhooks_need_webhooks_manage() {
        Reply reply = acme.restricted("events:write")
                .post("/v1/webhooks", webhook(acme.workspace(), "https://example.com/hook", "*"));

        assertThat(reply.expectError(403, "permission_denied")).contains("webhooks:manage");
    }

    @Test
    @Proves(contract = "events", lines = 12)
    void reading_a_workspace_needs_workspaces_read() {
        Reply reply = acme.restricted("events:read").get("/v1/workspaces/" + acme.workspace());

        assertThat(reply.expectError(403, "permission_denied")).contains("workspaces:read");
        acme.restricted("workspaces:read")
                .get("/v1/workspaces/" + acme.workspace())
                .expect(200);
    }

    @Test
    @Proves(contract = "events", lines = 13)
    void an_unrestricted_key_may_do_everything(Receiver receiver) {
        Client program = acme.sandbox();
        String workspace = acme.workspace();
        program.get("/v1/workspaces/" + workspace).expect(200);

        Endpoint endpoint = acme.endpoint(receiver, "order.*");
        program.get("/v1/webhooks/" + endpoint.id()).expect(200);
        program.get("/v1/webhooks?workspace_id=" + workspace).expect(200);
        program.put("/v1/webhooks/" + endpoint.id(), """
                {"events": ["order.shipped"]}""").expect(200);
        program.patch("/v1/webhooks/" + endpoint.id(), """
                {"status": "active"}""").expect(200);
        program.send("POST", "/v1/webhooks/" + endpoint.id() + "/rotate_secret").expect(200);
        program.send("POST", "/v1/webhooks/" + endpoint.id() + "/test").expect(202);

        String event = acme.post("order.shipped");
        program.get("/v1/events/" + event).expect(200);
        program.get("/v1/events?workspace_id=" + workspace).expect(200);

        String delivery = acme.deliveryOf(event);
        acme.delivery(delivery, "delivered");
        program.send("POST", "/v1/deliveries/" + delivery + "/replay").expect(202);
        acme.delivery(delivery, "delivered");
        program.delete("/v1/webhooks/" + endpoint.id()).expect(204);
    }

    @Test
    @Proves(contract = "events", lines = 14)
    void nothing_of_another_organization_exists(Receiver receiver) {
        Endpoint endpoint = acme.endpoint(receiver, "*");
        String event = acme.post("order.shipped");
        String delivery = acme.deliveryOf(event);
        Client stranger = server.newOrganization().sandbox();
        String workspace = acme.workspace();

        List<Reply> replies = List.of(
                stranger.get("/v1/workspaces/" + workspace),
                stranger.get("/v1/events/" + event),
                stranger.get("/v1/events?workspace_id=" + workspace),
                stranger.post("/v1/events", event(workspace, "order.shipped", "{}")),
                stranger.get("/v1/webhooks/" + endpoint.id()),
                stranger.get("/v1/webhooks?workspace_id=" + workspace),
                stranger.post("/v1/webhooks", webhook(workspace, "https://example.com/hook", "*")),
                stranger.put("/v1/webhooks/" + endpoint.id(), "{}"),
                stranger.delete("/v1/webhooks/" + endpoint.id()),
                stranger.send("POST", "/v1/webhooks/" + endpoint.id() + "/rotate_secret"),
                stranger.send("POST", "/v1/webhooks/" + endpoint.id() + "/test"),
                stranger.get("/v1/deliveries/" + delivery),
                stranger.get("/v1/deliveries?workspace_id=" + workspace),
                stranger.send("POST", "/v1/deliveries/" + delivery + "/replay"));

        assertThat(replies).allSatisfy(reply -> reply.expectError(404, "resource_not_found"));
    }

    @Test
    @Proves(contract = "events", lines = 14)
    void a_narrowed_key_sees_its_workspaces_only() {
        String other = acme.newWorkspace();
        ApiKey key = server.admin().newKey(acme.id(), "sandbox", """
                "unrestricted": true, "workspaces": ["%s"]""".formatted(acme.workspace()));
        Client narrow = server.client().bearer(key.secret());

        narrow.get("/v1/workspaces/" + acme.workspace()).expect(200);
        narrow.get("/v1/workspaces/" + other).expectError(404, "resource_not_found");
        narrow.post("/v1/events", event(other, "order.shipped", "{}")).expectError(404, "resource_not_found");
    }
}

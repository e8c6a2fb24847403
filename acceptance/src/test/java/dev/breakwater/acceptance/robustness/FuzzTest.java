package dev.breakwater.acceptance.robustness;

import static dev.breakwater.acceptance.harness.Organization.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.harness.Fuzz;
import dev.breakwater.acceptance.harness.Organization;
import dev.breakwater.acceptance.harness.Organization.Endpoint;
import dev.breakwater.acceptance.harness.Receiver;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Twenty thousand requests that were valid once: none may find a fault in the server. */
@WithServer
class FuzzTest {

    private static final int REQUESTS = 20_000;
    private static final List<String> TOKENS = List.of(
            "\"",
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "null",
            "true",
            "1e999",
            "-0",
            "\\u0000",
            "\\ud800",
            "\u0000",
            "é☃",
            "%",
            "%00",
            "%2f",
            "..",
            "/",
            "?",
            "&",
            "=",
            "#",
            "*",
            ".",
            "\r\n",
            "\r\n\r\n",
            "chunked",
            "gzip",
            "0",
            "-1",
            "18446744073709551616",
            "Content-Length: 7\r\n",
            "Transfer-Encoding: chunked\r\n",
            "Expect: 100-continue\r\n",
            "Upgrade: h2c\r\n",
            "Connection: keep-alive\r\n",
            "whsec_",
            "' OR 1=1 --",
            "evt_",
            "ws_",
            "wh_",
            "del_");

    private final TestServer server;
    private final Organization acme;
    private final Receiver receiver;

    FuzzTest(TestServer server, Organization acme, Receiver receiver) {
        this.server = server;
        this.acme = acme;
        this.receiver = receiver;
    }

    @Test
    void no_request_finds_a_fault() throws Exception {
        Map<String, Integer> statuses =
                new Fuzz(server.url(), TOKENS, Map.of()).run("FuzzTest", REQUESTS, validRequests());

        assertThat(statuses).hasSizeGreaterThan(3).containsKey("201");
        server.client().get("/health/ready").expect(200);
        String event = acme.post("after.all");
        acme.sandbox().get("/v1/events/" + event).expect(200);
    }

    private List<byte[]> validRequests() {
        String workspace = acme.workspace();
        Endpoint endpoint = acme.endpoint(receiver, "order.*");
        String event = acme.post("order.shipped");
        String delivery = acme.deliveryOf(event);
        return List.of(
                request("POST", "/v1/events", acme.event("order.shipped")),
                request("POST", "/v1/events", Organization.event(workspace, "a", "{\"a\":[1,2.50,null,true,\"é\"]}")),
                request("GET", "/v1/events/" + event, ""),
                request(
                        "GET",
                        "/v1/events?workspace_id=" + workspace + "&limit=5&type=order.*&starting_after=" + event,
                        ""),
                request("GET", "/v1/events?workspace_id=" + workspace + "&created_after=2026-01-01T00:00:00Z", ""),
                request("GET", "/v1/workspaces/" + workspace, ""),
                request("POST", "/v1/webhooks", webhook(workspace, receiver.url(), "order.*", "invoice.paid")),
                request("GET", "/v1/webhooks?workspace_id=" + workspace + "&limit=100", ""),
                request("PUT", "/v1/webhooks/" + endpoint.id(), "{\"events\":[\"order.*\"],\"status\":\"active\"}"),
                request("POST", "/v1/webhooks/" + endpoint.id() + "/rotate_secret", "{\"grace_period_seconds\":60}"),
                request("POST", "/v1/webhooks/" + endpoint.id() + "/test", "{\"type\":\"a\",\"payload\":{\"b\":1}}"),
                request("GET", "/v1/deliveries?workspace_id=" + workspace + "&status=delivered&event_id=" + event, ""),
                request("GET", "/v1/deliveries/" + delivery, ""),
                request("POST", "/v1/deliveries/" + delivery + "/replay", ""),
                request("POST", "/admin/v1/organizations", "{\"identifier\":\"fuzz\",\"name\":\"Fuzz\"}"),
                request("GET", "/health/ready", ""));
    }

    private byte[] request(String method, String target, String body) {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        String head = method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + acme.sandboxKey() + "\r\nIdempotency-Key: fuzz-1\r\n"
                + (content.length == 0
                        ? ""
                        : "Content-Type: application/json\r\nContent-Length: " + content.length + "\r\n")
                + "\r\n";
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        all.writeBytes(content);
        return all.toByteArray();
    }
}

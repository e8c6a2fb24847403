package dev.breakwater.acceptance.harness;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** An organization with a workspace in each environment, and what its programs do. */
public final class Organization {

    private final TestServer server;
    private final String id;
    private final String workspace;
    private final String liveWorkspace;
    private final ApiKey sandboxKey;
    private final ApiKey liveKey;

    Organization(TestServer server, String id) {
        this(
                server,
                id,
                server.admin().newWorkspace(id, "sandbox"),
                server.admin().newWorkspace(id, "live"));
    }

    /** An organization whose workspaces are there already. */
    public Organization(TestServer server, String id, String workspace, String liveWorkspace) {
        this.server = server;
        this.id = id;
        this.workspace = workspace;
        this.liveWorkspace = liveWorkspace;
        sandboxKey = server.admin().newKey(id, "sandbox");
        liveKey = server.admin().newKey(id, "live");
    }

    /** A registered endpoint. */
    public record Endpoint(String id, String secret) {}

    public String id() {
        return id;
    }

    /** Its workspace in the sandbox. */
    public String workspace() {
        return workspace;
    }

    /** Its workspace in production. */
    public String liveWorkspace() {
        return liveWorkspace;
    }

    /** One more workspace in the sandbox. */
    public String newWorkspace() {
        return server.admin().newWorkspace(id, "sandbox");
    }

    /** An unrestricted sandbox key. */
    public String sandboxKey() {
        return sandboxKey.secret();
    }

    /** An unrestricted live key. */
    public String liveKey() {
        return liveKey.secret();
    }

    /** A program with an unrestricted sandbox key. */
    public Client sandbox() {
        return server.client().bearer(sandboxKey.secret());
    }

    /** A program with an unrestricted live key. */
    public Client live() {
        return server.client().bearer(liveKey.secret());
    }

    /** A program with a sandbox key that carries these scopes only. */
    public Client restricted(String... scopes) {
        return server.client()
                .bearer(server.admin().newRestrictedKey(id, "sandbox", scopes).secret());
    }

    /** One more unrestricted sandbox key. */
    public ApiKey newKey() {
        return server.admin().newKey(id, "sandbox");
    }

    /** The body of a request that creates an event. */
    public static String event(String workspace, String type, String payload) {
        return """
                {"workspace_id": "%s", "type": "%s", "payload": %s}""".formatted(workspace, type, payload);
    }

    /** The body of a request that creates an event in the sandbox, with a small payload. */
    public String event(String type) {
        return event(workspace, type, """
                {"order_id": "ord_0192be7a3c4f", "carrier": "ups"}""");
    }

    /** The body of a request that registers an endpoint. */
    public static String webhook(String workspace, String url, String... patterns) {
        String events =
                Arrays.stream(patterns).map(pattern -> '"' + pattern + '"').collect(Collectors.joining(", "));
        return """
                {"workspace_id": "%s", "url": "%s", "events": [%s]}""".formatted(workspace, url, events);
    }

    /** Creates an event in the sandbox and returns its id. */
    public String post(String type) {
        return sandbox().post("/v1/events", event(type)).expect(201).string("id");
    }

    /** Registers an endpoint in the sandbox. */
    public Endpoint endpoint(Receiver receiver, String... patterns) {
        return endpoint(receiver.url(), patterns);
    }

    /** Registers an endpoint in the sandbox. */
    public Endpoint endpoint(String url, String... patterns) {
        Reply reply = sandbox()
                .post("/v1/webhooks", webhook(workspace, url, patterns))
                .expect(201);
        return new Endpoint(reply.string("id"), reply.string("secret"));
    }

    /** The deliveries of an event, newest first. */
    public List<String> deliveriesOf(String event) {
        return sandbox()
                .get("/v1/deliveries?workspace_id=" + workspace + "&event_id=" + event)
                .expect(200)
                .ids();
    }

    /** The only delivery of an event. */
    public String deliveryOf(String event) {
        List<String> deliveries = deliveriesOf(event);
        if (deliveries.size() != 1) {
            throw new AssertionError("Event " + event + " has the deliveries " + deliveries);
        }
        return deliveries.getFirst();
    }

    /** A delivery with its attempts, as it is now. */
    public JsonNode delivery(String delivery) {
        return sandbox().get("/v1/deliveries/" + delivery).expect(200).json();
    }

    /** The delivery, as soon as it has this status. */
    public JsonNode delivery(String delivery, String status) {
        return Await.value(
                "delivery " + delivery + " is " + status,
                () -> Optional.of(delivery(delivery))
                        .filter(now -> now.get("status").asString().equals(status)));
    }

    /** The delivery, as soon as this many attempts are in its log and none is under way. */
    public JsonNode attempted(String delivery, int attempts) {
        return Await.value(
                "delivery " + delivery + " has " + attempts + " attempts",
                () -> Optional.of(delivery(delivery))
                        .filter(now -> now.get("attempts").size() == attempts
                                && !now.get("status").asString().equals("delivering")));
    }
}

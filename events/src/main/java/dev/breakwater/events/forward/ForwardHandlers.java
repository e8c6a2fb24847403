package dev.breakwater.events.forward;

import dev.breakwater.events.delivery.ErrorCode;
import dev.breakwater.events.delivery.Reply;
import dev.breakwater.events.delivery.Transport.Message;
import dev.breakwater.events.webhook.Directory;
import dev.breakwater.events.webhook.SigningSecret;
import dev.breakwater.events.webhook.Webhook;
import dev.breakwater.events.webhook.WebhookHandlers;
import dev.breakwater.events.webhook.WebhookStore;
import dev.breakwater.events.webhook.Workspaces;
import dev.breakwater.events.workspace.DeliveryControl;
import dev.breakwater.events.workspace.Scope;
import dev.breakwater.events.workspace.Workspace;
import dev.breakwater.events.workspace.WorkspaceAccess;
import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.http.JsonBody;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.identity.Environment;
import dev.breakwater.kernel.json.Json;
import dev.breakwater.kernel.time.TimeSource;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The server's half of the local forwarder (events.md 11).
 *
 * <p>{@code POST /v1/webhooks/forward} takes {@code workspace_id} and {@code events} (all when absent) and answers
 * with a stream of JSON lines that stays open. The first line is {@code {"webhook": {"id", "workspace_id", "events",
 * "secret"}}}: a temporary webhook that lives as long as the connection. Each attempt is a line {@code {"delivery":
 * {"id", "headers", "body"}}} with the body in Base64. A line {@code {}} only shows that the connection is alive.
 *
 * <p>{@code POST /v1/webhooks/{id}/forward/{delivery_id}} reports what the local program answered: {@code status},
 * {@code headers} as a list of {@code "name: value"}, and {@code body}; or {@code error} with one of {@code connection_failed} and {@code timeout}. The
 * report must reach the node that holds the connection. Only sandbox keys may forward.
 */
public final class ForwardHandlers implements AutoCloseable {

    private static final int SIGN_OF_LIFE_SECONDS = 10;
    private static final int MAX_HEADERS = 100;
    private static final String NDJSON = "application/x-ndjson";
    /** Stands where others have an address; the top-level domain exists nowhere. */
    private static final String URL = "https://forwarder.invalid/";

    private static final byte[] SIGN_OF_LIFE = {'{', '}', '\n'};

    private final UUID node;
    private final Forwarders forwarders;
    private final TemporaryWebhooks temporary;
    private final Workspaces workspaces;
    private final WebhookHandlers webhooks;
    private final Ids ids;

    /**
     * What these handlers work with.
     *
     * @param node the id of this node
     * @param forwarders takes the attempts of the connections
     * @param control hears that temporary webhooks are removed
     */
    public record Parts(
            UUID node,
            Forwarders forwarders,
            Database database,
            TimeSource time,
            Ids ids,
            WebhookStore store,
            WebhookHandlers webhooks,
            Directory directory,
            DeliveryControl control) {}

    /** Ready to open connections; {@link #start} removes what a crash has left behind. */
    public ForwardHandlers(Parts parts) {
        node = parts.node();
        forwarders = parts.forwarders();
        temporary = new TemporaryWebhooks(
                parts.database(), parts.time(), parts.store(), parts.directory(), parts.control());
        workspaces = new Workspaces(parts.directory());
        webhooks = parts.webhooks();
        ids = parts.ids();
    }

    private record Opened(Description webhook) {}

    private record Description(String id, String workspaceId, List<String> events, String secret) {}

    private record Sent(Delivery delivery) {}

    private record Delivery(String id, Map<String, String> headers, String body) {}

    /** {@code POST /v1/webhooks/forward}. */
    public Answer open(Call call) {
        Scope.WEBHOOKS_MANAGE.require(call);
        JsonBody body = JsonBody.of(call);
        String workspaceId = body.string("workspace_id");
        List<String> events = WebhookHandlers.patterns(body).orElse(List.of("*"));
        Workspace workspace = workspaces.named(call.principal(), workspaceId).workspace();
        if (workspace.environment() != Environment.SANDBOX) {
            throw new Failure.Invalid("workspace_id", "Only sandbox workspaces can be forwarded.");
        }
        WorkspaceAccess.requireWritable(workspace);
        UUID id = ids.next();
        Webhook webhook = new Webhook(
                id,
                workspace.id(),
                URL,
                events,
                Webhook.Status.ACTIVE,
                new Webhook.Secrets(SigningSecret.make(), null, null),
                node,
                Ids.time(id));
        return Answer.stream(200, NDJSON, out -> stream(out, workspace, webhook));
    }

    private void stream(OutputStream out, Workspace workspace, Webhook webhook) throws IOException {
        Connection connection = forwarders.open(webhook.id());
        try {
            temporary.add(workspace, webhook);
            write(
                    out,
                    Json.write(new Opened(new Description(
                            Ids.text(Webhook.PREFIX, webhook.id()),
                            Ids.text(WorkspaceAccess.PREFIX, workspace.id()),
                            webhook.events(),
                            webhook.secrets().current()))));
            while (true) {
                Optional<Connection.Item> item = connection.next(SIGN_OF_LIFE_SECONDS);
                if (item.isEmpty()) {
                    out.write(SIGN_OF_LIFE);
                    out.flush();
                } else if (item.get() instanceof Connection.Attempt attempt) {
                    write(out, Json.write(new Sent(delivery(attempt.message()))));
                } else {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("The server ends.");
        } finally {
            forwarders.close(webhook.id());
            temporary.remove(webhook.id());
        }
    }

    private static Delivery delivery(Message message) {
        return new Delivery(
                Ids.text("del", message.deliveryId()),
                message.headers(),
                Base64.getEncoder().encodeToString(message.body()));
    }

    private static void write(OutputStream out, byte[] line) throws IOException {
        out.write(line);
        out.write('\n');
        out.flush();
    }

    /** {@code POST /v1/webhooks/{id}/forward/{delivery_id}}. */
    public Answer report(Call call) {
        Scope.WEBHOOKS_MANAGE.require(call);
        Reply reply = reply(JsonBody.of(call));
        UUID webhook = webhooks.find(call).webhook().id();
        String delivery = call.pathParameter("delivery_id");
        boolean reported = Ids.parse("del", delivery)
                .filter(id -> forwarders.report(webhook, id, reply))
                .isPresent();
        if (!reported) {
            throw new Failure.NotFound(
                    "No delivery %s is under way on this connection.".formatted(WorkspaceAccess.shown(delivery)));
        }
        return Answer.empty(204);
    }

    private static Reply reply(JsonBody body) {
        Optional<String> error = body.optionalString("error");
        if (error.isPresent()) {
            return new Reply.None(Stream.of(ErrorCode.CONNECTION_FAILED, ErrorCode.TIMEOUT)
                    .filter(code -> code.code().equals(error.get()))
                    .findFirst()
                    .orElseThrow(() -> Json.invalidValue("error", "use connection_failed or timeout")));
        }
        int status = body.optionalInteger("status", 100, 599).orElseThrow(() -> Json.missing("status"));
        String text = body.optionalString("body").orElse("");
        return new Reply.Response(
                status,
                headers(body.optionalStrings("headers").orElse(List.of())),
                text.substring(0, Math.min(text.length(), Reply.MAX_BODY)));
    }

    private static Map<String, String> headers(List<String> lines) {
        return lines.stream()
                .filter(line -> line.indexOf(':') > 0)
                .limit(MAX_HEADERS)
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT),
                        line -> line.substring(line.indexOf(':') + 1).strip(),
                        (first, second) -> first + ", " + second));
    }

    /** Removes what a crash has left behind. */
    public void start() {
        temporary.start();
    }

    /** Ends all connections; their webhooks are removed. */
    @Override
    public void close() {
        temporary.close();
        forwarders.closeAll();
    }
}

package dev.breakwater.tenancy;

import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Listener;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.identity.Environment;
import dev.breakwater.kernel.json.Json;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The admin API of one node on a port, with one workspace that its sandbox keys can be narrowed to. */
public final class AdminServer implements AutoCloseable {

    public static final UUID WORKSPACE = new UUID(0x0192_0000_0000_7000L, 0x8000_0000_0000_0001L);

    public final TestNode node = TestNode.onEmptyDatabase();
    public final Installation installation;
    /** The token of an administrator. */
    public final String admin;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Listener listener;

    /** Starts everything. */
    public AdminServer() {
        installation = node.tenancy.start();
        admin = node.tenancy.issueAdministratorToken("test").orElseThrow();
        node.notifications.start();
        listener = new Listener(
                        new Listener.Settings("127.0.0.1", 0, null),
                        node.tenancy.surfaces(new OneWorkspace(), List.of(this::addWhoAmI)),
                        node.ids,
                        new SimpleMeterRegistry())
                .start();
    }

    /** A route of another capability, behind the same gate. */
    private void addWhoAmI(dev.breakwater.kernel.http.Surface.Builder surface) {
        surface.route(
                "GET",
                AdminRoutes.PREFIX + "/added",
                call -> Answer.json(200, new Added(call.principal().name())));
    }

    private record Added(String name) {}

    private final class OneWorkspace implements ApiKeyBounds {
        @Override
        public Set<String> scopes() {
            return Set.of("events:read", "events:write");
        }

        @Override
        public boolean owns(UUID organization, Environment environment, UUID workspace) {
            return organization.equals(installation.organization())
                    && environment == Environment.SANDBOX
                    && workspace.equals(WORKSPACE);
        }
    }

    /** An answer. */
    public record Reply(int status, HttpResponse<String> response) {

        public JsonNode json() {
            return Json.mapper().readTree(response.body());
        }

        public String text(String field) {
            return json().get(field).asString();
        }

        public String error() {
            return json().get("error").get("code").asString();
        }

        public String message() {
            return json().get("error").get("message").asString();
        }
    }

    /** Calls with a token. */
    public Reply call(String method, String path, @Nullable String token, @Nullable String body) {
        return token == null ? send(method, path, body) : send(method, path, body, "Authorization", "Bearer " + token);
    }

    /** Calls as the administrator. */
    public Reply admin(String method, String path, @Nullable String body) {
        return call(method, path, admin, body);
    }

    /** Calls with any headers. */
    public Reply send(String method, String path, @Nullable String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + listener.port() + AdminRoutes.PREFIX + path))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Reply(response.statusCode(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The host and port as browsers name it. */
    public String authority() {
        return "127.0.0.1:" + listener.port();
    }

    /** Makes a user and returns the id. */
    public String newUser(String username, String password) {
        return admin("POST", "/users", "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(username, password))
                .text("id");
    }

    /** Signs in and returns the session's token. */
    public String signIn(String username, String password) {
        return signInReply(username, password).text("token");
    }

    /** Tries to sign in. */
    public Reply signInReply(String username, String password) {
        return call(
                "POST", "/sessions", null, "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(username, password));
    }

    /** Makes an organization and returns the id. */
    public String newOrganization(String identifier) {
        return admin(
                        "POST",
                        "/organizations",
                        "{\"identifier\":\"%s\",\"name\":\"%s\"}".formatted(identifier, identifier))
                .text("id");
    }

    /** Gives a role to a user. */
    public void assign(String user, String role, @Nullable String organization) {
        String where = organization == null ? "" : ",\"organization_id\":\"%s\"".formatted(organization);
        Reply reply = admin(
                "POST", "/role_assignments", "{\"user_id\":\"%s\",\"role\":\"%s\"%s}".formatted(user, role, where));
        if (reply.status() != 201) {
            throw new IllegalStateException(reply.response().body());
        }
    }

    /** The default organization as the API spells it. */
    public String organization() {
        return Ids.text("org", installation.organization());
    }

    @Override
    public void close() {
        listener.close();
        node.close();
    }
}

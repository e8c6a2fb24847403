package dev.breakwater.registry.upstream;

import dev.breakwater.kernel.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hc.client5.http.classic.methods.HttpHead;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;

/** The projects of a Harbor elsewhere, of 2017 or of today (registry.md 1.6, 3.4). */
public final class RemoteProjects {

    private final Endpoint endpoint;
    private final Connections connections;

    RemoteProjects(Endpoint endpoint, Connections connections) {
        this.endpoint = endpoint;
        this.connections = connections;
    }

    private enum Outcome {
        MADE,
        THERE,
        NO_SUCH_API
    }

    /**
     * Makes a project unless there is one of this name; true when it was made. A registry that has no projects is taken
     * as it is.
     */
    public boolean ensure(String name, boolean isPublic) throws UpstreamException {
        Outcome outcome = make("/api", name, Map.of("project_name", name, "public", isPublic ? 1 : 0));
        if (outcome == Outcome.NO_SUCH_API) {
            outcome = make(
                    "/api/v2.0",
                    name,
                    Map.of("project_name", name, "metadata", Map.of("public", Boolean.toString(isPublic))));
        }
        return outcome == Outcome.MADE;
    }

    /** Whoever may push to a project need not be allowed to make one, so it is looked for first. */
    private Outcome make(String api, String name, Map<String, ?> body) throws UpstreamException {
        String projects = endpoint.api() + api + "/projects";
        if (send(new HttpHead(projects + "?project_name=" + URLEncoder.encode(name, StandardCharsets.UTF_8))) == 200) {
            return Outcome.THERE;
        }
        HttpPost request = new HttpPost(projects);
        request.setEntity(new ByteArrayEntity(Json.write(body), ContentType.APPLICATION_JSON));
        int status = send(request);
        return switch (status) {
            case 201 -> Outcome.MADE;
            case 409 -> Outcome.THERE;
            case 404, 405 -> Outcome.NO_SUCH_API;
            default -> throw UpstreamException.of(status, "POST of a project");
        };
    }

    private int send(HttpUriRequestBase request) throws UpstreamException {
        Map<String, String> headers = new LinkedHashMap<>();
        Endpoint.@Nullable Login login = endpoint.login();
        if (login != null) {
            String pair = login.username() + ":" + login.secret();
            headers.put(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        }
        try (Reply reply = connections.send(endpoint, request, headers)) {
            return reply.status();
        }
    }
}

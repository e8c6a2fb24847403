package dev.breakwater.registry.upstream;

import dev.breakwater.kernel.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hc.client5.http.classic.methods.HttpPost;
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

    /** Makes a project unless there is one of this name; true when it was made. */
    public boolean ensure(String name, boolean isPublic) throws UpstreamException {
        int status = post("/api/projects", Map.of("project_name", name, "public", isPublic ? 1 : 0));
        if (status == 404 || status == 405) {
            status = post(
                    "/api/v2.0/projects",
                    Map.of("project_name", name, "metadata", Map.of("public", Boolean.toString(isPublic))));
        }
        if (status != 201 && status != 409) {
            throw UpstreamException.of(status, "POST of a project");
        }
        return status == 201;
    }

    private int post(String path, Map<String, ?> body) throws UpstreamException {
        HttpPost request = new HttpPost(endpoint.api() + path);
        request.setEntity(new ByteArrayEntity(Json.write(body), ContentType.APPLICATION_JSON));
        Map<String, String> headers = new LinkedHashMap<>();
        Endpoint.@Nullable Login login = endpoint.login();
        if (login != null) {
            headers.put(
                    "Authorization",
                    "Basic "
                            + Base64.getEncoder()
                                    .encodeToString((login.username() + ":" + login.secret())
                                            .getBytes(StandardCharsets.UTF_8)));
        }
        try (Reply reply = connections.send(endpoint, request, headers)) {
            return reply.status();
        } catch (IOException e) {
            throw Connections.failure(e);
        }
    }
}

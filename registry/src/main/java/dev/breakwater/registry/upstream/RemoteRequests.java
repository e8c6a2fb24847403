package dev.breakwater.registry.upstream;

import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;

/** Requests to one registry: tells it who is calling, and nobody else, wherever it leads (registry.md 2.5). */
final class RemoteRequests {

    private static final int MOST_REDIRECTS = 3;

    private final Endpoint endpoint;
    private final String api;
    private final Connections connections;
    private final Authorizations authorizations;

    RemoteRequests(Endpoint endpoint, Connections connections, Authorizations authorizations) {
        this.endpoint = endpoint;
        this.connections = connections;
        this.authorizations = authorizations;
        api = endpoint.api();
    }

    /** Sends a request that can be repeated, and repeats it once when the registry wants to know who is calling. */
    Reply send(Function<String, HttpUriRequestBase> request, String target, String scope) throws IOException {
        Reply reply = once(request.apply(target), remembered(target, scope));
        if (reply.status() != 401 || !isHome(target)) {
            return reply;
        }
        List<String> challenges = reply.headers("WWW-Authenticate");
        reply.close();
        Optional<String> answer = authorized(scope, challenges);
        if (answer.isEmpty()) {
            throw UpstreamException.of(401, "a request without a login");
        }
        Reply second = once(request.apply(target), answer);
        if (second.status() == 401) {
            second.close();
            throw UpstreamException.of(401, "this login");
        }
        return second;
    }

    /** Sends a request once, with the header {@code Authorization} if there is one; whatever the registry answers. */
    Reply once(HttpUriRequestBase request, Optional<String> authorization) throws UpstreamException {
        Map<String, String> headers = new LinkedHashMap<>();
        authorization.ifPresent(value -> headers.put("Authorization", value));
        return connections.send(endpoint, request, headers);
    }

    /** What the registry was told the last time for this scope, if the target is the registry itself. */
    Optional<String> remembered(String target, String scope) {
        return isHome(target) ? authorizations.remembered(endpoint, scope) : Optional.empty();
    }

    /** What answers the challenges of the registry; empty when nothing does. */
    Optional<String> authorized(String scope, List<String> challenges) throws IOException {
        return authorizations.answer(endpoint, scope, challenges);
    }

    /** Blobs often lie in a store elsewhere: that is asked without a word about the caller. */
    Reply followed(Reply reply) throws IOException {
        Reply current = reply;
        String base = api + "/v2/";
        for (int hop = 0; isRedirect(current.status()); hop++) {
            Optional<String> location = current.header("Location");
            current.close();
            String from = base;
            String target = location.filter(there -> !there.isEmpty())
                    .map(there -> resolved(from, there))
                    .filter(there -> there.startsWith("https:") || !endpoint.encrypted())
                    .orElse("");
            if (hop == MOST_REDIRECTS || target.isEmpty()) {
                throw new UpstreamException(UpstreamException.Reason.BROKEN, "the registry leads a blob astray");
            }
            current = once(new HttpGet(target), Optional.empty());
            base = target;
        }
        return current;
    }

    static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    /** Whether a target is the registry itself, which alone gets to know the caller. */
    boolean isHome(String target) {
        URI home = URI.create(api);
        URI there = URI.create(target);
        return home.getScheme().equals(there.getScheme())
                && home.getHost().equalsIgnoreCase(there.getHost())
                && home.getPort() == there.getPort();
    }

    /** Where a reference leads that stood in the answer of {@code base}; the same again when it leads nowhere. */
    static String resolved(String base, String reference) {
        try {
            URI there = URI.create(base).resolve(reference);
            String scheme = there.getScheme();
            return there.getHost() != null && ("http".equals(scheme) || "https".equals(scheme))
                    ? there.toString()
                    : base;
        } catch (IllegalArgumentException e) {
            return base;
        }
    }
}

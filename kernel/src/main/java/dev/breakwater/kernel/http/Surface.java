package dev.breakwater.kernel.http;

import dev.breakwater.kernel.failure.Failure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's one HTTP idea: some path prefixes with one gate, one error dialect and their routes. Every request
 * takes the same way: the listener finds the surface, the surface finds the route, the gate authenticates and
 * limits, the handler answers, and a failure from any of them is spelled by the dialect.
 */
public final class Surface {

    private final String name;
    private final List<String> prefixes;
    private final String requestIdHeader;
    private final ErrorDialect errors;
    private final int maxBody;
    private final List<Route> routes;

    private Surface(Builder builder) {
        name = builder.name;
        prefixes = List.copyOf(builder.prefixes);
        requestIdHeader = builder.requestIdHeader;
        errors = builder.errors;
        maxBody = builder.maxBody;
        routes = List.copyOf(builder.routes);
    }

    /** Begins a surface; the name appears in metrics and logs. */
    public static Builder named(String name, ErrorDialect errors) {
        return new Builder(name, errors);
    }

    /** The name, for metrics and logs. */
    public String name() {
        return name;
    }

    /** The path prefixes it owns, without a trailing slash. */
    public List<String> prefixes() {
        return prefixes;
    }

    /** The response header that carries the request id. */
    public String requestIdHeader() {
        return requestIdHeader;
    }

    /** The largest body it reads into memory, in bytes. */
    public int maxBody() {
        return maxBody;
    }

    /** How it spells failures. */
    public ErrorDialect errors() {
        return errors;
    }

    /** Its routes in the order of matching, such as {@code GET /v1/events/{id}}. */
    public List<String> routes() {
        return routes.stream()
                .map(route -> route.method() + " /" + String.join("/", route.segments()))
                .toList();
    }

    /** A route that fits, with the values of its {@code {name}} segments. */
    record Match(Route route, Map<String, String> parameters) {}

    record Route(String method, List<String> segments, Gate gate, Handler handler) {

        @Nullable
        Map<String, String> match(List<String> path) {
            if (path.size() != segments.size()) {
                return null;
            }
            Map<String, String> parameters = Map.of();
            for (int i = 0; i < path.size(); i++) {
                String segment = segments.get(i);
                if (segment.startsWith("{")) {
                    parameters = parameters.isEmpty() ? new LinkedHashMap<>() : parameters;
                    parameters.put(segment.substring(1, segment.length() - 1), path.get(i));
                } else if (!segment.equals(path.get(i))) {
                    return null;
                }
            }
            return parameters;
        }
    }

    /**
     * Finds the route of a request; HEAD goes where GET goes.
     *
     * @throws Failure.NotFound when no route has this path
     * @throws Failure.MethodNotAllowed when only other methods have it
     */
    Match match(String method, String path, List<String> segments) {
        List<String> allowed = new ArrayList<>();
        String wanted = method.equals("HEAD") ? "GET" : method;
        for (Route route : routes) {
            @Nullable Map<String, String> parameters = route.match(segments);
            if (parameters != null) {
                if (route.method().equals(wanted)) {
                    return new Match(route, parameters);
                }
                allowed.add(route.method());
            }
        }
        if (allowed.isEmpty()) {
            throw new Failure.NotFound("No route found for %s %s.".formatted(method, path));
        }
        if (allowed.contains("GET")) {
            allowed.add("HEAD");
        }
        throw new Failure.MethodNotAllowed(
                "Method %s is not allowed for %s.".formatted(method, path),
                allowed.stream().distinct().sorted().toList());
    }

    /** Collects what a surface is made of. */
    public static final class Builder {

        private final String name;
        private final ErrorDialect errors;
        private final List<String> prefixes = new ArrayList<>();
        private final List<Route> routes = new ArrayList<>();
        private String requestIdHeader = "X-Request-Id";
        private Gate gate = Gate.OPEN;
        private int maxBody = 1 << 20;

        private Builder(String name, ErrorDialect errors) {
            this.name = name;
            this.errors = errors;
        }

        /** Owns every path that equals the prefix or continues it with a slash; the longest prefix wins. */
        public Builder prefix(String prefix) {
            prefixes.add(prefix);
            return this;
        }

        /** Names the response header of the request id. */
        public Builder requestIdHeader(String header) {
            requestIdHeader = header;
            return this;
        }

        /** Sets the gate of the routes that follow. */
        public Builder gate(Gate check) {
            gate = check;
            return this;
        }

        /** Sets the largest body in bytes. */
        public Builder maxBody(int bytes) {
            maxBody = bytes;
            return this;
        }

        /** Adds a route; a segment {@code {name}} stands for any one segment. The first that fits is taken. */
        public Builder route(String method, String path, Handler handler) {
            routes.add(new Route(method, HttpPath.split(path), gate, handler));
            return this;
        }

        /** The finished surface. */
        public Surface build() {
            return new Surface(this);
        }
    }
}

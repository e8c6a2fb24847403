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
    private final boolean trailingSlash;
    private final boolean requestIdFromCaller;
    private final Map<String, String> answerHeaders;
    private final Gate opening;
    private final List<Route> routes;

    private Surface(Builder builder) {
        name = builder.name;
        prefixes = List.copyOf(builder.prefixes);
        requestIdHeader = builder.requestIdHeader;
        errors = builder.errors;
        maxBody = builder.maxBody;
        trailingSlash = builder.trailingSlash;
        requestIdFromCaller = builder.requestIdFromCaller;
        answerHeaders = Map.copyOf(builder.answerHeaders);
        opening = builder.opening;
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

    /** The headers that every answer of it carries. */
    public Map<String, String> answerHeaders() {
        return answerHeaders;
    }

    /** Whether a request id that the caller sends is taken over. */
    boolean takesRequestId() {
        return requestIdFromCaller;
    }

    /** What is done with every request before its route is looked for. */
    Gate opening() {
        return opening;
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

    /** A route; at most one of its segments stands for several of the path. */
    record Route(String method, List<String> segments, int several, boolean streamed, Gate gate, Handler handler) {

        static Route of(String method, String path, boolean streamed, Gate gate, Handler handler) {
            List<String> segments = HttpPath.split(path);
            int several = -1;
            for (int i = 0; i < segments.size(); i++) {
                several = segments.get(i).endsWith("+}") ? i : several;
            }
            return new Route(method, segments, several, streamed, gate, handler);
        }

        @Nullable
        Map<String, String> match(List<String> path) {
            int more = path.size() - segments.size();
            if (several < 0 ? more != 0 : more < 0) {
                return null;
            }
            // The end tells the routes of one surface apart, so it is looked at first.
            for (int i = segments.size() - 1; i >= 0; i--) {
                String segment = segments.get(i);
                if (!segment.startsWith("{") && !segment.equals(path.get(i > several && several >= 0 ? i + more : i))) {
                    return null;
                }
            }
            return parameters(path, more);
        }

        private Map<String, String> parameters(List<String> path, int more) {
            Map<String, String> parameters = Map.of();
            for (int i = 0; i < segments.size(); i++) {
                String segment = segments.get(i);
                if (segment.startsWith("{")) {
                    parameters = parameters.isEmpty() ? new LinkedHashMap<>() : parameters;
                    if (i == several) {
                        parameters.put(
                                segment.substring(1, segment.length() - 2),
                                String.join("/", path.subList(i, i + more + 1)));
                    } else {
                        parameters.put(
                                segment.substring(1, segment.length() - 1),
                                path.get(i > several && several >= 0 ? i + more : i));
                    }
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
    Match match(String method, String target, List<String> segments) {
        List<String> path =
                trailingSlash && segments.size() > 1 && segments.getLast().isEmpty()
                        ? segments.subList(0, segments.size() - 1)
                        : segments;
        List<String> allowed = new ArrayList<>();
        String wanted = method.equals("HEAD") ? "GET" : method;
        for (Route route : routes) {
            @Nullable Map<String, String> parameters = route.match(path);
            if (parameters != null) {
                if (route.method().equals(wanted)) {
                    return new Match(route, parameters);
                }
                allowed.add(route.method());
            }
        }
        if (allowed.isEmpty()) {
            throw new Failure.NotFound("No route found for %s %s.".formatted(method, target));
        }
        if (allowed.contains("GET")) {
            allowed.add("HEAD");
        }
        throw new Failure.MethodNotAllowed(
                "Method %s is not allowed for %s.".formatted(method, target),
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
        private Gate opening = Gate.OPEN;
        private final Map<String, String> answerHeaders = new LinkedHashMap<>();
        private int maxBody = 1 << 20;
        private boolean trailingSlash;
        private boolean requestIdFromCaller;

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

        /** Sets what is done with every request before its route is looked for, so also with those that have none. */
        public Builder opening(Gate check) {
            opening = check;
            return this;
        }

        /** Sets the largest body in bytes. */
        public Builder maxBody(int bytes) {
            maxBody = bytes;
            return this;
        }

        /** Takes a path with a slash at its end for the one without. */
        public Builder ignoreTrailingSlash() {
            trailingSlash = true;
            return this;
        }

        /** Takes the caller's own request id over, when it sends a sound one. */
        public Builder requestIdFromCaller() {
            requestIdFromCaller = true;
            return this;
        }

        /** Adds a header to every answer, failures included. */
        public Builder answerHeader(String header, String value) {
            answerHeaders.put(header, value);
            return this;
        }

        /**
         * Adds a route; a segment {@code {name}} stands for any one segment, {@code {name+}} for one or more, joined by
         * slashes. The first that fits is taken.
         */
        public Builder route(String method, String path, Handler handler) {
            routes.add(Route.of(method, path, false, gate, handler));
            return this;
        }

        /** Adds a route whose body is not read into memory but {@link Call#stream streamed}, whatever its length. */
        public Builder streamed(String method, String path, Handler handler) {
            routes.add(Route.of(method, path, true, gate, handler));
            return this;
        }

        /** The finished surface. */
        public Surface build() {
            return new Surface(this);
        }
    }
}

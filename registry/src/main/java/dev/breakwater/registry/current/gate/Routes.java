package dev.breakwater.registry.current.gate;

import dev.breakwater.kernel.http.Surface;

/**
 * Takes routes for the present-day API: its own, and those of features that bring handlers of their own. Everything
 * that changes something is refused while the registry is read-only, unless it is added with {@link #addAlways}.
 */
public final class Routes {

    private final Surface.Builder surface;
    private final CurrentCallers callers;

    /** Adds to this surface; each handler is told who calls. */
    public Routes(Surface.Builder surface, CurrentCallers callers) {
        this.surface = surface;
        this.callers = callers;
    }

    /** Adds a route; the whole path is written, {@code /api/v2.0} included. */
    public Routes add(String method, String path, KnownHandler handler) {
        surface.route(method, path, callers.known(handler, method.equals("GET")));
        return this;
    }

    /** Adds a route that also works while the registry is read-only. */
    public Routes addAlways(String method, String path, KnownHandler handler) {
        surface.route(method, path, callers.known(handler, true));
        return this;
    }
}

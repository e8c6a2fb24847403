package dev.breakwater.events.workspace;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** What a restricted key may do (events.md 2.3). No scope implies another. */
public enum Scope {
    /** List and retrieve events. */
    EVENTS_READ("events:read"),
    /** Create events. */
    EVENTS_WRITE("events:write"),
    /** Everything about webhooks and deliveries. */
    WEBHOOKS_MANAGE("webhooks:manage"),
    /** Read the metadata of workspaces. */
    WORKSPACES_READ("workspaces:read");

    private final String wire;

    Scope(String wire) {
        this.wire = wire;
    }

    /** As keys carry it. */
    public String wire() {
        return wire;
    }

    /** All scopes, as keys carry them. */
    public static Set<String> all() {
        return Arrays.stream(values()).map(Scope::wire).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Lets only callers pass whose key carries this scope.
     *
     * @throws Failure.Forbidden for all others
     */
    public void require(Call call) {
        if (!call.principal().holds(wire)) {
            throw new Failure.Forbidden("API key missing required scope: %s.".formatted(wire));
        }
    }
}

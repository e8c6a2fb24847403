package dev.breakwater.tenancy;

import dev.breakwater.kernel.http.Surface;

/**
 * What a capability adds to the admin API. Its routes lie below {@link #PREFIX}; they are behind the same gate, so a
 * handler finds a user or a service account in the call and asks {@link Access} what it may do.
 */
@FunctionalInterface
public interface AdminRoutes {

    /** The path prefix of the admin API (events.md 14). */
    String PREFIX = "/admin/v1";

    /** Adds the routes. */
    void addTo(Surface.Builder surface);
}

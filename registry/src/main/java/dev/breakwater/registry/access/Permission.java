package dev.breakwater.registry.access;

/**
 * A thing that one may be allowed to do.
 *
 * @param resource with what
 * @param action what
 */
public record Permission(Resource resource, Action action) {}

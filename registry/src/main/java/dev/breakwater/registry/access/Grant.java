package dev.breakwater.registry.access;

/**
 * Something that a robot was granted (registry.md 3.3).
 *
 * @param kind where
 * @param namespace the name of a project, {@code *} for all of them; {@code /} for the system
 * @param resource as the API spells it, or {@code *}
 * @param action as the API spells it, or {@code *}
 */
public record Grant(Kind kind, String namespace, String resource, String action) {

    /** What stands for all projects, resources or actions. */
    public static final String ANY = "*";
    /** The namespace of what is granted in the system as a whole. */
    public static final String SYSTEM = "/";

    /** Where something was granted. */
    public enum Kind {
        /** In the system as a whole. */
        SYSTEM,
        /** In one project or in all of them. */
        PROJECT
    }

    /** Whether it reaches into a project. */
    public boolean covers(String project) {
        return kind == Kind.PROJECT && (namespace.equals(ANY) || namespace.equals(project));
    }

    /** Whether it lets its robot do this in a project. */
    public boolean allows(String project, Permission permission) {
        return covers(project) && names(permission);
    }

    /** Whether it lets its robot do this in the system as a whole. */
    public boolean allowsInSystem(Permission permission) {
        return kind == Kind.SYSTEM && namespace.equals(SYSTEM) && names(permission);
    }

    /** Whether whoever was granted this was granted all of another one. */
    public boolean includes(Grant other) {
        return kind == other.kind
                && includes(namespace, other.namespace)
                && includes(resource, other.resource)
                && includes(action, other.action);
    }

    private static boolean includes(String granted, String wanted) {
        return granted.equals(ANY) || granted.equals(wanted);
    }

    private boolean names(Permission permission) {
        return (resource.equals(ANY) || resource.equals(permission.resource().label()))
                && (action.equals(ANY) || action.equals(permission.action().label()));
    }
}

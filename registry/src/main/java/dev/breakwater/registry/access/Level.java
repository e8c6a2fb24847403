package dev.breakwater.registry.access;

/** The three levels of the 2017 API (registry.md 1.2), each told by one permission that exactly its roles have. */
public enum Level {
    /** Everybody in a public project, every member in any. */
    READ(Resource.PROJECT, Action.READ),
    /** Project administrators and developers, and maintainers, who came later. */
    WRITE(Resource.REPOSITORY, Action.PUSH),
    /** Project administrators. */
    ALL(Resource.PROJECT, Action.DELETE);

    private final Resource resource;
    private final Action action;

    Level(Resource resource, Action action) {
        this.resource = resource;
        this.action = action;
    }

    /** The permission that stands for it. */
    public Permission permission() {
        return new Permission(resource, action);
    }
}

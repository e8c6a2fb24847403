package dev.breakwater.registry.distribution;

import dev.breakwater.registry.access.Action;
import dev.breakwater.registry.access.Permission;
import dev.breakwater.registry.access.Resource;

/**
 * What a request needs to be allowed in its repository (registry.md 2.5).
 */
enum Need {
    /** To read. */
    PULL("pull", "pull", Resource.REPOSITORY, Action.PULL),
    /** To write. */
    PUSH("pull,push", "push", Resource.REPOSITORY, Action.PUSH),
    /** To remove what is there. */
    DELETE("delete", "delete", Resource.ARTIFACT, Action.DELETE);

    private final String asked;
    private final String word;
    private final Resource resource;
    private final Action action;

    Need(String asked, String word, Resource resource, Action action) {
        this.asked = asked;
        this.word = word;
        this.resource = resource;
        this.action = action;
    }

    /** The actions that a challenge asks for. */
    String asked() {
        return asked;
    }

    /** The action that a token must hold. */
    String action() {
        return word;
    }

    /** What the bearer must be allowed at this very moment. */
    Permission permission() {
        return new Permission(resource, action);
    }
}

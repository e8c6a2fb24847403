package dev.breakwater.registry.activity;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The kinds of activities that can be left out of the log, or purged from it, by their names (registry.md 3.3, 3.5): an
 * operation and what it is done to. There, what is pushed is created.
 */
public enum EventType {
    CREATE_PROJECT,
    UPDATE_PROJECT,
    DELETE_PROJECT,
    CREATE_ARTIFACT,
    PULL_ARTIFACT,
    DELETE_ARTIFACT,
    CREATE_TAG,
    DELETE_TAG,
    DELETE_REPOSITORY,
    CREATE_MEMBER,
    UPDATE_MEMBER,
    DELETE_MEMBER,
    CREATE_USER,
    UPDATE_USER,
    DELETE_USER,
    LOGIN_USER,
    LOGOUT_USER,
    CREATE_ROBOT,
    UPDATE_ROBOT,
    DELETE_ROBOT,
    CREATE_LABEL,
    UPDATE_LABEL,
    DELETE_LABEL,
    UPDATE_CONFIGURATION;

    /** The name in the API, for example {@code create_artifact}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind of this name. */
    public static Optional<EventType> named(String label) {
        return Arrays.stream(values())
                .filter(type -> type.label().equals(label))
                .findFirst();
    }
}

package dev.breakwater.registry.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can be done with a {@link Resource} (registry.md 3.2). */
public enum Action {
    CREATE,
    READ,
    UPDATE,
    DELETE,
    LIST,
    PULL,
    PUSH,
    OPERATE,
    STOP,
    SCANNER_PULL;

    private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The name in the API, for example {@code scanner-pull}. */
    public String label() {
        return label;
    }

    /** The action of this name. */
    public static Optional<Action> named(String label) {
        return Arrays.stream(values())
                .filter(action -> action.label.equals(label))
                .findFirst();
    }
}

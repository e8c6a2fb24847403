package dev.breakwater.registry.token;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a client asks a token for, {@code type:name:action,action} (registry.md 2.5).
 *
 * @param type {@code repository} or {@code registry}, or anything that nobody grants
 * @param name of the repository; {@code catalog} for a registry
 * @param actions in the order asked, each once
 */
public record Scope(String type, String name, Set<String> actions) {

    private static final int MOST = 100;
    private static final int LONGEST = 1_024;

    /** An immutable copy of the actions, in their order. */
    public Scope {
        actions = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(actions));
    }

    /** Reads all values of the parameter, each of which may hold several; what is no scope is passed over. */
    public static List<Scope> parse(List<String> values) {
        List<Scope> scopes = new ArrayList<>();
        for (String value : values) {
            for (String text : value.split(" ", -1)) {
                if (!text.isEmpty() && scopes.size() < MOST) {
                    one(text).ifPresent(scopes::add);
                }
            }
        }
        return scopes;
    }

    /** The name may hold a colon, between a host and its port. */
    private static Optional<Scope> one(String text) {
        int first = text.indexOf(':');
        int last = text.lastIndexOf(':');
        if (first <= 0 || last == first || text.length() > LONGEST) {
            return Optional.empty();
        }
        String type = text.substring(0, first).replaceFirst("\\([^)]*\\)$", "");
        Set<String> actions =
                new LinkedHashSet<>(List.of(text.substring(last + 1).split(",", -1)));
        actions.remove("");
        return Optional.of(new Scope(type, text.substring(first + 1, last), actions));
    }
}

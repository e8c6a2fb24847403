package dev.breakwater.registry.token;

import java.util.List;
import java.util.Set;

/**
 * What a bearer token says: who bears it, and what may be done with it (registry.md 2.5).
 *
 * @param subject the name of the bearer; empty for nobody in particular
 * @param bearer by which the bearer is found again: {@code user:} with the identity, {@code robot:} with the full name,
 *     or empty
 * @param access what may be done
 * @param expiresAt in seconds since 1970
 */
public record Grants(String subject, String bearer, List<Access> access, long expiresAt) {

    /** What may be done with one thing. */
    public record Access(String type, String name, Set<String> actions) {

        /** An immutable copy of the actions. */
        public Access {
            actions = Set.copyOf(actions);
        }
    }

    /** An immutable copy of the list. */
    public Grants {
        access = List.copyOf(access);
    }

    /** Whether something may be done with a thing. */
    public boolean allow(String type, String name, String action) {
        for (Access each : access) {
            if (each.type().equals(type)
                    && each.name().equals(name)
                    && (each.actions().contains(action) || each.actions().contains("*"))) {
                return true;
            }
        }
        return false;
    }
}

package dev.breakwater.tenancy.role;

import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * A named set of permissions (delivery.md 5.2).
 *
 * @param id its identity
 * @param identifier its name in requests; managed ones begin with an underscore
 * @param name what people call it
 * @param scopeLevel where it may be assigned
 * @param permissions the permissions it grants; {@code *} for all, {@code *_view} for all that end so
 */
public record Role(UUID id, String identifier, String name, ScopeLevel scopeLevel, List<String> permissions) {

    /** Where a role may be assigned. */
    public enum ScopeLevel {
        /** To the whole account. */
        ACCOUNT,
        /** To an organization and all that is in it. */
        ORGANIZATION,
        /** To a project. */
        PROJECT;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static boolean covers(String pattern, String permission) {
        return pattern.startsWith("*") ? permission.endsWith(pattern.substring(1)) : pattern.equals(permission);
    }
}

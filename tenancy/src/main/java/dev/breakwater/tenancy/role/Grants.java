package dev.breakwater.tenancy.role;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All that one caller is granted. Rights only add up (delivery.md 5.1).
 *
 * @param everywhere the permissions in the whole account
 * @param byOrganization the permissions in single organizations
 */
record Grants(List<String> everywhere, Map<UUID, List<String>> byOrganization) {

    static final Grants NOTHING = new Grants(List.of(), Map.of());
    static final Grants EVERYTHING = new Grants(List.of("*"), Map.of());

    boolean sees(UUID organization) {
        return !everywhere.isEmpty() || byOrganization.containsKey(organization);
    }

    boolean allows(String permission, @Nullable UUID organization) {
        return covered(everywhere, permission)
                || (organization != null && covered(byOrganization.getOrDefault(organization, List.of()), permission));
    }

    /** Whether the permission is granted in the whole account. */
    boolean allowsEverywhere(String permission) {
        return covered(everywhere, permission);
    }

    /** The single organizations in which the permission is granted. */
    Set<UUID> organizations(String permission) {
        return byOrganization.entrySet().stream()
                .filter(granted -> covered(granted.getValue(), permission))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static boolean covered(Collection<String> patterns, String permission) {
        return patterns.stream().anyMatch(pattern -> Role.covers(pattern, permission));
    }
}

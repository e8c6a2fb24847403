package dev.breakwater.registry.scanning;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Vulnerabilities that are known and accepted (registry.md 3.3).
 *
 * @param id its number; 0 for one that was never set
 * @param projectId whose it is; null for that of the system
 * @param expiresAt from when on it counts as empty, in seconds since 1970; null for never
 * @param items the names of the vulnerabilities, for example {@code CVE-2026-0001}
 * @param createdAt when it was first set; null for never
 * @param updatedAt when it was last set; null for never
 */
public record Allowlist(
        long id,
        @Nullable Long projectId,
        @Nullable Long expiresAt,
        List<String> items,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt) {

    /** An immutable copy of the items. */
    public Allowlist {
        items = List.copyOf(items);
    }

    /** One that was never set. */
    public static Allowlist empty(@Nullable Long projectId) {
        return new Allowlist(0, projectId, null, List.of(), null, null);
    }

    /** The items that count at a time. */
    public List<String> itemsAt(Instant now) {
        return expiresAt != null && expiresAt <= now.getEpochSecond() ? List.of() : items;
    }
}

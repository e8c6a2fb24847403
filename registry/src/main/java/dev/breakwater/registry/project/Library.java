package dev.breakwater.registry.project;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The project that every installation comes with: public, number 1, of the first administrator (registry.md 1.3). */
public final class Library {

    private static final String NAME = "library";
    /** Any number that no other advisory lock of this database uses. */
    private static final long TURN = 0x6c69_6272_6172_7921L;

    private Library() {}

    /** Makes it on an installation that never had a project; nodes that start at the same time take turns. */
    public static void ensure(Handle handle, UUID organization, Instant now) {
        handle.execute("SELECT pg_advisory_xact_lock(?)", TURN);
        boolean fresh = handle.createQuery("SELECT NOT EXISTS (SELECT FROM registry.project)")
                .mapTo(boolean.class)
                .one();
        if (fresh) {
            UUID administrator = firstAdministrator(handle);
            long id = ProjectStore.insert(handle, organization, NAME, administrator, true, Map.of(), now)
                    .orElseThrow();
            MemberStore.insert(handle, id, administrator, ProjectRole.PROJECT_ADMIN, now);
        }
    }

    private static UUID firstAdministrator(Handle handle) {
        return handle.createQuery("SELECT id FROM tenancy.user_account"
                        + " WHERE administrator AND deleted_at IS NULL ORDER BY created_at, id LIMIT 1")
                .mapTo(UUID.class)
                .one();
    }
}

package dev.breakwater.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.postgres.DatabaseAddress;
import dev.breakwater.postgres.TemporaryPostgres;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of the rows of older versions. */
class MigrationTest {

    private static final String SCRIPTS = "dev/breakwater/tenancy/migrations";

    @Test
    void theUsersThereAreGetNumbersByAge() {
        DatabaseAddress address = TemporaryPostgres.shared().newDatabase();
        try (Database database =
                new Database(new Database.Settings(address.url(), address.user(), address.password(), 2))) {
            database.migrate("tenancy", SCRIPTS, "1");
            database.query(handle -> handle.execute("""
                    INSERT INTO tenancy.user_account
                        (id, username, name, password_hash, password_changed_at, created_at, deleted_at)
                    VALUES (gen_random_uuid(), 'third', '', '', '2026-01-03Z', '2026-01-03Z', NULL),
                           (gen_random_uuid(), 'admin', '', '', '2026-01-09Z', '2026-01-01Z', NULL),
                           (gen_random_uuid(), 'gone', '', '', '2026-01-02Z', '2026-01-02Z', '2026-01-05Z')
                    """));

            database.migrate("tenancy", SCRIPTS);

            assertThat(column(database, """
                    SELECT number || ' ' || username || ' ' || (updated_at AT TIME ZONE 'UTC')::date || comment
                    FROM tenancy.user_account ORDER BY number
                    """))
                    .containsExactly("1 admin 2026-01-09", "3 gone 2026-01-02", "4 third 2026-01-03");
            assertThat(column(database, "SELECT nextval('tenancy.user_number')::text"))
                    .containsExactly("5");
        }
    }

    private static List<String> column(Database database, String sql) {
        return database.query(h -> h.createQuery(sql).mapTo(String.class).list());
    }
}

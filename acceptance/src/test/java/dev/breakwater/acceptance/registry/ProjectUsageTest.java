package dev.breakwater.acceptance.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import dev.breakwater.kernel.db.Database;
import dev.breakwater.registry.usage.UsageStore;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What projects use is summed up, and put right when it was counted wrongly. */
@WithServer
class ProjectUsageTest {

    private final Database database;
    private final Client admin;
    private final long project;
    private final long used;

    ProjectUsageTest(TestServer server) {
        // Among them are those that fold and repair what this test looks at.
        server.awaitFirstJobs();
        database = new Database(
                new Database.Settings(setting(server, "url"), setting(server, "user"), setting(server, "password"), 2));
        Distribution registry = new Distribution(server);
        admin = registry.admin();
        String repository = registry.newRepository();
        Distribution.pushImage(admin, repository, "v1");
        project = admin.get("/api/v2.0/projects/" + repository.substring(0, repository.indexOf('/')))
                .expect(200)
                .json()
                .get("project_id")
                .asLong();
        used = used();
    }

    private static String setting(TestServer server, String name) {
        return Objects.requireNonNull(server.settings().get("database." + name));
    }

    @BeforeEach
    void something_is_used() {
        assertThat(used).isPositive();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private long used() {
        return database.query(handle -> UsageStore.used(handle, project));
    }

    private long unfolded() {
        return database.query(handle -> handle.createQuery(
                        "SELECT count(*) FROM registry.project_usage_change WHERE project_id = :project")
                .bind("project", project)
                .mapTo(Long.class)
                .one());
    }

    @Test
    void folding_changes_no_sum() {
        database.transact(UsageStore::fold);

        assertThat(unfolded()).isZero();
        assertThat(used()).isEqualTo(used);
        assertThat(database.query(UsageStore::usedByAll)).isGreaterThanOrEqualTo(used);
    }

    @Test
    void a_wrong_sum_is_corrected() {
        database.transact(UsageStore::fold);
        database.transact(handle ->
                handle.execute("UPDATE registry.project_usage SET bytes = bytes + 7 WHERE project_id = ?", project));

        Map<Long, Long> repaired = database.transact(UsageStore::repair);

        assertThat(repaired).containsEntry(project, -7L);
        assertThat(used()).isEqualTo(used);
        assertThat(database.transact(UsageStore::repair)).doesNotContainKey(project);
    }

    @Test
    void what_was_not_counted_is_counted() {
        database.transact(
                handle -> handle.execute("DELETE FROM registry.project_content WHERE project_id = ?", project));
        database.transact(UsageStore::repair);
        assertThat(used()).isZero();

        int added = database.transact(UsageStore::complete);

        assertThat(added).isEqualTo(3);
        assertThat(used()).isEqualTo(used);
        assertThat(database.transact(UsageStore::complete)).isZero();
    }
}

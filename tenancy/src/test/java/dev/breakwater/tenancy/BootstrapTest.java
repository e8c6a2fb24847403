package dev.breakwater.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The first start on an empty database, and every later one. */
class BootstrapTest {

    @Test
    void theFirstStartMakesTheAccountAnOrganizationAndAnAdministrator() {
        try (TestNode node = TestNode.onEmptyDatabase()) {
            Installation installation = node.tenancy.start();

            assertThat(installation.account()).matches("[0-9A-Za-z_-]{22}");
            assertThat(installation.defaultPassword()).isTrue();
            assertThat(column(node, "SELECT identifier FROM tenancy.organization"))
                    .containsExactly("default");
            assertThat(column(node, "SELECT username FROM tenancy.user_account WHERE administrator"))
                    .containsExactly("admin");
            assertThat(node.tenancy.users().findByNumber(1)).hasValueSatisfying(admin -> {
                assertThat(admin.username()).isEqualTo("admin");
                assertThat(admin.email()).isEqualTo("admin@example.com");
                assertThat(admin.name()).isEqualTo("system admin");
                assertThat(admin.comment()).isEqualTo("admin user");
                assertThat(admin.administrator()).isTrue();
            });
            assertThat(column(node, "SELECT action FROM tenancy.audit_entry")).containsExactly("installation.created");
        }
    }

    @Test
    void laterStartsChangeNothing() {
        try (TestNode node = TestNode.onEmptyDatabase()) {
            Installation first = node.tenancy.start();

            assertThat(node.tenancy.start()).isEqualTo(first);
        }
    }

    @Test
    void nodesThatStartAtOnceMakeOneInstallation() throws Exception {
        try (TestNode first = TestNode.onEmptyDatabase();
                TestNode second = first.another(TenancySettings.defaults());
                TestNode third = first.another(TenancySettings.defaults());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Installation>> starts =
                    List.of(first.tenancy::start, second.tenancy::start, third.tenancy::start);
            List<Installation> seen = new ArrayList<>();
            for (Future<Installation> start : threads.invokeAll(starts)) {
                seen.add(start.get());
            }

            assertThat(seen).hasSize(3).allMatch(seen.getFirst()::equals);
            assertThat(column(first, "SELECT identifier FROM tenancy.organization"))
                    .containsExactly("default");
            assertThat(column(first, "SELECT username FROM tenancy.user_account"))
                    .containsExactly("admin");
        }
    }

    @Test
    void aConfiguredPasswordIsNotTheDefaultOne() {
        TenancySettings settings = new TenancySettings("root", "correct horse battery");
        try (TestNode node = TestNode.onEmptyDatabase(settings)) {
            assertThat(node.tenancy.start().defaultPassword()).isFalse();
            assertThat(column(node, "SELECT username FROM tenancy.user_account"))
                    .containsExactly("root");
        }
        assertThat(settings.toString()).doesNotContain("horse");
    }

    @Test
    void aConfiguredPasswordReplacesTheDefaultOneAndNoOther() {
        try (TestNode node = TestNode.onEmptyDatabase()) {
            node.tenancy.start();
            try (TestNode configured = node.another(new TenancySettings("admin", "correct horse battery"))) {
                assertThat(configured.tenancy.start().defaultPassword()).isFalse();
            }
            List<String> replaced = column(node, "SELECT password_hash FROM tenancy.user_account");
            try (TestNode again = node.another(new TenancySettings("admin", "yet another password"))) {
                again.tenancy.start();
            }

            assertThat(column(node, "SELECT password_hash FROM tenancy.user_account"))
                    .isEqualTo(replaced);
        }
    }

    @Test
    void aForeignInstallationKeyStopsTheStart() {
        try (TestNode node = TestNode.onEmptyDatabase()) {
            node.tenancy.start();
            try (TestNode foreign = node.withAnotherKey()) {
                assertThatThrownBy(foreign.tenancy::start)
                        .isInstanceOf(InstallationMismatch.class)
                        .hasMessage("The installation key does not belong to this database: its secrets cannot be"
                                + " decrypted. Use the key file that the database was created with, or an empty"
                                + " database.");
            }
        }
    }

    @Test
    void theAuditTrailOnlyGrows() {
        try (TestNode node = TestNode.onEmptyDatabase()) {
            node.tenancy.start();

            assertThatThrownBy(() -> node.database.query(h -> h.execute("DELETE FROM tenancy.audit_entry")))
                    .hasMessageContaining("append-only");
            assertThatThrownBy(() -> node.database.query(h -> h.execute("UPDATE tenancy.audit_entry SET target = ''")))
                    .hasMessageContaining("append-only");
        }
    }

    private static List<String> column(TestNode node, String sql) {
        return node.database.query(h -> h.createQuery(sql).mapTo(String.class).list());
    }
}

package dev.breakwater.registry.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.registry.project.Project;
import dev.breakwater.tenancy.UserProfile;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** What needs no role, so no database; the handle leads to none and would fail when used. */
class RightsTest {

    private static final Instant NOW = Instant.parse("2026-07-01T09:07:52Z");
    private static final Project PRIVATE = project(1, "demo", false);
    private static final Project PUBLIC = project(2, "open", true);

    private final Handle handle = Jdbi.create(RightsTest::unusable).open();

    private static Connection unusable() {
        return (Connection) Proxy.newProxyInstance(
                RightsTest.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, args) -> {
                    if (method.getName().startsWith("prepare")) {
                        throw new AssertionError("a query");
                    }
                    return method.getReturnType() == boolean.class ? true : null;
                });
    }

    @Test
    void nobody_in_particular_reads_what_is_public_and_nothing_else() {
        Rights rights = new Rights(new Caller.Anonymous());

        assertThat(rights.allows(handle, PUBLIC, Resource.REPOSITORY, Action.PULL))
                .isTrue();
        assertThat(rights.allows(handle, PUBLIC, Resource.REPOSITORY, Action.PUSH))
                .isFalse();
        assertThat(rights.allows(handle, PRIVATE, Level.READ)).isFalse();
        assertThat(rights.allowsInSystem(Resource.PROJECT, Action.CREATE)).isFalse();
        assertThat(rights.inSystem()).isEmpty();
        assertThat(rights.sight().everything()).isFalse();
    }

    @Test
    void administrators_may_do_everything() {
        Rights rights = new Rights(new Caller.Person(
                new UserProfile(UUID.randomUUID(), 1, "admin", null, "", "", true, false, NOW, NOW, NOW)));

        assertThat(rights.inProject(handle, PRIVATE)).isEqualTo(Matrix.inProject());
        assertThat(rights.inSystem()).isEqualTo(Matrix.inSystem());
        assertThat(rights.sight().everything()).isTrue();
    }

    @Test
    void robots_may_do_what_they_were_granted_and_read_what_is_public() {
        Rights rights = new Rights(new Caller.Machine(new Robot(
                4,
                "robot$demo+ci",
                Robot.Level.PROJECT,
                List.of(new Grant(Grant.Kind.PROJECT, "demo", "repository", "pull")))));

        assertThat(rights.inProject(handle, PRIVATE)).containsExactly(new Permission(Resource.REPOSITORY, Action.PULL));
        assertThat(rights.allows(handle, PUBLIC, Level.READ)).isTrue();
        assertThat(rights.allows(handle, PUBLIC, Level.WRITE)).isFalse();
        assertThat(rights.sight().names()).containsExactly("demo");
        assertThat(rights.inSystem()).isEmpty();
    }

    private static Project project(long id, String name, boolean isPublic) {
        return new Project(id, UUID.randomUUID(), name, UUID.randomUUID(), isPublic, Map.of(), NOW, NOW);
    }
}

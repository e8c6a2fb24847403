package dev.breakwater.registry.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GrantTest {

    private static final Permission PULL = new Permission(Resource.REPOSITORY, Action.PULL);
    private static final Permission PUSH = new Permission(Resource.REPOSITORY, Action.PUSH);

    @Test
    void a_grant_in_one_project_reaches_no_other() {
        Grant grant = new Grant(Grant.Kind.PROJECT, "demo", "repository", "pull");

        assertThat(grant.allows("demo", PULL)).isTrue();
        assertThat(grant.allows("demo", PUSH)).isFalse();
        assertThat(grant.allows("demo2", PULL)).isFalse();
        assertThat(grant.allowsInSystem(PULL)).isFalse();
    }

    @Test
    void a_star_stands_for_all_projects_resources_and_actions() {
        assertThat(new Grant(Grant.Kind.PROJECT, "*", "repository", "push").allows("any", PUSH))
                .isTrue();
        assertThat(new Grant(Grant.Kind.PROJECT, "demo", "*", "*").allows("demo", PUSH))
                .isTrue();
        assertThat(new Grant(Grant.Kind.PROJECT, "*", "tag", "*").allows("demo", PUSH))
                .isFalse();
    }

    @Test
    void what_is_granted_in_the_system_reaches_into_no_project() {
        Grant grant = new Grant(Grant.Kind.SYSTEM, "/", "project", "create");
        Permission create = new Permission(Resource.PROJECT, Action.CREATE);

        assertThat(grant.allowsInSystem(create)).isTrue();
        assertThat(grant.allows("/", create)).isFalse();
        assertThat(new Grant(Grant.Kind.SYSTEM, "*", "project", "create").allowsInSystem(create))
                .isFalse();
    }
}

package dev.breakwater.registry.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.registry.project.ProjectRole;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MatrixTest {

    /** All that somebody may do in a project who may do nothing but read it. */
    private static final Set<String> READING = Set.of(
            "project read",
            "metadata read",
            "metadata list",
            "label read",
            "label list",
            "repository read",
            "repository list",
            "repository pull",
            "artifact read",
            "artifact list",
            "artifact-addition read",
            "accessory list",
            "tag list",
            "scan read");

    @Test
    void everybody_reads_what_is_public() {
        assertThat(names(Matrix.inProject().stream()
                        .filter(Matrix::allowsEverybody)
                        .collect(Collectors.toSet())))
                .containsExactlyInAnyOrderElementsOf(READING);
    }

    @Test
    void limited_guests_read_and_see_the_quota() {
        assertThat(of(ProjectRole.LIMITED_GUEST)).isEqualTo(plus(READING, "quota read"));
    }

    @Test
    void guests_see_members_and_robots_as_well() {
        assertThat(of(ProjectRole.GUEST))
                .isEqualTo(
                        plus(of(ProjectRole.LIMITED_GUEST), "member read", "member list", "robot read", "robot list"));
    }

    @Test
    void developers_push_tag_label_and_keep() {
        assertThat(of(ProjectRole.DEVELOPER))
                .isEqualTo(plus(
                        of(ProjectRole.GUEST),
                        "repository push",
                        "repository update",
                        "artifact create",
                        "artifact-label create",
                        "artifact-label delete",
                        "tag create",
                        "tag-retention create",
                        "tag-retention read",
                        "tag-retention update",
                        "tag-retention delete",
                        "tag-retention list",
                        "tag-retention operate"));
    }

    @Test
    void maintainers_delete_scan_and_protect_as_well() {
        assertThat(of(ProjectRole.MAINTAINER))
                .isEqualTo(plus(
                        of(ProjectRole.DEVELOPER),
                        "repository delete",
                        "artifact delete",
                        "tag delete",
                        "label create",
                        "label update",
                        "label delete",
                        "immutable-tag create",
                        "immutable-tag update",
                        "immutable-tag delete",
                        "immutable-tag list",
                        "scan create",
                        "scan stop"));
    }

    @Test
    void project_administrators_may_do_all_that_there_is() {
        assertThat(of(ProjectRole.PROJECT_ADMIN))
                .isEqualTo(names(Set.copyOf(Matrix.inProject())))
                .containsAll(Set.of("project delete", "member create", "robot create", "log list"));
    }

    @ParameterizedTest
    @EnumSource(names = {"MAINTAINER", "DEVELOPER", "GUEST", "LIMITED_GUEST"})
    void others_change_no_members_and_no_robots_and_see_no_log(ProjectRole role) {
        assertThat(of(role))
                .doesNotContain("member create", "member update", "member delete", "robot create", "robot update")
                .doesNotContain("robot delete", "log list", "project update", "project delete");
    }

    @ParameterizedTest
    @CsvSource({
        "PROJECT_ADMIN, true,  true,  true",
        "MAINTAINER,    true,  true,  false",
        "DEVELOPER,     true,  true,  false",
        "GUEST,         true,  false, false",
        "LIMITED_GUEST, true,  false, false"
    })
    void the_levels_of_2017(ProjectRole role, boolean read, boolean write, boolean all) {
        assertThat(Matrix.allows(role, Level.READ.permission())).isEqualTo(read);
        assertThat(Matrix.allows(role, Level.WRITE.permission())).isEqualTo(write);
        assertThat(Matrix.allows(role, Level.ALL.permission())).isEqualTo(all);
    }

    @Test
    void robots_can_be_granted_no_more_than_there_is() {
        assertThat(Matrix.inProject()).containsAll(Matrix.grantableInProject());
        assertThat(Matrix.inSystem()).containsAll(Matrix.grantableInSystem());
        assertThat(names(Set.copyOf(Matrix.grantableInProject()))).doesNotContain("robot update");
        assertThat(names(Set.copyOf(Matrix.grantableInSystem())))
                .doesNotContain("configuration update", "robot update")
                .contains("project create", "catalog read");
    }

    private static Set<String> of(ProjectRole role) {
        return names(Matrix.inProject().stream()
                .filter(permission -> Matrix.allows(role, permission))
                .collect(Collectors.toSet()));
    }

    private static Set<String> names(Set<Permission> permissions) {
        Set<String> names = new TreeSet<>();
        permissions.forEach(permission -> names.add(
                permission.resource().label() + " " + permission.action().label()));
        return names;
    }

    private static Set<String> plus(Set<String> base, String... more) {
        Set<String> all = new TreeSet<>(base);
        all.addAll(Set.of(more));
        return all;
    }
}

package dev.breakwater.tenancy;

import static dev.breakwater.tenancy.UserChanges.assertConflict;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Users on a fresh installation: how they are counted, listed and searched. */
class FirstUsersTest {

    private final TestNode node = TestNode.onEmptyDatabase();
    private final Users users = node.tenancy.users();
    private final UserChanges changes = new UserChanges(node);

    @BeforeEach
    void start() {
        node.tenancy.start();
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void theFirstWhoRegistersIsTheThirdAndNoNumberIsGivenTwice() {
        UserProfile first = changes.register("ada", null);
        changes.delete(first);
        assertConflict(Users.USERNAME_TAKEN, () -> changes.register("admin", null));
        UserProfile second = changes.register("ada", null);

        assertThat(first.number()).isEqualTo(3);
        assertThat(second.number()).isEqualTo(4);
        assertThat(users.findByNumber(4)).contains(second);
        assertThat(users.findByNumber(3)).isEmpty();
        assertThat(users.findByNumber(2)).isEmpty();
        assertThat(users.findByNumber(1)).map(UserProfile::username).contains("admin");
    }

    @Test
    void aSearchLooksForPartsOfTextWhateverTheirCase() {
        changes.register("Ada", "lovelace@example.com");
        changes.register("ad%a", "percent@example.com");
        changes.register("a_d", null);

        assertThat(found("AD", null)).containsExactly("ad%a", "Ada", "admin");
        assertThat(found("%", null)).containsExactly("ad%a");
        assertThat(found("_", null)).containsExactly("a_d");
        assertThat(found("\\", null)).isEmpty();
        assertThat(found(null, "LOVE")).containsExactly("Ada");
        assertThat(found("ad", "percent")).containsExactly("ad%a");
        assertThat(found(null, "_")).isEmpty();
        assertThat(found("", "")).containsExactly("a_d", "ad%a", "Ada", "admin");
    }

    @Test
    void aSearchIsReadPageByPageWithoutThoseWhoAreLeftOut() {
        for (String name : List.of("e", "c", "a", "d", "b")) {
            changes.register(name, null);
        }

        Users.Found page = users.search(new Users.Search(null, null, Set.of(1L, 5L), 1, 2));
        Users.Found beyond = users.search(new Users.Search(null, null, Set.of(), 100, 2));

        assertThat(page.users()).extracting(UserProfile::username).containsExactly("c", "d");
        assertThat(page.total()).isEqualTo(4);
        assertThat(beyond.users()).isEmpty();
        assertThat(beyond.total()).isEqualTo(6);
    }

    @Test
    void theLastAdministratorStaysOne() {
        UserProfile admin = users.findByNumber(1).orElseThrow();

        assertConflict(Users.LAST_ADMINISTRATOR, () -> changes.change(admin, UserChange.administrator(false)));
        assertConflict(Users.LAST_ADMINISTRATOR, () -> changes.delete(admin));

        changes.change(changes.register("ada", null), UserChange.administrator(true));
        assertThat(changes.change(admin, UserChange.administrator(false)).administrator())
                .isFalse();
    }

    @Test
    void ordinaryUsersAreAllButTheFirstAdministrator() {
        assertThat(users.countOrdinary()).isZero();

        UserProfile ada = changes.register("ada", null);
        assertThat(users.countOrdinary()).isEqualTo(1);

        changes.delete(ada);
        assertThat(users.countOrdinary()).isZero();
    }

    private List<String> found(@Nullable String username, @Nullable String email) {
        Users.Found found = users.search(new Users.Search(username, email, Set.of(), 0, 100));
        assertThat(found.total()).isEqualTo(found.users().size());
        return found.users().stream().map(UserProfile::username).toList();
    }
}

package dev.breakwater.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.breakwater.kernel.failure.Failure;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Who signs in with what, also on the nodes that have just verified it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignInsTest {

    private static final String PASSWORD = "a long enough one";
    private static final String HERE = "192.0.2.1";

    private final TestNode node = TestNode.onEmptyDatabase();
    private final TestNode another = node.another(TenancySettings.defaults());
    private final UserChanges changes = new UserChanges(node);
    private final NewPassword password = node.tenancy.users().password(PASSWORD);
    private UserProfile user = first();

    private UserProfile first() {
        node.tenancy.start();
        return node.tenancy.users().findByNumber(1).orElseThrow();
    }

    @BeforeEach
    void newUser() {
        String name = "user" + node.ids.next();
        user = changes.register(new NewUser(name, name + "@example.com", name, "", password, false));
    }

    @AfterAll
    void stop() {
        another.close();
        node.close();
    }

    @Test
    void usernameOrEmailWithThePasswordOpen() {
        assertThat(node.tenancy.signIns().authenticate(user.username(), PASSWORD, HERE))
                .contains(user);
        assertThat(node.tenancy.signIns().authenticate(user.username().toUpperCase(Locale.ROOT), PASSWORD, HERE))
                .contains(user);
        assertThat(node.tenancy.signIns().authenticate(user.username() + "@EXAMPLE.com", PASSWORD, HERE))
                .contains(user);
    }

    @Test
    void nothingElseDoes() {
        assertThat(opens(node)).isTrue();

        assertThat(node.tenancy.signIns().authenticate(user.username(), PASSWORD + " ", HERE))
                .isEmpty();
        assertThat(node.tenancy.signIns().authenticate(user.username(), "", HERE))
                .isEmpty();
        assertThat(node.tenancy.signIns().authenticate("nobody", PASSWORD, HERE))
                .isEmpty();
        assertThat(node.tenancy.signIns().authenticate("", PASSWORD, HERE)).isEmpty();
        assertThat(node.tenancy.signIns().authenticate("a\0", PASSWORD, HERE)).isEmpty();
        assertThat(node.tenancy.signIns().authenticate(user.username(), "x".repeat(129), HERE))
                .isEmpty();
    }

    @Test
    void anOldPasswordStopsWorkingAtOnceOnEveryNode() {
        assertThat(opens(node)).isTrue();
        assertThat(opens(another)).isTrue();

        NewPassword changed = node.tenancy.users().password("another long one");
        changes.setPassword(user, changed);

        assertThat(opens(node)).isFalse();
        assertThat(opens(another)).isFalse();
        assertThat(another.tenancy.signIns().authenticate(user.username(), "another long one", HERE))
                .isPresent();
    }

    @Test
    void aDisabledUserIsOutAtOnceOnEveryNode() {
        assertThat(opens(node)).isTrue();
        assertThat(opens(another)).isTrue();

        changes.change(user, new UserChange(null, null, null, null, true));

        assertThat(opens(node)).isFalse();
        assertThat(opens(another)).isFalse();
        assertThat(another.tenancy.signIns().confirm(user, PASSWORD, HERE)).isFalse();
    }

    @Test
    void aDeletedUserIsOutAtOnceOnEveryNode() {
        assertThat(opens(node)).isTrue();
        assertThat(opens(another)).isTrue();

        changes.delete(user);

        assertThat(opens(node)).isFalse();
        assertThat(opens(another)).isFalse();
        assertThat(another.tenancy.signIns().confirm(user, PASSWORD, HERE)).isFalse();
    }

    @Test
    void thePasswordIsConfirmed() {
        assertThat(node.tenancy.signIns().confirm(user, PASSWORD, HERE)).isTrue();
        assertThat(node.tenancy.signIns().confirm(user, "not this one", HERE)).isFalse();
    }

    @Test
    void guessesCountTogetherWhereverTheyAreMade() {
        for (int i = 0; i < 3; i++) {
            node.tenancy.signIns().authenticate(user.username(), "guess " + i, HERE);
        }
        node.tenancy.signIns().confirm(user, "guess 3", HERE);
        node.tenancy.signIns().confirm(user, "guess 4", HERE);

        assertThatExceptionOfType(Failure.TooManyRequests.class).isThrownBy(() -> opens(node));
    }

    private boolean opens(TestNode at) {
        return at.tenancy
                .signIns()
                .authenticate(user.username(), PASSWORD, HERE)
                .isPresent();
    }
}

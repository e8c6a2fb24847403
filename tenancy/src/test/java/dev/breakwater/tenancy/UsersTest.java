package dev.breakwater.tenancy;

import static dev.breakwater.tenancy.UserChanges.assertConflict;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.identity.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The users as the other capabilities see and change them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UsersTest {

    private final TestNode node = TestNode.onEmptyDatabase();
    private final Users users = node.tenancy.users();
    private final UserChanges changes = new UserChanges(node);

    @BeforeAll
    void start() {
        node.tenancy.start();
    }

    @BeforeEach
    void freeAllNames() {
        node.database.query(handle -> handle.execute(
                "UPDATE tenancy.user_account SET deleted_at = now() WHERE number > 1 AND deleted_at IS NULL"));
    }

    @AfterAll
    void stop() {
        node.close();
    }

    // Registering

    @Test
    void aNewUserIsFoundInEveryWay() {
        UserProfile ada =
                changes.register(new NewUser("Ada", "Ada@Example.com", "Ada L.", "counts", UserChanges.UNUSED, false));

        assertThat(ada.comment()).isEqualTo("counts");
        assertThat(ada.administrator()).isFalse();
        assertThat(ada.createdAt()).isEqualTo(node.time.instant());
        assertThat(users.find(ada.id())).contains(ada);
        assertThat(users.findByName("aDA")).contains(ada);
        assertThat(users.findByEmail("ada@EXAMPLE.com")).contains(ada);
        assertThat(ada.principal().kind()).isEqualTo(Principal.Kind.USER);
        assertThat(ada.principal().id()).isEqualTo(ada.id());
        assertThat(ada.principal().name()).isEqualTo("Ada");
    }

    @Test
    void usernameAndEmailAreToldApartWhenTaken() {
        changes.register("ada", "ada@example.com");

        assertConflict(Users.USERNAME_TAKEN, () -> changes.register("ADA", null));
        assertConflict(Users.EMAIL_TAKEN, () -> changes.register("grace", "ADA@example.com"));
        assertConflict(Users.USERNAME_TAKEN, () -> changes.register("Ada", "ada@example.com"));
    }

    @Test
    void nobodyIsCalledAnonymous() {
        assertConflict(Users.USERNAME_TAKEN, () -> changes.register("anonymous", null));
        assertConflict(Users.USERNAME_TAKEN, () -> changes.register("Anonymous", null));
    }

    @Test
    void ofTwoWhoRegisterTheSameNameAtOnceOneIsTold() throws Exception {
        assertThat(conflicts(() -> changes.register("ada", null), () -> changes.register("Ada", null)))
                .containsExactly(Users.USERNAME_TAKEN);
        assertThat(conflicts(
                        () -> changes.register("x", "x@example.com"), () -> changes.register("y", "X@example.com")))
                .containsExactly(Users.EMAIL_TAKEN);
    }

    @Test
    void whoRegistersThemselvesIsAnonymousInTheAuditTrail() {
        UserProfile ada = changes.register("ada", null);

        assertThat(trail()).containsOnlyOnce("anonymous user.created " + text(ada));
    }

    // Finding

    @Test
    void nobodyIsCalledWhatCannotBeStored() {
        assertThat(users.findByName("a\0")).isEmpty();
        assertThat(users.findByEmail("a\0@example.com")).isEmpty();
        assertThat(users.search(new Users.Search("\0", null, Set.of(), 0, 10)).total())
                .isZero();
        assertThat(users.search(new Users.Search(null, "\0", Set.of(), 0, 10)).total())
                .isZero();
    }

    @Test
    void manyAreFoundAtOnceAndTheDeletedAreNamedOnly() {
        UserProfile ada = changes.register("ada", null);
        UserProfile grace = changes.register("grace", null);
        changes.delete(grace);
        List<UUID> wanted = List.of(ada.id(), grace.id(), UUID.randomUUID());

        assertThat(users.findAll(wanted)).containsOnlyKeys(ada.id()).containsValue(ada);
        assertThat(users.names(wanted))
                .containsOnlyKeys(ada.id(), grace.id())
                .containsValue(new UserName(ada.id(), ada.number(), "ada", false))
                .containsValue(new UserName(grace.id(), grace.number(), "grace", true));
        assertThat(users.findAll(List.of())).isEmpty();
    }

    // Changing

    @Test
    void aChangeLeavesAloneWhatItDoesNotName() {
        UserProfile ada = changes.register("ada", "ada@example.com");
        node.time.advance(Duration.ofMinutes(1));

        UserProfile changed = changes.change(ada, UserChange.profile(null, "Ada L.", "counts"));

        assertThat(changed.email()).isEqualTo("ada@example.com");
        assertThat(changed.name()).isEqualTo("Ada L.");
        assertThat(changed.comment()).isEqualTo("counts");
        assertThat(changed.updatedAt()).isEqualTo(ada.createdAt().plusSeconds(60));
        assertThat(users.find(ada.id())).contains(changed);
        assertThat(changes.change(ada, UserChange.administrator(true)).administrator())
                .isTrue();
        assertThat(users.find(ada.id()).orElseThrow().name()).isEqualTo("Ada L.");
        assertThat(trail()).contains("anonymous user.updated " + text(ada));
    }

    @Test
    void anEmailIsChangedUnlessSomebodyElseHasIt() {
        UserProfile ada = changes.register("ada", "ada@example.com");
        UserProfile grace = changes.register("grace", "grace@example.com");

        assertConflict(
                Users.EMAIL_TAKEN, () -> changes.change(grace, UserChange.profile("ADA@example.com", null, null)));
        assertThat(changes.change(ada, UserChange.profile("Ada@example.com", null, null))
                        .email())
                .isEqualTo("Ada@example.com");
        assertThat(changes.change(grace, UserChange.profile("hopper@example.com", null, null))
                        .email())
                .isEqualTo("hopper@example.com");
    }

    @Test
    void ofTwoWhoTakeTheSameEmailAtOnceOneIsTold() throws Exception {
        UserProfile ada = changes.register("ada", null);
        UserProfile grace = changes.register("grace", null);
        UserChange same = UserChange.profile("same@example.com", null, null);

        assertThat(conflicts(() -> changes.change(ada, same), () -> changes.change(grace, same)))
                .containsExactly(Users.EMAIL_TAKEN);
    }

    @Test
    void aDeletedUserIsGoneAndNameAndEmailAreFree() {
        UserProfile ada = changes.register("ada", "ada@example.com");
        changes.delete(ada);

        assertThat(users.find(ada.id())).isEmpty();
        assertThat(users.findByName("ada")).isEmpty();
        assertThat(users.findByEmail("ada@example.com")).isEmpty();
        assertThat(changes.register("ada", "ada@example.com").id()).isNotEqualTo(ada.id());
        assertThat(trail()).contains("anonymous user.deleted " + text(ada));
        assertThatExceptionOfType(Failure.NotFound.class).isThrownBy(() -> changes.delete(ada));
        assertThatExceptionOfType(Failure.NotFound.class)
                .isThrownBy(() -> changes.change(ada, UserChange.administrator(true)));
        assertThatExceptionOfType(Failure.NotFound.class)
                .isThrownBy(() -> changes.setPassword(ada, UserChanges.UNUSED));
    }

    @Test
    void aNewPasswordIsNotedWithItsTime() {
        UserProfile ada = changes.register("ada", null);
        node.time.advance(Duration.ofMinutes(1));
        changes.setPassword(ada, UserChanges.UNUSED);

        UserProfile changed = users.find(ada.id()).orElseThrow();
        assertThat(changed.passwordChangedAt()).isEqualTo(node.time.instant());
        assertThat(changed.updatedAt()).isEqualTo(node.time.instant());
        assertThat(trail()).contains("anonymous user.password_changed " + text(ada));
    }

    @Test
    void aPasswordIsShownNowhere() {
        NewPassword password = users.password("correct horse");

        assertThat(password.hash()).startsWith("$argon2id$").doesNotContain("horse");
        assertThat(password.wellKnown()).isFalse();
        assertThat(users.password(TenancySettings.DEFAULT_PASSWORD).wellKnown()).isTrue();
        assertThat(new NewUser("ada", null, "Ada", "", password, false).toString())
                .doesNotContain("argon2");
    }

    private List<String> trail() {
        return node.database.query(
                h -> h.createQuery("SELECT actor || ' ' || action || ' ' || target FROM tenancy.audit_entry")
                        .mapTo(String.class)
                        .list());
    }

    private static String text(UserProfile user) {
        return Ids.text("usr", user.id());
    }

    /** Does both at once and returns the codes of those that were refused. */
    private static List<@Nullable String> conflicts(Callable<?> one, Callable<?> other) throws Exception {
        List<@Nullable String> codes = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<?> done : List.of(threads.submit(one), threads.submit(other))) {
                try {
                    done.get();
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof Failure.Conflict conflict)) {
                        throw e;
                    }
                    codes.add(conflict.code());
                }
            }
        }
        return codes;
    }
}

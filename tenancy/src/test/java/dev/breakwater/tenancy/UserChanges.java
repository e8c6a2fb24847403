package dev.breakwater.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.identity.Principal;
import org.jspecify.annotations.Nullable;

/** Changes the users of a node, each in a transaction of its own, for a caller who did not sign in. */
record UserChanges(TestNode node) {

    /** For whom nobody signs in as: hashing a real one takes its time. */
    static final NewPassword UNUSED = new NewPassword("hash", false);

    private static final Call CALL = Calls.by(Principal.ANONYMOUS);

    UserProfile register(String username, @Nullable String email) {
        return register(new NewUser(username, email, username, "", UNUSED, false));
    }

    UserProfile register(NewUser user) {
        return node.database.transact(handle -> node.tenancy.users().register(handle, CALL, user));
    }

    UserProfile change(UserProfile user, UserChange change) {
        return node.database.transact(handle -> node.tenancy.users().change(handle, CALL, user.id(), change));
    }

    void setPassword(UserProfile user, NewPassword password) {
        node.database.transact(handle -> {
            node.tenancy.users().setPassword(handle, CALL, user.id(), password);
            return null;
        });
    }

    void delete(UserProfile user) {
        node.database.transact(handle -> {
            node.tenancy.users().delete(handle, CALL, user.id());
            return null;
        });
    }

    static void assertConflict(String code, Runnable work) {
        assertThatExceptionOfType(Failure.Conflict.class)
                .isThrownBy(work::run)
                .satisfies(conflict -> assertThat(conflict.code()).isEqualTo(code));
    }
}

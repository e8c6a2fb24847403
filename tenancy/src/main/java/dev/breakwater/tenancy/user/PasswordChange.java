package dev.breakwater.tenancy.user;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.json.Json;
import dev.breakwater.tenancy.NewPassword;
import dev.breakwater.tenancy.SignIns;
import dev.breakwater.tenancy.UserProfile;
import dev.breakwater.tenancy.Users;
import java.util.UUID;

/** The rule of changing a password: who changes the own one shows the current one first. */
public final class PasswordChange {

    private final Database database;
    private final Users users;
    private final SignIns signIns;

    /** Passwords are kept by {@code users} and verified by {@code signIns}. */
    public PasswordChange(Database database, Users users, SignIns signIns) {
        this.database = database;
        this.users = users;
        this.signIns = signIns;
    }

    /**
     * Insists on the current password.
     *
     * @throws Failure.Invalid naming {@code current_password} when it is wrong
     */
    void requireCurrent(Call call, UserProfile user, String password) {
        if (!signIns.confirm(user, password, call.clientAddress())) {
            throw new Failure.Invalid("current_password", "The current password is wrong.");
        }
    }

    /**
     * Insists on a length that can be set.
     *
     * @throws Failure.Invalid naming {@code password}
     */
    public static String sound(String password) {
        if (password.length() < Passwords.SHORTEST || password.length() > Passwords.LONGEST) {
            throw Json.invalidValue(
                    "password", "it must have %d to %d characters".formatted(Passwords.SHORTEST, Passwords.LONGEST));
        }
        return password;
    }

    /** A sound password, ready to be set; fails as {@link #sound}. */
    NewPassword ready(String password) {
        return users.password(sound(password));
    }

    /** Sets it; all sessions of that user end, except the one that asks. */
    void set(Call call, UUID user, NewPassword password) {
        database.transact(handle -> {
            users.setPassword(handle, call, user, password);
            return null;
        });
    }
}

package dev.breakwater.tenancy.user;

import dev.breakwater.tenancy.UserProfile;

/**
 * A person who may sign in.
 *
 * @param profile what others may know
 * @param passwordHash the Argon2id hash with its parameters
 * @param defaultPassword whether the password is still the one that every fresh installation has
 */
public record User(UserProfile profile, String passwordHash, boolean defaultPassword) {
    @Override
    public String toString() {
        return "User[id=" + profile.id() + ", username=" + profile.username() + "]";
    }
}

package dev.breakwater.tenancy;

import org.jspecify.annotations.Nullable;

/**
 * What is to change of a user; null for what stays.
 *
 * @param email the new address
 * @param name what people are to call the user
 * @param comment what administrators note; empty for nothing
 * @param administrator whether the user may do everything everywhere
 * @param disabled whether the user may not sign in
 */
public record UserChange(
        @Nullable String email,
        @Nullable String name,
        @Nullable String comment,
        @Nullable Boolean administrator,
        @Nullable Boolean disabled) {

    /** What users may tell about themselves; null for what stays. */
    public static UserChange profile(@Nullable String email, @Nullable String name, @Nullable String comment) {
        return new UserChange(email, name, comment, null, null);
    }

    /** Makes an administrator of a user, or an ordinary user of an administrator. */
    public static UserChange administrator(boolean administrator) {
        return new UserChange(null, null, null, administrator, null);
    }
}

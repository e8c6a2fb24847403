package dev.breakwater.tenancy;

import org.jspecify.annotations.Nullable;

/**
 * A user who is to be. The rules about lengths and characters differ from API to API, and each has checked its own.
 *
 * @param username to be unique regardless of case
 * @param email to be unique regardless of case; null when unknown
 * @param name what people call the user
 * @param comment what administrators note; empty for nothing
 * @param password the first one
 * @param administrator whether the user may do everything everywhere
 */
public record NewUser(
        String username,
        @Nullable String email,
        String name,
        String comment,
        NewPassword password,
        boolean administrator) {}

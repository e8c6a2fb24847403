package dev.breakwater.tenancy;

import java.util.UUID;

/**
 * By what a user is called, also after the user was deleted.
 *
 * @param id the user's identity
 * @param number the identity in APIs that count
 * @param username the one the user has, or had at last; somebody else may bear it by now
 * @param deleted whether there is no such user any more
 */
public record UserName(UUID id, long number, String username, boolean deleted) {}

package dev.breakwater.tenancy;

import java.util.UUID;

/**
 * What every node knows about the installation once it has started.
 *
 * @param account the id of the account, 22 characters
 * @param organization the organization {@code default}
 * @param defaultPassword whether somebody can sign in with the password that every fresh installation has, so that
 *     it must not be reachable from outside
 */
public record Installation(String account, UUID organization, boolean defaultPassword) {}

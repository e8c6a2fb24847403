/** Accounts, organizations, users, tokens, roles, sessions and the audit trail: what every capability shares. */
@NullMarked
package dev.breakwater.tenancy;

import org.jspecify.annotations.NullMarked;

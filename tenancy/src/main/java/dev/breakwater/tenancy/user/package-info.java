/** Users, their passwords and how they sign in. */
@NullMarked
package dev.breakwater.tenancy.user;

import org.jspecify.annotations.NullMarked;

/** The members of organizations. */
@NullMarked
package dev.breakwater.tenancy.member;

import org.jspecify.annotations.NullMarked;

/** The one account of an installation. */
@NullMarked
package dev.breakwater.tenancy.account;

import org.jspecify.annotations.NullMarked;

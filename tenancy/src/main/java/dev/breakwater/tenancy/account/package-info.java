/** The one account of an installation and how it comes into being. */
@NullMarked
package dev.breakwater.tenancy.account;

import org.jspecify.annotations.NullMarked;

/** What requests to the admin API have in common: their fields and their pages. */
@NullMarked
package dev.breakwater.tenancy.request;

import org.jspecify.annotations.NullMarked;

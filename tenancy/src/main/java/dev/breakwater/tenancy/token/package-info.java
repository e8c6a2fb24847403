/** Tokens of every family: their format, their table and their recognition. */
@NullMarked
package dev.breakwater.tenancy.token;

import org.jspecify.annotations.NullMarked;

/** Signing in and out, and the own password. */
@NullMarked
package dev.breakwater.console.signin;

import org.jspecify.annotations.NullMarked;

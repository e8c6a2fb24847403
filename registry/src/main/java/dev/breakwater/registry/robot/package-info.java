/** Robot accounts: the identities of programs. */
@NullMarked
package dev.breakwater.registry.robot;

import org.jspecify.annotations.NullMarked;

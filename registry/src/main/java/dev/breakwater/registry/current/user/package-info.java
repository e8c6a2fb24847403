/** Users of the present-day API: accounts, permissions and signing in (registry.md 3.1, 3.5). */
@NullMarked
package dev.breakwater.registry.current.user;

import org.jspecify.annotations.NullMarked;

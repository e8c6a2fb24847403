/** Users of the 2017 API and their signing in (registry.md 1.6). */
@NullMarked
package dev.breakwater.registry.classic.user;

import org.jspecify.annotations.NullMarked;

/** What people see and change on pages: the rules are those of the APIs, within one organization. */
@NullMarked
package dev.breakwater.registry.people;

import org.jspecify.annotations.NullMarked;

/** Robot accounts in the present-day API (registry.md 3.4). */
@NullMarked
package dev.breakwater.registry.current.robot;

import org.jspecify.annotations.NullMarked;

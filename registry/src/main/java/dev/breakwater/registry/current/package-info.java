/** The present-day Harbor API, {@code /api/v2.0}, with its sessions below {@code /c}. */
@NullMarked
package dev.breakwater.registry.current;

import org.jspecify.annotations.NullMarked;

/** What scanners are asked and tell, and what their findings forbid. */
@NullMarked
package dev.breakwater.registry.scanning;

import org.jspecify.annotations.NullMarked;

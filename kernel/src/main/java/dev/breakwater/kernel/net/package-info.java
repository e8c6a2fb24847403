/** Outbound connections: which addresses the platform may reach on behalf of its users. */
@NullMarked
package dev.breakwater.kernel.net;

import org.jspecify.annotations.NullMarked;

/** What the first start of an installation makes. */
@NullMarked
package dev.breakwater.tenancy.bootstrap;

import org.jspecify.annotations.NullMarked;

/** Sessions of signed-in users. */
@NullMarked
package dev.breakwater.tenancy.session;

import org.jspecify.annotations.NullMarked;

/** Programs with an identity of their own. */
@NullMarked
package dev.breakwater.tenancy.serviceaccount;

import org.jspecify.annotations.NullMarked;

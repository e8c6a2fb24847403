/** The cases of the OCI's conformance suites, written again, so that a machine without the suites checks them as well. */
@NullMarked
package dev.breakwater.acceptance.conformance;

import org.jspecify.annotations.NullMarked;

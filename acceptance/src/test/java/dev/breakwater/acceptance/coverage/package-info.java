/** Which lines of the contracts' checklists have a test that passed. */
@NullMarked
package dev.breakwater.acceptance.coverage;

import org.jspecify.annotations.NullMarked;

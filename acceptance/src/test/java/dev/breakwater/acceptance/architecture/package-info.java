/** The rules of the house, as far as bytecode shows them. */
@NullMarked
package dev.breakwater.acceptance.architecture;

import org.jspecify.annotations.NullMarked;

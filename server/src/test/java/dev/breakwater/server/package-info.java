/** Tests that start the whole process. */
@NullMarked
package dev.breakwater.server;

import org.jspecify.annotations.NullMarked;

/** What operators ask a running process: is it alive, is it ready, what does it measure. */
@NullMarked
package dev.breakwater.server.operations;

import org.jspecify.annotations.NullMarked;

/** Local development: deliveries that go down an open connection to a program on the developer's machine. */
@NullMarked
package dev.breakwater.events.forward;

import org.jspecify.annotations.NullMarked;

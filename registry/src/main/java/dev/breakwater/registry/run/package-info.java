/** Work in the background that administrators ask for or schedule, with its history, log and progress. */
@NullMarked
package dev.breakwater.registry.run;

import org.jspecify.annotations.NullMarked;

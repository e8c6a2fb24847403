/** Tests of the settings and of what an operator is told about a wrong one. */
@NullMarked
package dev.breakwater.server.config;

import org.jspecify.annotations.NullMarked;

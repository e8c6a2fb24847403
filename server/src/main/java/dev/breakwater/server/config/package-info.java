/** The settings: declared once, read from a file, the environment and flags, and explained when they are wrong. */
@NullMarked
package dev.breakwater.server.config;

import org.jspecify.annotations.NullMarked;

/** Tests of what operators are told. */
@NullMarked
package dev.breakwater.server.operations;

import org.jspecify.annotations.NullMarked;

/** The distribution API and the token service: what docker, podman, oras and all other clients speak. */
@NullMarked
package dev.breakwater.registry.distribution;

import org.jspecify.annotations.NullMarked;

/** Projects that mirror a registry elsewhere: what is pulled from them is fetched there and kept. */
@NullMarked
package dev.breakwater.registry.proxy;

import org.jspecify.annotations.NullMarked;

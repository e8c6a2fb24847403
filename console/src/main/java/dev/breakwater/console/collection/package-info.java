/** What keeps the store of the registry clean and sound, for the administrators of the installation. */
@NullMarked
package dev.breakwater.console.collection;

import org.jspecify.annotations.NullMarked;

/** PostgreSQL: pool, transactions, migrations, notifications. */
@NullMarked
package dev.breakwater.kernel.db;

import org.jspecify.annotations.NullMarked;

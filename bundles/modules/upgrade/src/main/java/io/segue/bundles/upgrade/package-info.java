/** Module {@code upgrade}: the messages and queries by which a chain decides on its own code. */
@NullMarked
package io.segue.bundles.upgrade;

import org.jspecify.annotations.NullMarked;

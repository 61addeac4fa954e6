/** Module {@code gov}: proposals, deposits, votes, and the execution of what was decided. */
@NullMarked
package io.segue.bundles.gov;

import org.jspecify.annotations.NullMarked;

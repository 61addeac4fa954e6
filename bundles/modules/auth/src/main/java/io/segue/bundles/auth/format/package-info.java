/** The wire format of transactions: decoding, and what may stand in them. */
@NullMarked
package io.segue.bundles.auth.format;

import org.jspecify.annotations.NullMarked;

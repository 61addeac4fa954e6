/** A base fee that follows the fullness of blocks. */
@NullMarked
package io.segue.upgrade.handlers.v2.feemarket;

import org.jspecify.annotations.NullMarked;

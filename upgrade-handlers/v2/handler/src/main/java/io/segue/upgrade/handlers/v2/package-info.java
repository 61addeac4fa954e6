/** Plan v2: balances by denomination, a share of each fee burned, and a fee market. */
@NullMarked
package io.segue.upgrade.handlers.v2;

import org.jspecify.annotations.NullMarked;

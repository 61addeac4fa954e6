/** Coins: who holds how many, and who may move them. */
@NullMarked
package io.segue.bundles.bank;

import org.jspecify.annotations.NullMarked;

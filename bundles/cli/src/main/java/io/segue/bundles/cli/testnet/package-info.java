/** {@code segue testnet}: a network of validators on one machine. */
@NullMarked
package io.segue.bundles.cli.testnet;

import org.jspecify.annotations.NullMarked;

/** {@code chain:}: blocks and transactions. */
@NullMarked
package io.segue.bundles.shell.command.chain;

import org.jspecify.annotations.NullMarked;

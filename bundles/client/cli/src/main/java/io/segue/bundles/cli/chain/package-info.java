/** A node as its clients see it: JSON-RPC, queries, and signed transactions. */
@NullMarked
package io.segue.bundles.cli.chain;

import org.jspecify.annotations.NullMarked;

/** The sparse Merkle tree of one store, held in memory. */
@NullMarked
package io.segue.bundles.store.rocksdb.tree;

import org.jspecify.annotations.NullMarked;

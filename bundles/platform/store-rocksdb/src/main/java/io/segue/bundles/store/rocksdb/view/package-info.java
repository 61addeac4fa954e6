/**
 * A height that is read and proved. {@link io.segue.bundles.store.rocksdb.view.PinnedHeight} has
 * its {@link io.segue.bundles.store.rocksdb.view.RocksView}, which reads a store by a {@link
 * io.segue.bundles.store.rocksdb.view.LayeredReader}: the latest rows, and the {@link
 * io.segue.bundles.store.rocksdb.view.UndoChanges} over them; {@link
 * io.segue.bundles.store.rocksdb.view.ViewIterator} passes through a range. {@link
 * io.segue.bundles.store.rocksdb.view.ChangedKeys} are those between two heights. {@link
 * io.segue.bundles.store.rocksdb.view.Prover} has the tree of the height from {@link
 * io.segue.bundles.store.rocksdb.view.PastTrees} and writes a {@link
 * io.segue.bundles.store.rocksdb.view.ProofMessage}.
 */
@NullMarked
package io.segue.bundles.store.rocksdb.view;

import org.jspecify.annotations.NullMarked;

/**
 * Whole stores that are written beside the old ones. {@link
 * io.segue.bundles.store.rocksdb.bulk.BulkStores} begins each as a {@link
 * io.segue.bundles.store.rocksdb.bulk.RocksBulkWriter} and finds again what an earlier start wrote:
 * a {@link io.segue.bundles.store.rocksdb.bulk.SavedBulk} in the {@link
 * io.segue.bundles.store.rocksdb.bulk.BulkFolder}, or all of it as a {@link
 * io.segue.bundles.store.rocksdb.bulk.CompleteBulkWriter}. Entries are put in order by {@link
 * io.segue.bundles.store.rocksdb.bulk.EntrySorter}, {@link
 * io.segue.bundles.store.rocksdb.bulk.EntryOrder} in memory and {@link
 * io.segue.bundles.store.rocksdb.bulk.RunFile}s on the disk; {@link
 * io.segue.bundles.store.rocksdb.bulk.BulkCompletion} makes {@link
 * io.segue.bundles.store.rocksdb.bulk.SstFiles} and the tree of them, on {@link
 * io.segue.bundles.store.rocksdb.bulk.Tasks} of their own, and the result is a {@link
 * io.segue.bundles.store.rocksdb.bulk.RocksBulkStore}. {@link
 * io.segue.bundles.store.rocksdb.bulk.TreeScan} makes a tree of rows that are there.
 */
@NullMarked
package io.segue.bundles.store.rocksdb.bulk;

import org.jspecify.annotations.NullMarked;

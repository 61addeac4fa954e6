/**
 * RocksDB and the rows in it. {@link io.segue.bundles.store.rocksdb.database.Database} is opened
 * with {@link io.segue.bundles.store.rocksdb.database.StoreOptions}, of which {@link
 * io.segue.bundles.store.rocksdb.database.Pruning} says what is kept, and set up by {@link
 * io.segue.bundles.store.rocksdb.database.Tuning}; {@link
 * io.segue.bundles.store.rocksdb.database.DiskErrors} and {@link
 * io.segue.bundles.store.rocksdb.database.DamagedStoreException} are what it fails with. {@link
 * io.segue.bundles.store.rocksdb.database.Rows} draws every row, {@link
 * io.segue.bundles.store.rocksdb.database.Encoder} and {@link
 * io.segue.bundles.store.rocksdb.database.Decoder} write and read them, and {@link
 * io.segue.bundles.store.rocksdb.database.EntryRules} say what can be stored. Readers hold {@link
 * io.segue.bundles.store.rocksdb.database.PinnedRows} and pass through a {@link
 * io.segue.bundles.store.rocksdb.database.Cursor}: a {@link
 * io.segue.bundles.store.rocksdb.database.RowCursor}, a {@link
 * io.segue.bundles.store.rocksdb.database.MapCursor}, or a {@link
 * io.segue.bundles.store.rocksdb.database.MergingCursor} of others. A {@link
 * io.segue.bundles.store.rocksdb.database.CommitBatch} is written in one piece; {@link
 * io.segue.bundles.store.rocksdb.database.SpaceReclaimer} gives back the space of stores whose rows
 * were deleted.
 */
@NullMarked
package io.segue.bundles.store.rocksdb.database;

import org.jspecify.annotations.NullMarked;

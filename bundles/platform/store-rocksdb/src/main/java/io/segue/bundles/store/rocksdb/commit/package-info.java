/**
 * The next height. {@link io.segue.bundles.store.rocksdb.commit.Committed} is what the last one
 * made visible: {@link io.segue.bundles.store.rocksdb.commit.CommitInfo} with the kernel's {@link
 * io.segue.bundles.store.rocksdb.commit.Metadata}, and the {@link
 * io.segue.bundles.store.rocksdb.commit.HeightRecord} with {@link
 * io.segue.bundles.store.rocksdb.commit.StoreRef}s; earlier ones are in {@link
 * io.segue.bundles.store.rocksdb.commit.HeightRecords}, and {@link
 * io.segue.bundles.store.rocksdb.commit.HeightsAbove} are those from one to the last. {@link
 * io.segue.bundles.store.rocksdb.commit.ChangeStaging} looks up {@link
 * io.segue.bundles.store.rocksdb.commit.OldValues} and comes to a {@link
 * io.segue.bundles.store.rocksdb.commit.RocksStaged} with its {@link
 * io.segue.bundles.store.rocksdb.commit.AppHash}, which {@link
 * io.segue.bundles.store.rocksdb.commit.Commit} writes. {@link
 * io.segue.bundles.store.rocksdb.commit.Rollback} takes the last height back.
 */
@NullMarked
package io.segue.bundles.store.rocksdb.commit;

import org.jspecify.annotations.NullMarked;

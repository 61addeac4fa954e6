/**
 * The state store on RocksDB. {@link io.segue.bundles.store.rocksdb.RocksStateStore} says how it is
 * built; {@link io.segue.bundles.store.rocksdb.RocksStateStoreComponent} has OSGi open it with
 * {@link io.segue.bundles.store.rocksdb.StoreSettings}. {@link
 * io.segue.bundles.store.rocksdb.StateLoader} makes what is visible of the rows that it finds,
 * {@link io.segue.bundles.store.rocksdb.VersionSet} publishes it after each commit.
 *
 * <p>{@code database} has the rows on the disk and {@code tree} a store's tree in memory; {@code
 * change} keeps what a height changed, {@code bulk} fills whole stores, {@code commit} makes the
 * next height, and {@code view} reads and proves a height.
 */
@NullMarked
package io.segue.bundles.store.rocksdb;

import org.jspecify.annotations.NullMarked;

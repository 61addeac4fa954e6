/** The state store on RocksDB. */
@NullMarked
package io.segue.bundles.store.rocksdb;

import org.jspecify.annotations.NullMarked;

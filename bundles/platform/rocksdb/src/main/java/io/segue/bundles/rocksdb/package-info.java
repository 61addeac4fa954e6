/** What a folder of RocksDB needs before RocksDB opens it. */
@Export
@Version("1.0.0")
@NullMarked
package io.segue.bundles.rocksdb;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

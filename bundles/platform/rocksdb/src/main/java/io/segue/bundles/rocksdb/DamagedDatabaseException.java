package io.segue.bundles.rocksdb;

import java.io.IOException;

/** A folder of RocksDB that can't be opened without losing rows from its middle. */
public final class DamagedDatabaseException extends IOException {
  private static final long serialVersionUID = 1;

  DamagedDatabaseException(String message) {
    super(message);
  }
}

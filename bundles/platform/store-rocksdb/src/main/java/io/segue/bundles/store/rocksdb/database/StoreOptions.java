package io.segue.bundles.store.rocksdb.database;

/**
 * Settings of a store.
 *
 * @param pruning which heights can be read and proved
 * @param blockCacheMb MiB of RocksDB's cache of blocks read from disk
 * @param writeBufferMb MiB that RocksDB collects in memory, for each kind of rows, before it writes
 *     a file
 */
public record StoreOptions(Pruning pruning, int blockCacheMb, int writeBufferMb) {
  public static final int DEFAULT_BLOCK_CACHE_MB = 64;
  public static final int MAX_BLOCK_CACHE_MB = 65_536;
  public static final int DEFAULT_WRITE_BUFFER_MB = 32;
  public static final int MAX_WRITE_BUFFER_MB = 1_024;

  /**
   * @throws IllegalArgumentException for a setting out of its limits
   */
  public StoreOptions {
    check("blockCacheMb", blockCacheMb, MAX_BLOCK_CACHE_MB);
    check("writeBufferMb", writeBufferMb, MAX_WRITE_BUFFER_MB);
  }

  /** What a node has where nothing is set. */
  public static StoreOptions defaults() {
    return new StoreOptions(Pruning.DEFAULT, DEFAULT_BLOCK_CACHE_MB, DEFAULT_WRITE_BUFFER_MB);
  }

  /** The same, but with other heights kept. */
  public StoreOptions with(Pruning heights) {
    return new StoreOptions(heights, blockCacheMb, writeBufferMb);
  }

  private static void check(String name, int value, int max) {
    if (value < 1 || value > max) {
      throw new IllegalArgumentException(
          "the store's setting " + name + " is " + value + "; it must be from 1 to " + max);
    }
  }
}

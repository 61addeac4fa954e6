package io.segue.bundles.store.rocksdb;

import java.util.Map;

/**
 * Reads a store's settings from the properties of its configuration.
 *
 * <pre>
 * key            default  meaning
 * keepHeights    100      heights that can be read and proved, the last one included; 1 to 100000
 * blockCacheMb   64       MiB of cache for blocks read from disk; 1 to 65536
 * writeBufferMb  32       MiB collected in memory before a file is written; 1 to 1024
 * </pre>
 */
final class StoreSettings {
  private StoreSettings() {}

  /**
   * @throws IllegalArgumentException where a setting is not a number within its limits
   */
  static StoreOptions read(Map<String, ?> properties) {
    return new StoreOptions(
        number(properties, "keepHeights", StoreOptions.DEFAULT_KEEP_HEIGHTS),
        number(properties, "blockCacheMb", StoreOptions.DEFAULT_BLOCK_CACHE_MB),
        number(properties, "writeBufferMb", StoreOptions.DEFAULT_WRITE_BUFFER_MB));
  }

  private static int number(Map<String, ?> properties, String key, int byDefault) {
    Object value = properties.get(key);
    if (value == null) {
      return byDefault;
    }
    try {
      return Integer.parseInt(value.toString().trim());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "the store's setting " + key + " is '" + value + "', which is not a whole number", e);
    }
  }
}

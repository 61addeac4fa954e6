package io.segue.bundles.store.rocksdb;

import io.segue.bundles.store.rocksdb.database.Pruning;
import io.segue.bundles.store.rocksdb.database.StoreOptions;
import java.util.Map;

/**
 * Reads a store's settings from the properties of its configuration.
 *
 * <pre>
 * key                  default  meaning
 * pruning              default  which heights stay: default, nothing, everything, custom
 * pruning-keep-recent  0        how many stay at least, with custom; from 2
 * pruning-interval     0        how many are pruned together, with custom; from 10
 * blockCacheMb         64       MiB of cache for blocks read from disk; 1 to 65536
 * writeBufferMb        32       MiB collected in memory before a file is written; 1 to 1024
 * </pre>
 */
final class StoreSettings {
  private StoreSettings() {}

  /**
   * @throws IllegalArgumentException where a setting is none of its values
   */
  static StoreOptions read(Map<String, ?> properties) {
    return new StoreOptions(
        pruning(properties),
        number(properties, "blockCacheMb", StoreOptions.DEFAULT_BLOCK_CACHE_MB),
        number(properties, "writeBufferMb", StoreOptions.DEFAULT_WRITE_BUFFER_MB));
  }

  private static Pruning pruning(Map<String, ?> properties) {
    if (properties.containsKey("keepHeights")) {
      throw new IllegalArgumentException(
          "the store's setting keepHeights is gone; set pruning = custom, pruning-keep-recent and"
              + " pruning-interval in its place");
    }
    Object name = properties.get("pruning");
    return switch (name == null ? "default" : name.toString().trim()) {
      case "default" -> Pruning.DEFAULT;
      case "nothing" -> Pruning.NOTHING;
      case "everything" -> Pruning.EVERYTHING;
      case "custom" ->
          Pruning.custom(
              number(properties, "pruning-keep-recent", 0),
              number(properties, "pruning-interval", 0));
      default ->
          throw new IllegalArgumentException(
              "the store's setting pruning is '"
                  + name
                  + "'; it is one of default, nothing, everything and custom");
    };
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

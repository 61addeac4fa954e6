package io.segue.bundles.store.rocksdb.database;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What can be stored: keys and values that can be proved, under names that can be asked for. */
public final class EntryRules {
  /** Characters of a store's name at most. */
  static final int MAX_NAME_LENGTH = 64;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1," + MAX_NAME_LENGTH + "}");

  private EntryRules() {}

  /**
   * @throws IllegalArgumentException where key or value is empty
   */
  public static void check(byte[] key, byte @Nullable [] value) {
    if (key.length == 0) {
      throw new IllegalArgumentException("an empty key can't be proved");
    }
    if (value != null && value.length == 0) {
      throw new IllegalArgumentException("an empty value can't be proved");
    }
  }

  /**
   * @throws IllegalArgumentException where no store can have the name
   */
  public static String checkName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'"
              + name
              + "' can't be a store's name: it has 1 to "
              + MAX_NAME_LENGTH
              + " letters, digits, '.', '_' and '-'");
    }
    return name;
  }

  /** A value of a layer that has no absent keys. */
  public static byte[] present(byte @Nullable [] value) {
    if (value == null) {
      throw new IllegalStateException("an entry without value among complete ones");
    }
    return value;
  }
}

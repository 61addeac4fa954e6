package io.segue.bundles.store.rocksdb;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The index of one height: which store had which name, and its root. It never changes.
 *
 * <pre>
 * height u64 || app hash 32 || count u32 || count * store || crc u32
 * store: name length varint || name || number u32 || size u64 || root 32 || flags u8
 * flags: 1 the store's number is new at this height, 2 there is a {@link ChangeSection}
 * </pre>
 */
record HeightRecord(long height, byte[] appHash, SortedMap<String, Entry> stores) {
  private static final int BORN = 1;
  private static final int CHANGED = 2;
  private static final int HASH_SIZE = 32;

  /**
   * A store at this height.
   *
   * @param born whether this height is the first of the number
   * @param changed whether this height's commit changed keys of a number that was there before
   */
  record Entry(int number, long size, byte[] root, boolean born, boolean changed) {}

  /** The store with a number at this height; null where there is none. */
  @Nullable Entry byNumber(int number) {
    for (Entry entry : stores.values()) {
      if (entry.number() == number) {
        return entry;
      }
    }
    return null;
  }

  SortedMap<String, byte[]> roots() {
    SortedMap<String, byte[]> roots = new TreeMap<>();
    stores.forEach((name, entry) -> roots.put(name, entry.root().clone()));
    return roots;
  }

  byte[] encode() {
    Encoder encoder = new Encoder(1024).u64(height).raw(appHash).u32(stores.size());
    for (Map.Entry<String, Entry> store : stores.entrySet()) {
      Entry entry = store.getValue();
      encoder
          .string(store.getKey().getBytes(StandardCharsets.UTF_8))
          .u32(entry.number())
          .u64(entry.size())
          .raw(entry.root())
          .u8((entry.born() ? BORN : 0) | (entry.changed() ? CHANGED : 0));
    }
    return encoder.checksum().toBytes();
  }

  static HeightRecord decode(byte[] row) {
    Decoder decoder = new Decoder("the row of a height", row);
    long height = decoder.u64();
    byte[] appHash = decoder.raw(HASH_SIZE);
    SortedMap<String, Entry> stores = new TreeMap<>();
    for (int rest = decoder.u32(); rest > 0; rest--) {
      String name = decoder.text();
      int number = decoder.u32();
      long size = decoder.u64();
      byte[] root = decoder.raw(HASH_SIZE);
      int flags = decoder.u8();
      stores.put(name, new Entry(number, size, root, (flags & BORN) != 0, (flags & CHANGED) != 0));
    }
    return new HeightRecord(height, appHash, stores);
  }
}

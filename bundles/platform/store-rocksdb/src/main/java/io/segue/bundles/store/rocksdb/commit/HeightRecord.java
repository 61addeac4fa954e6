package io.segue.bundles.store.rocksdb.commit;

import io.segue.bundles.store.rocksdb.change.ChangeSet;
import io.segue.bundles.store.rocksdb.database.Decoder;
import io.segue.bundles.store.rocksdb.database.Encoder;
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
 * store: name length varint || name || number u32 || size u64 || root 32 || born u8 || section u32
 * born: 1 where the store's number is new at this height, else 0
 * section: rows of the {@link ChangeSet}, 0 where there is none
 * </pre>
 */
public record HeightRecord(long height, byte[] appHash, SortedMap<String, Entry> stores) {
  private static final int HASH_SIZE = 32;

  /**
   * A store at this height.
   *
   * @param born whether this height is the first of the number
   * @param sectionRows rows with what this height's commit changed; 0 where it changed nothing, or
   *     the number is new
   */
  public record Entry(int number, long size, byte[] root, boolean born, int sectionRows) {
    /** Whether there is a {@link ChangeSet}. */
    public boolean changed() {
      return sectionRows > 0;
    }
  }

  /** The store with a number at this height; null where there is none. */
  @Nullable
  public Entry byNumber(int number) {
    for (Entry entry : stores.values()) {
      if (entry.number() == number) {
        return entry;
      }
    }
    return null;
  }

  public SortedMap<String, byte[]> roots() {
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
          .u8(entry.born() ? 1 : 0)
          .u32(entry.sectionRows());
    }
    return encoder.checksum().toBytes();
  }

  public static HeightRecord decode(byte[] row) {
    Decoder decoder = new Decoder("the row of a height", row);
    long height = decoder.u64();
    byte[] appHash = decoder.raw(HASH_SIZE);
    SortedMap<String, Entry> stores = new TreeMap<>();
    for (int rest = decoder.u32(); rest > 0; rest--) {
      String name = decoder.text();
      int number = decoder.u32();
      long size = decoder.u64();
      byte[] root = decoder.raw(HASH_SIZE);
      boolean born = decoder.u8() == 1;
      stores.put(name, new Entry(number, size, root, born, decoder.u32()));
    }
    return new HeightRecord(height, appHash, stores);
  }
}

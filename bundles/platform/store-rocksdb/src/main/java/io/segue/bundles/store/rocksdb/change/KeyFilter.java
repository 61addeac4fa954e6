package io.segue.bundles.store.rocksdb.change;

import io.segue.kernel.api.store.StateStore.Change;
import java.util.List;

/**
 * A Bloom filter: says of a key that it is not among some keys, or that it may be; one in a hundred
 * of the others may be, too.
 */
final class KeyFilter {
  private static final int BITS_A_KEY = 10;
  private static final int PROBES = 7;

  private final byte[] bits;

  KeyFilter(byte[] bits) {
    this.bits = bits;
  }

  static KeyFilter of(List<Change> changes) {
    KeyFilter filter = new KeyFilter(new byte[changes.size() * BITS_A_KEY / Byte.SIZE + 1]);
    for (Change change : changes) {
      filter.add(change.key());
    }
    return filter;
  }

  byte[] bytes() {
    return bits;
  }

  private void add(byte[] key) {
    long hash = hash(key);
    for (int probe = 0; probe < PROBES; probe++) {
      int bit = bit(hash, probe);
      bits[bit >>> 3] |= (byte) (1 << (bit & 7));
    }
  }

  boolean mayContain(byte[] key) {
    long hash = hash(key);
    for (int probe = 0; probe < PROBES; probe++) {
      int bit = bit(hash, probe);
      if ((bits[bit >>> 3] & 1 << (bit & 7)) == 0) {
        return false;
      }
    }
    return true;
  }

  /** The halves of the hash give as many places as are needed. */
  private int bit(long hash, int probe) {
    int mixed = (int) hash + probe * (int) (hash >>> 32 | 1);
    return Integer.remainderUnsigned(mixed, bits.length * Byte.SIZE);
  }

  /** FNV-1a, its bits mixed at the end. */
  private static long hash(byte[] key) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : key) {
      hash = (hash ^ b & 0xff) * 0x100000001b3L;
    }
    hash ^= hash >>> 33;
    hash *= 0xff51afd7ed558ccdL;
    hash ^= hash >>> 33;
    hash *= 0xc4ceb9fe1a85ec53L;
    return hash ^ hash >>> 33;
  }
}

package io.segue.kernel.core.overlay;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A hash table from byte keys to {@link Entry}, by open addressing: a lookup allocates nothing.
 *
 * <p>Senders choose keys, so the hash is seeded with a secret of this process; nobody can choose
 * keys that collide. The table's order is never seen by anybody.
 */
final class KeyTable {
  private static final long SEED = new SecureRandom().nextLong();
  private static final long FACTOR = 0x9E3779B97F4A7C15L;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int FIRST_CAPACITY = 16;

  private @Nullable Entry[] slots = new @Nullable Entry[FIRST_CAPACITY];
  private int size;

  int size() {
    return size;
  }

  /** The entry of a key, or null. */
  @Nullable Entry find(byte[] key) {
    int hash = hash(key);
    int mask = slots.length - 1;
    int scheduled = hash & mask;
    for (Entry entry; (entry = slots[scheduled]) != null; scheduled = (scheduled + 1) & mask) {
      if (entry.hash == hash && Arrays.equals(entry.key, key)) {
        return entry;
      }
    }
    return null;
  }

  /** The entry of a key, added where it is not there yet; the key is kept, not copied. */
  Entry at(byte[] key) {
    int hash = hash(key);
    int mask = slots.length - 1;
    int scheduled = hash & mask;
    for (Entry entry; (entry = slots[scheduled]) != null; scheduled = (scheduled + 1) & mask) {
      if (entry.hash == hash && Arrays.equals(entry.key, key)) {
        return entry;
      }
    }
    Entry added = new Entry(key, hash);
    slots[scheduled] = added;
    if (++size * 2 > slots.length) {
      grow();
    }
    return added;
  }

  /** Whether every entry is so. */
  boolean allMatch(Predicate<Entry> condition) {
    for (Entry entry : slots) {
      if (entry != null && !condition.test(entry)) {
        return false;
      }
    }
    return true;
  }

  private void grow() {
    @Nullable Entry[] larger = new @Nullable Entry[slots.length * 2];
    int mask = larger.length - 1;
    for (Entry entry : slots) {
      if (entry != null) {
        int scheduled = entry.hash & mask;
        while (larger[scheduled] != null) {
          scheduled = (scheduled + 1) & mask;
        }
        larger[scheduled] = entry;
      }
    }
    slots = larger;
  }

  private static int hash(byte[] key) {
    long hash = SEED ^ key.length;
    int i = 0;
    for (; i + Long.BYTES <= key.length; i += Long.BYTES) {
      hash = mix(hash ^ (long) LONGS.get(key, i));
    }
    long tail = 0;
    for (; i < key.length; i++) {
      tail = tail << 8 | key[i] & 0xff;
    }
    hash = mix(hash ^ tail);
    return (int) (hash ^ hash >>> 32);
  }

  private static long mix(long value) {
    return Math.multiplyHigh(value, FACTOR) ^ value * FACTOR ^ Long.rotateLeft(value, 29) * SEED;
  }
}

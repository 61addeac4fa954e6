package io.segue.bundles.store.rocksdb.change;

import io.segue.bundles.store.rocksdb.database.Decoder;
import io.segue.bundles.store.rocksdb.database.Encoder;
import io.segue.kernel.api.store.StateStore.Change;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some neighbouring changes of a {@link ChangeSet}, sorted by key, with the values before and
 * after.
 *
 * <pre>
 * count u32 || count * change || crc u32
 * change: key length varint || key || old || new
 * old, new: varint 0 where absent, else varint length + 1 || value
 * </pre>
 *
 * In memory it stays in this form, with the place of each key beside it. It never changes.
 */
public final class ChangeChunk {
  private final byte[] bytes;
  private final int[] keyStarts;
  private final int[] keyEnds;

  private ChangeChunk(byte[] bytes) {
    Decoder decoder = new Decoder("a row of changes", bytes);
    int count = decoder.u32();
    this.bytes = bytes;
    this.keyStarts = new int[count];
    this.keyEnds = new int[count];
    for (int i = 0; i < count; i++) {
      keyStarts[i] = decoder.skip(decoder.varint());
      keyEnds[i] = decoder.position();
      decoder.skip(Math.max(decoder.varint() - 1, 0));
      decoder.skip(Math.max(decoder.varint() - 1, 0));
    }
  }

  static ChangeChunk decode(byte[] row) {
    return new ChangeChunk(row);
  }

  /**
   * @param changes sorted by key, each with its old value
   */
  static byte[] encode(List<Change> changes) {
    int size = 2 * Integer.BYTES;
    for (Change change : changes) {
      size += size(change);
    }
    Encoder encoder = new Encoder(size).u32(changes.size());
    for (Change change : changes) {
      encoder.string(change.key());
      value(encoder, change.oldValue());
      value(encoder, change.value());
    }
    return encoder.checksum().toBytes();
  }

  /** Bytes that a change takes at most. */
  static int size(Change change) {
    return 15 + change.key().length + length(change.oldValue()) + length(change.value());
  }

  private static int length(byte @Nullable [] value) {
    return value == null ? 0 : value.length;
  }

  private static void value(Encoder encoder, byte @Nullable [] value) {
    if (value == null) {
      encoder.varint(0);
    } else {
      encoder.varint(value.length + 1).raw(value);
    }
  }

  /** Bytes that it takes in memory, about. */
  int sizeBytes() {
    return bytes.length + keyStarts.length * 2 * Integer.BYTES;
  }

  public int count() {
    return keyStarts.length;
  }

  public byte[] key(int index) {
    return Arrays.copyOfRange(bytes, keyStarts[index], keyEnds[index]);
  }

  /** The value before; null where the key was absent. */
  public byte @Nullable [] old(int index) {
    int position = keyEnds[index];
    int length = 0;
    int shift = 0;
    int next;
    do {
      next = bytes[position++];
      length |= (next & 0x7f) << shift;
      shift += 7;
    } while (next < 0);
    return length == 0 ? null : Arrays.copyOfRange(bytes, position, position + length - 1);
  }

  /** Index of a key, or -1 - the index of the first key above it. */
  int find(byte[] key) {
    int low = 0;
    int high = count() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order =
          Arrays.compareUnsigned(bytes, keyStarts[middle], keyEnds[middle], key, 0, key.length);
      if (order == 0) {
        return middle;
      } else if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1 - low;
  }

  /** Index of the first key that is not below this one. */
  int lowerBound(byte[] key) {
    int found = find(key);
    return found < 0 ? -1 - found : found;
  }
}

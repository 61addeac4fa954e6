package io.segue.bundles.store.rocksdb.change;

import io.segue.bundles.store.rocksdb.database.Decoder;
import io.segue.bundles.store.rocksdb.database.Encoder;
import io.segue.bundles.store.rocksdb.tree.Hasher;
import io.segue.kernel.api.store.StateStore.Change;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where the changes of a {@link ChangeSet} are, so that a key is found by reading one chunk of
 * them, and mostly none.
 *
 * <pre>
 * chunks u32 || chunks * first key || filter || deleted u32 || deleted * (hash u64 || chunk u32) || crc u32
 * first key, filter: length varint || bytes
 * hash: the first eight bytes of SHA-256(key) of a key that was deleted
 * </pre>
 *
 * It never changes.
 */
public final class ChangeSetIndex {
  private final byte[][] firstKeys;
  private final KeyFilter filter;
  private final long[] deletedHashes;
  private final int[] deletedChunks;
  private final int sizeBytes;

  private ChangeSetIndex(byte[] row) {
    Decoder decoder = new Decoder("a row of an index of changes", row);
    firstKeys = new byte[decoder.u32()][];
    for (int i = 0; i < firstKeys.length; i++) {
      firstKeys[i] = decoder.string();
    }
    filter = new KeyFilter(decoder.string());
    deletedHashes = new long[decoder.u32()];
    deletedChunks = new int[deletedHashes.length];
    for (int i = 0; i < deletedHashes.length; i++) {
      deletedHashes[i] = decoder.u64();
      deletedChunks[i] = decoder.u32();
    }
    sizeBytes = row.length;
  }

  public static ChangeSetIndex decode(byte[] row) {
    return new ChangeSetIndex(row);
  }

  /**
   * @param chunks all changes of the section, in order
   */
  static byte[] encode(List<List<Change>> chunks, List<Change> changes) {
    Encoder encoder = new Encoder(1024 + changes.size() * 2).u32(chunks.size());
    chunks.forEach(chunk -> encoder.string(chunk.get(0).key()));
    encoder.string(KeyFilter.of(changes).bytes());
    Encoder deleted = new Encoder(1024);
    int count = 0;
    Hasher hasher = new Hasher();
    for (int i = 0; i < chunks.size(); i++) {
      for (Change change : chunks.get(i)) {
        if (change.value() == null) {
          deleted.u64(prefix(hasher.hash(change.key()))).u32(i);
          count++;
        }
      }
    }
    return encoder.u32(count).raw(deleted.toBytes()).checksum().toBytes();
  }

  private static long prefix(byte[] hash) {
    return ByteBuffer.wrap(hash).getLong();
  }

  int sizeBytes() {
    return sizeBytes;
  }

  int chunks() {
    return firstKeys.length;
  }

  boolean mayContain(byte[] key) {
    return filter.mayContain(key);
  }

  /** The chunk in which a key is if it is in any: the last one that starts at or below it. */
  int chunkOf(byte[] key) {
    int low = 0;
    int high = firstKeys.length - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (Arrays.compareUnsigned(firstKeys[middle], key) <= 0) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** The chunks with deleted keys whose hash may be this one. */
  List<Integer> chunksWithDeleted(byte[] keyHash) {
    long prefix = prefix(keyHash);
    List<Integer> chunks = new ArrayList<>();
    for (int i = 0; i < deletedHashes.length; i++) {
      if (deletedHashes[i] == prefix) {
        chunks.add(deletedChunks[i]);
      }
    }
    return chunks;
  }
}

package io.segue.bundles.store.rocksdb.change;

import io.segue.bundles.store.rocksdb.database.PinnedRows;
import io.segue.bundles.store.rocksdb.tree.Hasher;
import io.segue.kernel.api.store.StateStore.Change;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one commit changed in one store, sorted by key, with the values before and after: the way
 * back to the height before, the way forth to this one, and the list of the keys that changed. It
 * is kept as a row with a {@link ChangeSetIndex} and rows with a {@link ChangeChunk} each, which
 * are read when they are needed.
 *
 * <p>Thread safety: any thread that holds the rows.
 */
public final class ChangeSet {
  /** Number of the row with the index; chunk i has number i + 1. */
  public static final int INDEX_ROW = 0;

  /** A chunk with so many bytes is followed by another one. */
  private static final int CHUNK_BYTES = 1 << 15;

  /** More bytes than this are refused: such an amount belongs into a bulk writer. */
  private static final long MAX_BYTES = 1L << 30;

  private final ChangeSetIndex index;
  private final PinnedRows rows;
  private final long height;
  private final int number;
  private final ChangeSetCache cache;

  /** Reads the index of a section that the record of its height says is there. */
  public ChangeSet(PinnedRows rows, long height, int number, ChangeSetCache cache) {
    this(cache.index(rows, height, number), rows, height, number, cache);
  }

  /** A section whose index was read. */
  public ChangeSet(
      ChangeSetIndex index, PinnedRows rows, long height, int number, ChangeSetCache cache) {
    this.index = index;
    this.rows = rows;
    this.height = height;
    this.number = number;
    this.cache = cache;
  }

  /**
   * The rows of a section, by their numbers.
   *
   * @param changes sorted by key, each with its old value
   * @throws IllegalArgumentException where they are more than {@link #MAX_BYTES}
   */
  public static List<byte[]> rows(List<Change> changes) {
    List<List<Change>> chunks = new ArrayList<>();
    int from = 0;
    int size = 0;
    long total = 0;
    for (int i = 0; i < changes.size(); i++) {
      size += ChangeChunk.size(changes.get(i));
      if (size >= CHUNK_BYTES || i == changes.size() - 1) {
        chunks.add(changes.subList(from, i + 1));
        from = i + 1;
        total += size;
        size = 0;
      }
    }
    if (total > MAX_BYTES) {
      throw new IllegalArgumentException(
          "a block's changes of one store are limited to "
              + MAX_BYTES
              + " bytes, these take "
              + total
              + "; fill a store of this size with a bulk writer");
    }
    List<byte[]> rows = new ArrayList<>();
    rows.add(ChangeSetIndex.encode(chunks, changes));
    chunks.forEach(chunk -> rows.add(ChangeChunk.encode(chunk)));
    return rows;
  }

  /** What a key had before; null where the commit did not change it. */
  @Nullable
  public Old find(byte[] key) {
    if (!index.mayContain(key)) {
      return null;
    }
    ChangeChunk chunk = chunk(index.chunkOf(key));
    int place = chunk.find(key);
    return place < 0 ? null : new Old(chunk.old(place));
  }

  /** The key with this hash, if the commit deleted it; else null. */
  public byte @Nullable [] deletedKey(byte[] keyHash, Hasher hasher) {
    for (int number : index.chunksWithDeleted(keyHash)) {
      ChangeChunk chunk = chunk(number);
      for (int i = 0; i < chunk.count(); i++) {
        byte[] key = chunk.key(i);
        if (Arrays.equals(hasher.hash(key), keyHash)) {
          return key;
        }
      }
    }
    return null;
  }

  public int chunks() {
    return index.chunks();
  }

  /** The chunk in which a key is if it is in any. */
  int chunkOf(byte[] key) {
    return index.chunkOf(key);
  }

  public ChangeChunk chunk(int chunk) {
    return cache.chunk(rows, height, number, chunk);
  }

  /**
   * What a key had before a commit.
   *
   * @param value null where the key was absent
   */
  public record Old(byte @Nullable [] value) {}
}

package io.segue.bundles.store.rocksdb.change;

import io.segue.bundles.store.rocksdb.database.Cursor;
import org.jspecify.annotations.Nullable;

/** The layer that takes a store back to the height before a commit. */
public final class ChangeSetCursor implements Cursor {
  private final ChangeSet section;
  private final byte[] from;
  private final byte @Nullable [] to;
  private final boolean reverse;
  private final int firstChunk;
  private final int lastChunk;
  private int chunkNumber;
  private @Nullable ChangeChunk chunk;
  private int first;
  private int end;
  private int index;

  /**
   * @param from the lowest key
   * @param to behind the highest one; null for no limit
   */
  public ChangeSetCursor(ChangeSet section, byte[] from, byte @Nullable [] to, boolean reverse) {
    this.section = section;
    this.from = from;
    this.to = to;
    this.reverse = reverse;
    this.firstChunk = section.chunkOf(from);
    this.lastChunk = to == null ? section.chunks() - 1 : section.chunkOf(to);
    this.chunkNumber = reverse ? lastChunk + 1 : firstChunk - 1;
  }

  @Override
  public boolean next() {
    int step = reverse ? -1 : 1;
    index += step;
    while (chunk == null || index < first || index >= end) {
      chunkNumber += step;
      if (chunkNumber < firstChunk || chunkNumber > lastChunk) {
        chunk = null;
        return false;
      }
      chunk = section.chunk(chunkNumber);
      first = chunk.lowerBound(from);
      end = to == null ? chunk.count() : chunk.lowerBound(to);
      index = reverse ? end - 1 : first;
    }
    return true;
  }

  @Override
  public byte[] key() {
    return current().key(index);
  }

  @Override
  public byte @Nullable [] value() {
    return current().old(index);
  }

  private ChangeChunk current() {
    if (chunk == null) {
      throw new IllegalStateException("the cursor is not on an entry");
    }
    return chunk;
  }
}

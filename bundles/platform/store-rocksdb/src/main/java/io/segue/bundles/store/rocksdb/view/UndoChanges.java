package io.segue.bundles.store.rocksdb.view;

import io.segue.bundles.store.rocksdb.change.ChangeSet;
import io.segue.bundles.store.rocksdb.change.ChangeSetCache;
import io.segue.bundles.store.rocksdb.change.ChangeSetCursor;
import io.segue.bundles.store.rocksdb.change.ChangeSetIndex;
import io.segue.bundles.store.rocksdb.commit.HeightRecord;
import io.segue.bundles.store.rocksdb.commit.HeightsAbove;
import io.segue.bundles.store.rocksdb.database.Cursor;
import io.segue.bundles.store.rocksdb.database.Database.Family;
import io.segue.bundles.store.rocksdb.database.MapCursor;
import io.segue.bundles.store.rocksdb.database.RowCursor;
import io.segue.bundles.store.rocksdb.database.Rows;
import io.segue.bundles.store.rocksdb.tree.Hasher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The way that takes one store from the last commit back to a height: of a key, the lowest of the
 * sections above that has it has the value of the height. Over some heights the sections are held;
 * over {@link HeightsAbove#MANY many} they are passed through one by one, which takes longer the
 * further back it is, and no memory.
 *
 * <p>Thread safety: any thread that holds the rows.
 */
public final class UndoChanges {
  /** What an iteration over a far height may hold of changed entries in its range. */
  static final long MAX_RANGE_BYTES = 64L << 20;

  private static final int ENTRY_OVERHEAD = 120;

  private final HeightsAbove later;
  private final int number;
  private final ChangeSetCache cache;
  private @Nullable List<ChangeSet> sections;

  /**
   * @param number the store's number; it may be out of use in the higher ones
   */
  public UndoChanges(HeightsAbove later, int number, ChangeSetCache cache) {
    this.later = later;
    this.number = number;
    this.cache = cache;
  }

  /** What a key was at the height; null where the last commit tells. */
  ChangeSet.@Nullable Old find(byte[] key) {
    return first(section -> section.find(key));
  }

  /** The key with this hash, if it was deleted since; else null. */
  byte @Nullable [] deletedKey(byte[] keyHash, Hasher hasher) {
    return first(section -> section.deletedKey(keyHash, hasher));
  }

  /**
   * The layers over the rows of the last commit, those that count most first.
   *
   * @throws IllegalStateException where too much of the range has changed since
   */
  List<Cursor> layers(byte[] from, byte @Nullable [] to, boolean reverse) {
    if (later.areMany()) {
      return List.of(collected(from, to, reverse));
    }
    List<Cursor> layers = new ArrayList<>();
    for (ChangeSet section : sections()) {
      layers.add(new ChangeSetCursor(section, from, to, reverse));
    }
    return layers;
  }

  private <T> @Nullable T first(Function<ChangeSet, @Nullable T> look) {
    if (later.areMany()) {
      return pass(look);
    }
    for (ChangeSet section : sections()) {
      T found = look.apply(section);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private synchronized List<ChangeSet> sections() {
    if (sections == null) {
      List<ChangeSet> found = new ArrayList<>();
      for (HeightRecord record : later) {
        HeightRecord.Entry entry = record.byNumber(number);
        if (entry != null && entry.changed()) {
          found.add(new ChangeSet(later.rows(), record.height(), number, cache));
        }
      }
      sections = found;
    }
    return sections;
  }

  /** Passes through the indexes of the store's sections, which lie one behind the other. */
  private <T> @Nullable T pass(Function<ChangeSet, @Nullable T> look) {
    try (RowCursor indexes =
        later
            .rows()
            .cursor(
                Family.CHANGES,
                Rows.changesKey(number, later.from() + 1, ChangeSet.INDEX_ROW),
                Rows.changesKey(number, later.to() + 1, ChangeSet.INDEX_ROW),
                false)) {
      while (indexes.next()) {
        ChangeSetIndex index = ChangeSetIndex.decode(indexes.value());
        long height = Rows.heightOf(indexes.row());
        T found = look.apply(new ChangeSet(index, later.rows(), height, number, cache));
        if (found != null) {
          return found;
        }
      }
      return null;
    }
  }

  /** What the keys of a range were at the height, of those that changed since. */
  private Cursor collected(byte[] from, byte @Nullable [] to, boolean reverse) {
    TreeMap<byte[], Optional<byte[]>> range = new TreeMap<>(Arrays::compareUnsigned);
    long[] bytes = new long[1];
    pass(
        section -> {
          Cursor cursor = new ChangeSetCursor(section, from, to, false);
          while (cursor.next()) {
            byte[] value = cursor.value();
            if (range.putIfAbsent(cursor.key(), Optional.ofNullable(value)) == null) {
              bytes[0] += ENTRY_OVERHEAD + cursor.key().length + (value == null ? 0 : value.length);
              requireRoom(bytes[0]);
            }
          }
          return null;
        });
    return new MapCursor(reverse ? range.descendingMap() : range);
  }

  private void requireRoom(long bytes) {
    if (bytes > MAX_RANGE_BYTES) {
      throw new IllegalStateException(
          "more than "
              + MAX_RANGE_BYTES
              + " bytes of this range have changed in the "
              + (later.to() - later.from())
              + " heights since height "
              + later.from()
              + "; ask for a smaller range");
    }
  }
}

package io.segue.bundles.store.rocksdb.database;

import io.segue.bundles.store.rocksdb.database.Database.Family;
import java.nio.file.Path;
import java.util.TreeSet;

/** Looks into the rows of a store that is closed, and changes them as damage would. */
public final class RawRows {
  private RawRows() {}

  /** The store numbers that have rows. */
  public static TreeSet<Integer> numbers(Path folder) {
    TreeSet<Integer> numbers = new TreeSet<>();
    try (Database database = Database.open(folder, StoreOptions.defaults())) {
      for (Family family : new Family[] {Family.LATEST, Family.KEYS}) {
        PinnedRows rows = new PinnedRows(database);
        try (RowCursor cursor =
            rows.cursor(family, Rows.firstRow(0), Rows.firstRow(Rows.NUMBERS_END), false)) {
          while (cursor.next()) {
            numbers.add(Rows.numberOf(cursor.row()));
          }
        }
        rows.release();
      }
    }
    return numbers;
  }

  public static void put(Path folder, Family family, byte[] key, byte[] value) {
    try (Database database = Database.open(folder, StoreOptions.defaults());
        CommitBatch batch = new CommitBatch(database)) {
      batch.put(family, key, value);
      batch.write();
    }
  }
}

package io.segue.bundles.store.rocksdb.database;

import io.segue.bundles.store.rocksdb.database.Database.Family;
import io.segue.bundles.store.rocksdb.tree.Hasher;
import io.segue.kernel.api.store.StateStore.Change;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * The rows of one commit, collected in the order of their keys and written as one. Until it is
 * closed the database stays open.
 *
 * <p>Thread safety: the thread that made it.
 */
public final class CommitBatch implements AutoCloseable {
  /** Rows under a number that nothing refers to yet are written ahead in pieces of this size. */
  private static final long AHEAD_BYTES = 8L << 20;

  private final Database database;
  private final WriteBatch batch = new WriteBatch();

  /**
   * @throws IllegalStateException where the database is closed
   */
  public CommitBatch(Database database) {
    database.enter();
    this.database = database;
  }

  public void put(Family family, byte[] key, byte[] value) {
    try {
      batch.put(database.handle(family), key, value);
    } catch (RocksDBException e) {
      throw new IllegalStateException("a row can't be added to a batch", e);
    }
  }

  public void delete(Family family, byte[] key) {
    try {
      batch.delete(database.handle(family), key);
    } catch (RocksDBException e) {
      throw new IllegalStateException("a row can't be added to a batch", e);
    }
  }

  /** Removes all rows of a store number. */
  public void deleteStore(int number) {
    deleteRange(Family.LATEST, Rows.firstRow(number), Rows.firstRow(number + 1));
    deleteRange(Family.KEYS, Rows.firstRow(number), Rows.firstRow(number + 1));
  }

  /** Removes every row but the format and the next number. */
  public void deleteEverything() {
    deleteRange(Family.LATEST, Rows.firstRow(0), Rows.firstRow(Rows.NUMBERS_END));
    deleteRange(Family.KEYS, Rows.firstRow(0), Rows.firstRow(Rows.NUMBERS_END));
    deleteRange(Family.CHANGES, Rows.firstRow(0), Rows.firstRow(Rows.NUMBERS_END));
    deleteRange(Family.META, Rows.heightKey(0), Rows.heightsEnd());
    deleteRange(Family.META, Rows.metadataKey(0), Rows.metadataEnd());
    delete(Family.META, Rows.HEAD_KEY);
  }

  private void deleteRange(Family family, byte[] from, byte[] to) {
    try {
      batch.deleteRange(database.handle(family), from, to);
    } catch (RocksDBException e) {
      throw new IllegalStateException("a range can't be added to a batch", e);
    }
  }

  /**
   * Adds the rows that changes of a store touch.
   *
   * @param ahead whether nothing refers to the number yet, so that rows can be written at once
   */
  public void changes(int number, List<Change> changes, boolean ahead) {
    for (Change change : changes) {
      byte[] row = Rows.row(number, change.key());
      byte[] value = change.value();
      if (value == null) {
        delete(Family.LATEST, row);
      } else {
        put(Family.LATEST, row, value);
      }
      if (ahead) {
        writeAhead();
      }
    }
    keys(number, changes, ahead);
  }

  /** Adds the rows from key hash to key of keys that come or go. */
  private void keys(int number, List<Change> changes, boolean ahead) {
    Hasher hasher = new Hasher();
    List<KeyRow> rows = new ArrayList<>();
    for (Change change : changes) {
      if (change.value() == null || change.oldValue() == null) {
        rows.add(new KeyRow(Rows.row(number, hasher.hash(change.key())), change));
      }
    }
    rows.sort((a, b) -> Arrays.compareUnsigned(a.row, b.row));
    for (KeyRow row : rows) {
      if (row.change.value() == null) {
        delete(Family.KEYS, row.row);
      } else {
        put(Family.KEYS, row.row, row.change.key());
      }
      if (ahead) {
        writeAhead();
      }
    }
  }

  private void writeAhead() {
    if (batch.getDataSize() > AHEAD_BYTES) {
      database.writeUnsynced(batch);
      batch.clear();
    }
  }

  /** Makes it all durable. */
  public void write() {
    database.writeSynced(batch);
  }

  @Override
  public void close() {
    batch.close();
    database.leave();
  }

  private record KeyRow(byte[] row, Change change) {}
}

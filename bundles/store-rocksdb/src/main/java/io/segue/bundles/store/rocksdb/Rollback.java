package io.segue.bundles.store.rocksdb;

import io.segue.bundles.store.rocksdb.Database.Family;
import io.segue.kernel.api.store.StateStore.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;

/**
 * Undoes the last commit: puts into one batch the values before of all it changed, from its {@link
 * ChangeSection}s, and forgets its index. The rows of stores whose number was new with it are left
 * to {@link StateLoader}, as nothing refers to them any more; those of stores that it deleted are
 * still there.
 *
 * <p>Thread safety: block thread, while nobody reads.
 */
final class Rollback {
  private final Database database;
  private final Committed last;
  private final SectionCache cache;
  private final Head before;

  /**
   * @param records the heights that can be read
   * @throws IllegalStateException where the height before is not kept
   */
  Rollback(
      Database database,
      Committed last,
      NavigableMap<Long, HeightRecord> records,
      SectionCache cache) {
    this.database = database;
    this.last = last;
    this.cache = cache;
    byte[] row = database.get(Family.META, Rows.BEFORE_KEY);
    if (row == null || !records.containsKey(last.height() - 1)) {
      throw new IllegalStateException(
          "the height before "
              + last.height()
              + " is not kept: it is the first one, or pruned, or the last commit was undone before");
    }
    this.before = Head.decode(row);
  }

  /** Makes it durable; whoever read the store must read it anew. */
  void write() {
    try (CommitBatch batch = new CommitBatch(database)) {
      for (HeightRecord.Entry entry : last.index().stores().values()) {
        if (entry.changed()) {
          batch.changes(entry.number(), undone(entry.number()), false);
        }
        for (int row = 0; row < entry.sectionRows(); row++) {
          batch.delete(Family.CHANGES, Rows.changesKey(last.height(), entry.number(), row));
        }
      }
      batch.delete(Family.META, Rows.heightKey(last.height()));
      batch.delete(Family.META, Rows.BEFORE_KEY);
      batch.put(
          Family.META,
          Rows.HEAD_KEY,
          new Head(before.height(), last.oldest(), before.metadata()).encode());
      batch.write();
    }
  }

  /** The changes that take a store back. */
  private List<Change> undone(int number) {
    ChangeSection section = new ChangeSection(last.rows(), last.height(), number, cache);
    List<Change> undone = new ArrayList<>();
    for (int i = 0; i < section.chunks(); i++) {
      ChangeChunk chunk = section.chunk(i);
      for (int place = 0; place < chunk.count(); place++) {
        byte[] key = chunk.key(place);
        byte[] now = last.rows().get(Family.LATEST, Rows.row(number, key));
        undone.add(new Change(key, chunk.old(place), true, now));
      }
    }
    return undone;
  }
}

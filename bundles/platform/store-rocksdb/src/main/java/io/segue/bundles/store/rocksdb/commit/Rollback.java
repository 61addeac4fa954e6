package io.segue.bundles.store.rocksdb.commit;

import io.segue.bundles.store.rocksdb.change.ChangeChunk;
import io.segue.bundles.store.rocksdb.change.ChangeSet;
import io.segue.bundles.store.rocksdb.change.ChangeSetCache;
import io.segue.bundles.store.rocksdb.database.CommitBatch;
import io.segue.bundles.store.rocksdb.database.Database;
import io.segue.bundles.store.rocksdb.database.Database.Family;
import io.segue.bundles.store.rocksdb.database.Rows;
import io.segue.kernel.api.store.StateStore.Change;
import java.util.ArrayList;
import java.util.List;

/**
 * Undoes the last commit: puts into one batch the values before of all it changed, from its {@link
 * ChangeSet}s, and forgets its index. The rows of stores whose number was new with it are left to
 * {@code StateLoader}, as nothing refers to them any more; those of stores that it deleted are
 * still there.
 *
 * <p>Thread safety: block thread, while nobody reads.
 */
public final class Rollback {
  private final Database database;
  private final Committed last;
  private final ChangeSetCache cache;
  private final CommitInfo before;

  /**
   * @throws IllegalStateException where the height before is not kept
   */
  public Rollback(Database database, Committed last, ChangeSetCache cache) {
    this.database = database;
    this.last = last;
    this.cache = cache;
    long height = last.height() - 1;
    byte[] metadata = database.get(Family.META, Rows.metadataKey(height));
    if (metadata == null || height < last.oldest()) {
      throw new IllegalStateException(
          "the height before " + last.height() + " is not kept: there is none, or it is pruned");
    }
    this.before = new CommitInfo(height, last.oldest(), Metadata.decode(metadata));
  }

  /** Makes it durable; whoever read the store must read it again. */
  public void write() {
    try (CommitBatch batch = new CommitBatch(database)) {
      for (HeightRecord.Entry entry : last.index().stores().values()) {
        if (entry.changed()) {
          batch.changes(entry.number(), undone(entry.number()), false);
        }
        for (int row = 0; row < entry.sectionRows(); row++) {
          batch.delete(Family.CHANGES, Rows.changesKey(entry.number(), last.height(), row));
        }
      }
      batch.delete(Family.META, Rows.heightKey(last.height()));
      batch.delete(Family.META, Rows.metadataKey(last.height()));
      batch.put(Family.META, Rows.HEAD_KEY, before.encode());
      batch.write();
    }
  }

  /** The changes that take a store back. */
  private List<Change> undone(int number) {
    ChangeSet section = new ChangeSet(last.rows(), last.height(), number, cache);
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

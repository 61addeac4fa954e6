package io.segue.bundles.store.rocksdb.bulk;

import io.segue.bundles.store.rocksdb.database.DamagedStoreException;
import io.segue.bundles.store.rocksdb.database.Database;
import io.segue.bundles.store.rocksdb.database.Database.Family;
import io.segue.bundles.store.rocksdb.database.PinnedRows;
import io.segue.bundles.store.rocksdb.database.RowCursor;
import io.segue.bundles.store.rocksdb.database.Rows;
import io.segue.bundles.store.rocksdb.tree.SparseMerkleTree;
import io.segue.kernel.api.store.StateStore.BulkStore;
import io.segue.kernel.api.store.StateStore.BulkWriter;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gives a bulk store that an earlier writer completed and nobody adopted. In the same process its
 * tree is still there; in another one it is built again from the rows.
 *
 * <p>Thread safety: one thread at a time.
 */
final class CompleteBulkWriter implements BulkWriter {
  private final Database database;
  private final SavedBulk saved;
  private final Consumer<RocksBulkStore> onFinish;
  private final Runnable onDiscard;
  private @Nullable SparseMerkleTree tree;
  private @Nullable ForkJoinTask<SparseMerkleTree> building;
  private volatile long scanned;
  private volatile boolean done;

  /**
   * @param known what the earlier writer gave in this process; null where it was another one
   * @param onFinish takes the store
   * @param onDiscard removes what is kept
   */
  CompleteBulkWriter(
      Database database,
      SavedBulk saved,
      @Nullable RocksBulkStore known,
      Consumer<RocksBulkStore> onFinish,
      Runnable onDiscard) {
    this.database = database;
    this.saved = saved;
    this.tree = known == null ? null : known.tree();
    this.onFinish = onFinish;
    this.onDiscard = onDiscard;
  }

  @Override
  public void put(byte[] key, byte[] value) {
    throw new IllegalStateException("the store is complete; finish gives it");
  }

  @Override
  public void save(byte[] cursor) {
    throw new IllegalStateException("the store is complete; finish gives it");
  }

  @Override
  public byte[] cursor() {
    return saved.cursor().clone();
  }

  @Override
  public boolean filled() {
    return true;
  }

  @Override
  public Optional<BulkStore> finish(long budgetNs) {
    if (done) {
      throw new IllegalStateException("the bulk writer is finished or closed");
    }
    if (tree == null) {
      if (building == null) {
        building = ForkJoinPool.commonPool().submit(this::scan);
      }
      if (!Tasks.await(building, budgetNs)) {
        return Optional.empty();
      }
      tree = building.join();
    }
    if (!Arrays.equals(tree.root(), saved.root())) {
      throw new DamagedStoreException(
          "the rows of a bulk write for height "
              + saved.identity().height()
              + " do not give the root that was recorded");
    }
    RocksBulkStore store = new RocksBulkStore(saved.number(), tree);
    done = true;
    onFinish.accept(store);
    return Optional.of(store);
  }

  private SparseMerkleTree scan() {
    PinnedRows rows = new PinnedRows(database);
    try (RowCursor cursor =
        rows.cursor(
            Family.LATEST,
            Rows.firstRow(saved.number()),
            Rows.firstRow(saved.number() + 1),
            false)) {
      return TreeScan.tree(cursor, this::scanned);
    } finally {
      rows.release();
    }
  }

  private void scanned(long count) {
    if (done) {
      throw new CancellationException("the bulk writer was closed");
    }
    scanned = count;
  }

  @Override
  public double finished() {
    return done ? 1 : (double) scanned / (saved.size() + 1);
  }

  @Override
  public void discard() {
    if (!done) {
      close();
      onDiscard.run();
    }
  }

  @Override
  public void close() {
    done = true;
    if (building != null) {
      building.quietlyJoin();
    }
  }
}

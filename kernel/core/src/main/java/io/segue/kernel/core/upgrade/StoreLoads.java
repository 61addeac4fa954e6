package io.segue.kernel.core.upgrade;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.segue.kernel.admission.artifact.Sha256;
import io.segue.kernel.api.node.FailureText;
import io.segue.kernel.api.store.DuplicateKeyException;
import io.segue.kernel.api.store.StateStore;
import io.segue.kernel.api.store.StateStore.BulkIdentity;
import io.segue.kernel.api.store.StateStore.BulkStore;
import io.segue.kernel.api.store.StateStore.BulkWriter;
import io.segue.kernel.api.store.StateStore.IndexChange;
import io.segue.kernel.api.store.StateView;
import io.segue.kernel.api.store.StoreFullException;
import io.segue.kernel.api.upgrade.StoreLoad;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs the store loads of one upgrade, in order, in bounded steps and bounded memory. Adding,
 * renaming and deleting only change the index; a {@link StoreFill} writes a whole store again,
 * under a number that nothing refers to.
 *
 * <p>What fills a store is saved as it goes, under all that its entries follow from. So loads that
 * were cut off, by a kill, a stop or a full disk, go on where they were when the same block is
 * executed again by the same code on the same state; anything else starts over.
 *
 * <p>Not thread safe: the block thread calls it.
 */
public final class StoreLoads implements AutoCloseable {
  private final StateStore store;
  private final LoadPlan plan;
  private final String basis;
  private final List<IndexChange> index = new ArrayList<>();
  private int next;
  private @Nullable StoreFill filling;

  /**
   * Checks the loads; nothing runs before the first {@link #step}.
   *
   * @param basis all that the loads follow from beside the committed state, in words: the code, and
   *     what the block tells it
   * @throws StoreLoadException where a load names a store that is not there, or is there already
   */
  public StoreLoads(StateStore store, List<StoreLoad> loads, String basis) {
    this.store = store;
    this.plan = new LoadPlan(loads, store.roots(store.height()));
    this.basis = basis + " " + HexFormat.of().formatHex(store.appHash(store.height()));
  }

  /**
   * Goes on for about {@code budgetNs}.
   *
   * @return whether all loads are done
   * @throws StoreLoadException where a load is refused; nothing it wrote is kept
   * @throws StoreFullException where the disk has no room; what was saved is kept
   */
  public boolean step(long budgetNs) {
    long start = System.nanoTime();
    do {
      if (filling != null) {
        fill(filling, budgetNs - (System.nanoTime() - start));
      } else if (next == loads().size()) {
        return true;
      } else {
        begin(loads().get(next));
      }
    } while (System.nanoTime() - start < budgetNs);
    return filling == null && next == loads().size();
  }

  /** The loads, in order. */
  public List<StoreLoad> loads() {
    return plan.loads();
  }

  /** The load that is next or runs, in words; empty where all are done. */
  public String running() {
    return next == loads().size() ? "" : LoadPlan.describe(loads().get(next));
  }

  /** What the loads done so far change in the index. */
  public List<IndexChange> index() {
    return List.copyOf(index);
  }

  /** How far the store that is filled now is; null where none is. */
  public @Nullable LoadProgress progress() {
    return filling == null ? null : filling.progress();
  }

  /**
   * Stops what runs; what it saved stays for loads of the same basis. What is in {@link #index}
   * stays, too.
   */
  @Override
  public void close() {
    if (filling != null) {
      filling.close();
      filling = null;
    }
  }

  private void begin(StoreLoad load) {
    if (load instanceof StoreLoad.Add add) {
      done(new IndexChange.Add(add.store()));
    } else if (load instanceof StoreLoad.Rename rename) {
      done(new IndexChange.Rename(rename.store(), rename.newName()));
    } else if (load instanceof StoreLoad.Delete delete) {
      done(new IndexChange.Delete(delete.store()));
    } else {
      StateView view = store.view(index());
      try {
        BulkWriter writer = store.bulkWriter(identity());
        filling =
            load instanceof StoreLoad.Rewrite rewrite
                ? new RewriteFill(rewrite, view, writer)
                : new LoaderFill((StoreLoad.Custom) load, view, writer);
      } catch (RuntimeException e) {
        view.close();
        throw e;
      }
    }
  }

  private BulkIdentity identity() {
    String all = basis + "\n" + LoadPlan.describe(loads().get(next)) + "\n" + plan.source(next);
    return new BulkIdentity(store.height() + 1, next, Sha256.of(all.getBytes(UTF_8)));
  }

  private void done(IndexChange change) {
    index.add(change);
    next++;
  }

  private void fill(StoreFill running, long budgetNs) {
    try {
      BulkStore bulk = running.step(budgetNs);
      if (bulk != null) {
        done(new IndexChange.Adopt(loads().get(next).store(), bulk));
        close();
      }
    } catch (DuplicateKeyException e) {
      String sources = running.sourcesOf(e.key());
      discard(running);
      throw new StoreLoadException(
          running.what()
              + ": two entries give the key "
              + HexFormat.of().formatHex(e.key())
              + ": "
              + sources
              + "; each key must be given once",
          e);
    } catch (StoreFullException e) {
      close();
      throw e;
    } catch (UncheckedIOException e) {
      close();
      throw new StoreLoadException(running.what() + ": " + e.getMessage(), e);
    } catch (RuntimeException e) {
      discard(running);
      throw new StoreLoadException(
          running.what() + " " + running.at() + ": " + FailureText.of(e), e);
    }
  }

  private void discard(StoreFill running) {
    filling = null;
    running.discard();
  }
}

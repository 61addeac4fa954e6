package io.segue.kernel.core.upgrade;

import io.segue.kernel.api.module.KVIterator;
import io.segue.kernel.api.store.DuplicateKeyException;
import io.segue.kernel.api.store.StateStore;
import io.segue.kernel.api.store.StateStore.BulkWriter;
import io.segue.kernel.api.store.StateStore.IndexChange;
import io.segue.kernel.api.store.StateView;
import io.segue.kernel.api.store.StoreReader;
import io.segue.kernel.api.upgrade.Rewriter;
import io.segue.kernel.api.upgrade.StoreLoad;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs the store loads of one upgrade, in order, in bounded steps and bounded memory. Adding,
 * renaming and deleting only change the index; a rewrite streams the source in key order through
 * its {@link Rewriter} into a store that nothing refers to.
 *
 * <p>Not thread safe: the block thread calls it.
 */
public final class StoreLoads implements AutoCloseable {
  /** Entries between two looks at the budget's end. */
  private static final int ENTRIES_PER_LOOK = 256;

  private static final byte[] FIRST_KEY = {};

  private final StateStore store;
  private final List<StoreLoad> loads;
  private final List<IndexChange> index = new ArrayList<>();
  private int next;
  private @Nullable Rewriting rewriting;

  /** Nothing runs before the first {@link #step}. */
  public StoreLoads(StateStore store, List<StoreLoad> loads) {
    this.store = store;
    this.loads = List.copyOf(loads);
  }

  /**
   * Goes on for about {@code budgetNs}.
   *
   * @return whether all loads are done
   * @throws StoreLoadException where a load is refused; nothing it wrote is kept
   */
  public boolean step(long budgetNs) {
    long start = System.nanoTime();
    do {
      if (rewriting != null) {
        stepRewrite(rewriting);
      } else if (next == loads.size()) {
        return true;
      } else {
        begin(loads.get(next));
      }
    } while (System.nanoTime() - start < budgetNs);
    return rewriting == null && next == loads.size();
  }

  /** The loads, in order. */
  public List<StoreLoad> loads() {
    return loads;
  }

  /** What the loads done so far change in the index. */
  public List<IndexChange> index() {
    return List.copyOf(index);
  }

  /** How far the running rewrite is; null where none runs. */
  public @Nullable Progress progress() {
    Rewriting running = rewriting;
    return running == null
        ? null
        : new Progress(
            running.load.store(),
            running.done,
            running.total,
            running.bytes,
            System.nanoTime() - running.startNs);
  }

  /** Stops a running rewrite and drops what it wrote. What is in {@link #index} stays. */
  @Override
  public void close() {
    if (rewriting != null) {
      rewriting.close();
      rewriting = null;
    }
  }

  private void begin(StoreLoad load) {
    if (load instanceof StoreLoad.Add add) {
      index.add(new IndexChange.Add(add.store()));
    } else if (load instanceof StoreLoad.Rename rename) {
      index.add(new IndexChange.Rename(rename.store(), rename.newName()));
    } else if (load instanceof StoreLoad.Delete delete) {
      index.add(new IndexChange.Delete(delete.store()));
    } else if (load instanceof StoreLoad.Rewrite rewrite) {
      try {
        rewriting = new Rewriting(store, List.copyOf(index), rewrite);
      } catch (IllegalArgumentException e) {
        throw new StoreLoadException(
            "store " + rewrite.store() + " can't be rewritten: " + e.getMessage(), e);
      }
      return;
    }
    next++;
  }

  private void stepRewrite(Rewriting running) {
    try {
      if (running.step()) {
        index.add(new IndexChange.Adopt(running.load.store(), running.writer.finish()));
        next++;
        close();
      }
    } catch (DuplicateKeyException e) {
      String sources = running.sourcesOf(e.key());
      close();
      throw new StoreLoadException(
          "rewrite of store "
              + running.load.store()
              + ": two entries give the key "
              + HexFormat.of().formatHex(e.key())
              + ": "
              + sources
              + "; the rewriter must give each key once",
          e);
    } catch (RuntimeException e) {
      close();
      throw new StoreLoadException(
          "rewrite of store " + running.load.store() + " " + running.at() + ": " + e, e);
    }
  }

  /**
   * How far a rewrite is.
   *
   * @param done entries read
   * @param total entries to read
   * @param bytes bytes of keys and values read
   * @param elapsedNs since it began
   */
  public record Progress(String store, long done, long total, long bytes, long elapsedNs) {
    @Override
    public String toString() {
      double seconds = Math.max(elapsedNs, 1) / 1e9;
      double perSecond = done / seconds;
      long leftMs = perSecond == 0 ? 0 : Math.round((total - done) / perSecond * 1000);
      return String.format(
          java.util.Locale.ROOT,
          "rewriting store %s: %,d of %,d entries, %,d bytes, %,.0f entries/s, %.1f s left",
          store,
          done,
          total,
          bytes,
          perSecond,
          leftMs / 1000.0);
    }
  }

  /** One rewrite that runs. */
  private static final class Rewriting implements AutoCloseable {
    final StoreLoad.Rewrite load;
    final StateView view;
    final KVIterator source;
    final BulkWriter writer;
    final long total;
    final long startNs = System.nanoTime();
    final Rewriter.Sink sink;
    byte @Nullable [] last;
    long done;
    long bytes;

    Rewriting(StateStore store, List<IndexChange> index, StoreLoad.Rewrite load) {
      this.load = load;
      this.view = store.view(index);
      StoreReader reader = open(view, load.store());
      this.total = reader.size();
      this.source = reader.iterate(FIRST_KEY, null, false);
      this.writer = store.bulkWriter();
      this.sink = writer::put;
    }

    private static StoreReader open(StateView view, String store) {
      try {
        return view.store(store);
      } catch (IllegalArgumentException e) {
        view.close();
        throw e;
      }
    }

    boolean step() {
      for (int i = 0; i < ENTRIES_PER_LOOK; i++) {
        if (!source.next()) {
          return true;
        }
        byte[] key = source.key();
        byte[] value = source.value();
        last = key;
        load.rewriter().rewrite(key, value, sink);
        done++;
        bytes += key.length + value.length;
        if (done == total / 2) {
          CrashPoint.LOAD_HALF.reached();
        }
      }
      return false;
    }

    /** Where it is, for an error. */
    String at() {
      if (done == total) {
        return "after its last entry";
      }
      return last == null ? "before its first entry" : "at key " + HexFormat.of().formatHex(last);
    }

    /** Names the sources of a key, by reading them again: only the way of an error. */
    String sourcesOf(byte[] key) {
      List<String> sources = new ArrayList<>();
      try (KVIterator again = view.store(load.store()).iterate(FIRST_KEY, null, false)) {
        while (again.next() && sources.size() < 2) {
          String from = HexFormat.of().formatHex(again.key());
          load.rewriter()
              .rewrite(
                  again.key(),
                  again.value(),
                  (target, value) -> {
                    if (java.util.Arrays.equals(target, key)) {
                      sources.add(from);
                    }
                  });
        }
      }
      return String.join(" and ", sources);
    }

    @Override
    public void close() {
      source.close();
      writer.close();
      view.close();
    }
  }
}

package io.segue.bundles.store.rocksdb.bulk;

import io.segue.bundles.store.rocksdb.bulk.SavedBulk.Phase;
import io.segue.bundles.store.rocksdb.database.Database;
import io.segue.bundles.store.rocksdb.database.EntryRules;
import io.segue.kernel.api.store.DuplicateKeyException;
import io.segue.kernel.api.store.StateStore.BulkStore;
import io.segue.kernel.api.store.StateStore.BulkWriter;
import io.segue.kernel.api.store.StoreFullException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a whole store under a number that no index names: the entries are sorted aside, then
 * written as RocksDB's own files and taken over as they are ({@link BulkCompletion}). Besides the
 * tree, which stays in memory, it needs {@link #SORT_BYTES} twice.
 *
 * <p>Under an identity the sorted files stay, with the cursor behind their entries: after the first
 * {@value #FIRST_SAVE} entries, then after twice as many each time, until the memory for a file is
 * full before that.
 *
 * <p>Thread safety: one thread at a time, beside the block thread.
 */
public final class RocksBulkWriter implements BulkWriter {
  /** Memory for sorting entries by key, and as much for sorting keys by their hash. */
  static final long SORT_BYTES = 64L << 20;

  /** EntryRules after which a writer with an identity saves for the first time. */
  public static final int FIRST_SAVE = 4096;

  /** How full the memory for a file is when it is saved, whatever the number of entries. */
  private static final double NEARLY_FULL = 0.9;

  private static final Logger LOG = LoggerFactory.getLogger(RocksBulkWriter.class);

  private final Database database;
  private final IntSupplier numbers;
  private final BulkFolder folder;
  private final long sortBytes;
  private final Consumer<RocksBulkStore> onFinish;
  private final EntrySorter byKey;
  private final boolean filledBefore;
  private @Nullable BulkCompletion completion;
  private byte @Nullable [] pendingCursor;
  private int pendingRuns;
  private long saveEvery = FIRST_SAVE;
  private long unsaved;
  private boolean done;

  /**
   * @param numbers gives the store's number when it is complete
   * @param folder where its files go; what is kept there is gone on with
   * @param sortBytes memory to use, twice
   * @param onFinish takes what was written
   */
  RocksBulkWriter(
      Database database,
      IntSupplier numbers,
      BulkFolder folder,
      long sortBytes,
      Consumer<RocksBulkStore> onFinish) {
    this.database = database;
    this.numbers = numbers;
    this.folder = folder;
    this.sortBytes = sortBytes;
    this.onFinish = onFinish;
    folder.make();
    folder.clean();
    folder.make();
    SavedBulk saved = folder.saved();
    this.filledBefore = saved != null && saved.phase() == Phase.FILLED;
    this.byKey =
        new EntrySorter(folder.path(), BulkFolder.BY_KEY, sortBytes, saved != null, folder.runs());
  }

  @Override
  public void put(byte[] key, byte[] value) {
    checkFilling();
    EntryRules.check(key, value);
    byKey.add(key, value);
    unsaved++;
  }

  @Override
  public void save(byte[] cursor) {
    checkFilling();
    if (cursor.length == 0 || cursor.length > MAX_CURSOR_BYTES) {
      throw new IllegalArgumentException(
          "a cursor has 1 to " + MAX_CURSOR_BYTES + " bytes, this one has " + cursor.length);
    }
    if (folder.saved() == null) {
      return;
    }
    if (byKey.settled()) {
      keepPending();
    }
    if (unsaved >= saveEvery || byKey.full() >= NEARLY_FULL) {
      byKey.files();
      keepPending();
      byKey.cut();
      pendingCursor = cursor.clone();
      pendingRuns = byKey.runs();
      unsaved = 0;
      saveEvery *= 2;
    }
  }

  /** Records the last cursor whose entries are all in files. */
  private void keepPending() {
    byte[] cursor = pendingCursor;
    if (cursor != null) {
      // EntryRules that came behind the cursor may have filled another file since.
      keep(Phase.FILLING, cursor, byKey.files().subList(0, pendingRuns));
      pendingCursor = null;
    }
  }

  private void keep(Phase phase, byte[] cursor, List<RunFile> files) {
    SavedBulk saved = folder.saved();
    if (saved != null) {
      List<SavedBulk.Run> runs =
          files.stream().map(file -> new SavedBulk.Run(file.count(), file.bytes())).toList();
      folder.save(saved.with(phase, cursor, runs));
    }
  }

  @Override
  public byte[] cursor() {
    SavedBulk saved = folder.saved();
    return saved == null ? new byte[0] : saved.cursor().clone();
  }

  @Override
  public boolean filled() {
    return filledBefore;
  }

  @Override
  public Optional<BulkStore> finish(long budgetNs) {
    checkOpen();
    long start = System.nanoTime();
    if (completion == null) {
      if (folder.saved() != null) {
        byKey.cut();
        keep(Phase.FILLED, cursor(), byKey.files());
        pendingCursor = null;
      }
      completion =
          new BulkCompletion(database, numbers.getAsInt(), folder.path(), byKey, sortBytes);
    }
    RocksBulkStore store = completion.step(budgetNs - (System.nanoTime() - start));
    if (store == null) {
      return Optional.empty();
    }
    SavedBulk saved = folder.saved();
    if (saved != null) {
      folder.save(saved.complete(store));
    }
    onFinish.accept(store);
    close();
    return Optional.of(store);
  }

  @Override
  public double finished() {
    return done ? 1 : completion == null ? 0 : completion.done();
  }

  private void checkFilling() {
    checkOpen();
    if (completion != null || filledBefore) {
      throw new IllegalStateException("all entries are there; finish gives the store");
    }
  }

  private void checkOpen() {
    if (done) {
      throw new IllegalStateException("the bulk writer is finished or closed");
    }
  }

  @Override
  public void discard() {
    if (!done) {
      close();
      folder.remove();
    }
  }

  @Override
  public void close() {
    if (!done) {
      done = true;
      if (completion != null) {
        completion.close();
        completion = null;
      }
      keepWhatIsWritten();
      byKey.close();
      folder.clean();
    }
  }

  /** Keeps the last cursor, too, unless its file is what could not be written. */
  private void keepWhatIsWritten() {
    try {
      keepPending();
    } catch (StoreFullException | UncheckedIOException | DuplicateKeyException e) {
      LOG.debug("a bulk write is kept up to the cursor before: {}", e.getMessage());
    }
  }
}

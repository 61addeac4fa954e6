package io.segue.bundles.store.rocksdb.bulk;

import io.segue.bundles.store.rocksdb.database.CommitBatch;
import io.segue.bundles.store.rocksdb.database.Database;
import io.segue.bundles.store.rocksdb.database.DiskErrors;
import io.segue.bundles.store.rocksdb.database.SpaceReclaimer;
import io.segue.kernel.api.store.StateStore.BulkIdentity;
import io.segue.kernel.api.store.StateStore.BulkWriter;
import io.segue.kernel.api.store.StoreFullException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stores that are written in bulk and that no index names yet: the complete ones, which can be
 * adopted, and those that were cut off, which the next writer of the same identity goes on with.
 * What is kept of them lies in a folder beside the rows, so that a checkpoint does not have it.
 *
 * <p>Thread safety: block thread; {@link #free} may be read by any.
 */
public final class BulkStores {
  private static final String FOLDER = "bulk";

  private static final Logger LOG = LoggerFactory.getLogger(BulkStores.class);

  private final Database database;
  private final SpaceReclaimer space;
  private final Path parent;
  private final Map<BulkIdentity, BulkFolder> kept = new HashMap<>();
  private final Map<BulkIdentity, BulkWriter> writers = new HashMap<>();
  private final Map<BulkIdentity, RocksBulkStore> complete = new HashMap<>();
  private final Set<RocksBulkStore> free = ConcurrentHashMap.newKeySet();

  /** Reads what the last run of the store left; what nobody can go on with is removed. */
  public BulkStores(Database database, SpaceReclaimer space) {
    this.database = database;
    this.space = space;
    this.parent = database.directory().resolve(FOLDER);
    if (!Files.isDirectory(parent)) {
      return;
    }
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent)) {
      for (Path path : folders) {
        BulkFolder folder = BulkFolder.open(path);
        SavedBulk saved = folder == null ? null : folder.saved();
        if (folder != null && saved != null && path(saved.identity()).equals(path)) {
          folder.clean();
          kept.put(saved.identity(), folder);
        } else {
          BulkFolder.remove(path);
        }
      }
    } catch (IOException e) {
      throw DiskErrors.of("the files of bulk writes", parent, e);
    }
  }

  private Path path(BulkIdentity identity) {
    return parent.resolve(identity.height() + "-" + identity.position());
  }

  /**
   * Forgets what is kept for other heights than the one that comes next.
   *
   * @return numbers of the complete stores that are kept, whose rows must stay
   */
  public Set<Integer> keepFor(long height) {
    remove(identity -> identity.height() != height);
    Set<Integer> numbers = new HashSet<>();
    kept.values().forEach(folder -> addNumber(folder, numbers));
    return numbers;
  }

  /** The stores that can be adopted. */
  public Set<RocksBulkStore> free() {
    return free;
  }

  /** A writer that leaves nothing. */
  public BulkWriter writer(int number) {
    BulkFolder folder = new BulkFolder(parent.resolve("number-" + number), null);
    return new RocksBulkWriter(
        database, () -> number, folder, RocksBulkWriter.SORT_BYTES, free::add);
  }

  /**
   * A writer that goes on where the last one of this identity was cut off; that one ends here where
   * it was not closed.
   *
   * @param numbers gives a number that was never used
   */
  public BulkWriter writer(BulkIdentity identity, IntSupplier numbers) {
    freeRows(
        remove(
            other ->
                other.height() == identity.height()
                    && other.position() == identity.position()
                    && !other.equals(identity)));
    end(identity);
    SavedBulk start = SavedBulk.start(identity);
    BulkFolder folder =
        kept.computeIfAbsent(identity, absent -> new BulkFolder(path(identity), start));
    BulkWriter writer = writer(identity, folder, numbers);
    writers.put(identity, writer);
    return writer;
  }

  private BulkWriter writer(BulkIdentity identity, BulkFolder folder, IntSupplier numbers) {
    SavedBulk saved = folder.saved();
    if (saved != null && saved.phase() == SavedBulk.Phase.COMPLETE) {
      return new CompleteBulkWriter(
          database,
          saved,
          complete.get(identity),
          store -> completed(identity, store),
          () -> freeRows(remove(identity::equals)));
    }
    return new RocksBulkWriter(
        database, numbers, folder, RocksBulkWriter.SORT_BYTES, store -> completed(identity, store));
  }

  /** Closes the last writer of an identity: what it has begun to write must not come later. */
  private void end(BulkIdentity identity) {
    BulkWriter writer = writers.remove(identity);
    if (writer != null) {
      writer.close();
    }
  }

  private void completed(BulkIdentity identity, RocksBulkStore store) {
    complete.put(identity, store);
    free.add(store);
  }

  /** A staging that adopts these stores is dropped. */
  public void dropped(Set<RocksBulkStore> adopted) {
    Set<Integer> numbers = new HashSet<>();
    for (RocksBulkStore store : adopted) {
      if (free.remove(store) && !complete.containsValue(store)) {
        numbers.add(store.number());
      }
    }
    freeRows(numbers);
  }

  /** A height that adopts these stores is committed. */
  public void committed(long height, Set<RocksBulkStore> adopted) {
    free.removeAll(adopted);
    try {
      Set<Integer> numbers = remove(identity -> identity.height() <= height);
      adopted.forEach(store -> numbers.remove(store.number()));
      freeRows(numbers);
    } catch (UncheckedIOException | StoreFullException e) {
      LOG.warn("Files of bulk writes in {} stay until the next start: {}", parent, e.getMessage());
    }
  }

  /** Everything was removed from the database. */
  public void clear() {
    remove(identity -> true);
    free.clear();
  }

  /**
   * Removes what is kept of some.
   *
   * @return numbers of the complete ones, whose rows are still there
   */
  private Set<Integer> remove(Predicate<BulkIdentity> which) {
    Set<Integer> numbers = new HashSet<>();
    for (Iterator<Map.Entry<BulkIdentity, BulkFolder>> all = kept.entrySet().iterator();
        all.hasNext(); ) {
      Map.Entry<BulkIdentity, BulkFolder> entry = all.next();
      if (which.test(entry.getKey())) {
        end(entry.getKey());
        addNumber(entry.getValue(), numbers);
        entry.getValue().remove();
        all.remove();
        RocksBulkStore store = complete.remove(entry.getKey());
        if (store != null) {
          free.remove(store);
        }
      }
    }
    return numbers;
  }

  private static void addNumber(BulkFolder folder, Set<Integer> numbers) {
    SavedBulk saved = folder.saved();
    if (saved != null && saved.phase() == SavedBulk.Phase.COMPLETE) {
      numbers.add(saved.number());
    }
  }

  private void freeRows(Set<Integer> numbers) {
    if (!numbers.isEmpty()) {
      try (CommitBatch batch = new CommitBatch(database)) {
        numbers.forEach(batch::deleteStore);
        batch.write();
      }
      space.deleted(new ArrayList<>(numbers));
    }
  }
}

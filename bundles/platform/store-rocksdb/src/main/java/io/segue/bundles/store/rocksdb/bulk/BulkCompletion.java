package io.segue.bundles.store.rocksdb.bulk;

import io.segue.bundles.store.rocksdb.database.Cursor;
import io.segue.bundles.store.rocksdb.database.Database;
import io.segue.bundles.store.rocksdb.database.Database.Family;
import io.segue.bundles.store.rocksdb.database.EntryRules;
import io.segue.bundles.store.rocksdb.database.Rows;
import io.segue.bundles.store.rocksdb.tree.Hasher;
import io.segue.bundles.store.rocksdb.tree.LeafPipeline;
import io.segue.bundles.store.rocksdb.tree.SparseMerkleTree;
import io.segue.bundles.store.rocksdb.tree.TreeBuilder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import org.jspecify.annotations.Nullable;

/**
 * Makes a store of entries that are all there, in steps: the entries in order of their keys become
 * rows, their keys in order of hashes become rows, the database takes the files over, and meanwhile
 * another thread builds the tree.
 *
 * <p>Thread safety: one thread at a time.
 */
final class BulkCompletion implements AutoCloseable {
  /** EntryRules between two looks at the time. */
  private static final int ENTRIES_PER_LOOK = 512;

  private final Database database;
  private final int number;
  private final SstFiles latest;
  private final SstFiles keys;
  private final EntrySorter byHash;
  private final TreeBuilder builder = new TreeBuilder();
  private final LeafPipeline pipeline = new LeafPipeline(this::hashed);
  private final long total;
  private long rows;
  private @Nullable Cursor entries;
  private @Nullable Cursor hashes;
  private @Nullable ForkJoinTask<SparseMerkleTree> tree;
  private boolean ingested;

  /**
   * @param folder where files go
   * @param byKey the entries; it takes no more
   * @param sortBytes memory to use
   */
  BulkCompletion(Database database, int number, Path folder, EntrySorter byKey, long sortBytes) {
    this.database = database;
    this.number = number;
    this.total = 2 * byKey.count();
    this.entries = byKey.sorted();
    this.latest = new SstFiles(folder, Family.LATEST, database.fileOptions(Family.LATEST));
    this.keys = new SstFiles(folder, Family.KEYS, database.fileOptions(Family.KEYS));
    this.byHash = new EntrySorter(folder, "by-hash", sortBytes, false, List.of());
  }

  private void hashed(List<byte[]> keyList, byte[] leaves) {
    builder.add(leaves);
    for (int i = 0; i < keyList.size(); i++) {
      int offset = i * 2 * Hasher.SIZE;
      byHash.add(Arrays.copyOfRange(leaves, offset, offset + Hasher.SIZE), keyList.get(i));
    }
  }

  /** How much is done, from 0 to 1. */
  double done() {
    return (double) rows / (total + 1);
  }

  /** Goes on for about this long; null while there is more to do. */
  @Nullable RocksBulkStore step(long budgetNs) {
    long start = System.nanoTime();
    do {
      if (entries != null) {
        writeEntries(entries);
      } else if (hashes != null) {
        writeKeys(hashes);
      } else if (!ingested) {
        ingest(Family.LATEST, latest);
        ingest(Family.KEYS, keys);
        ingested = true;
      } else if (tree != null
          && Tasks.await(tree, Math.max(1, budgetNs - (System.nanoTime() - start)))) {
        return new RocksBulkStore(number, tree.join());
      }
    } while (System.nanoTime() - start < budgetNs);
    return null;
  }

  private void writeEntries(Cursor cursor) {
    for (int i = 0; i < ENTRIES_PER_LOOK; i++) {
      if (!cursor.next()) {
        cursor.close();
        entries = null;
        pipeline.finish();
        tree = ForkJoinPool.commonPool().submit(builder::build);
        hashes = byHash.sorted();
        return;
      }
      byte[] key = cursor.key();
      byte[] value = EntryRules.present(cursor.value());
      latest.put(Rows.row(number, key), value);
      pipeline.add(key, value);
      rows++;
    }
  }

  private void writeKeys(Cursor cursor) {
    for (int i = 0; i < ENTRIES_PER_LOOK; i++) {
      if (!cursor.next()) {
        cursor.close();
        hashes = null;
        return;
      }
      keys.put(Rows.row(number, cursor.key()), EntryRules.present(cursor.value()));
      rows++;
    }
  }

  private void ingest(Family family, SstFiles files) {
    if (!files.finish().isEmpty()) {
      database.ingest(family, files.finish());
    }
  }

  @Override
  public void close() {
    if (entries != null) {
      entries.close();
    }
    if (hashes != null) {
      hashes.close();
    }
    if (tree != null) {
      tree.quietlyJoin();
    }
    byHash.close();
    latest.close();
    keys.close();
  }
}

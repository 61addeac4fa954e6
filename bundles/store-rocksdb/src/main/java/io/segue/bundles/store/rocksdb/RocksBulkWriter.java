package io.segue.bundles.store.rocksdb;

import io.segue.bundles.store.rocksdb.Database.Family;
import io.segue.bundles.store.rocksdb.tree.Hasher;
import io.segue.bundles.store.rocksdb.tree.LeafPipeline;
import io.segue.bundles.store.rocksdb.tree.SparseMerkleTree;
import io.segue.bundles.store.rocksdb.tree.TreeBuilder;
import io.segue.kernel.api.store.StateStore.BulkStore;
import io.segue.kernel.api.store.StateStore.BulkWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.function.Consumer;

/**
 * Writes a whole store under a number that no index names: the entries are sorted aside, then
 * written as RocksDB's own files and taken over as they are. Besides the tree, which stays in
 * memory, it needs {@link #SORT_BYTES} twice.
 *
 * <p>Thread safety: one thread at a time, beside the block thread.
 */
final class RocksBulkWriter implements BulkWriter {
  /** Memory for sorting entries by key, and as much for sorting keys by their hash. */
  static final long SORT_BYTES = 64L << 20;

  private final Database database;
  private final int number;
  private final Path folder;
  private final long sortBytes;
  private final Consumer<RocksBulkStore> onFinish;
  private final EntrySorter byKey;
  private boolean done;

  /**
   * @param folder an existing, empty folder on the database's disk; removed at the end
   * @param sortBytes memory to use, twice
   * @param onFinish takes what was written
   */
  RocksBulkWriter(
      Database database,
      int number,
      Path folder,
      long sortBytes,
      Consumer<RocksBulkStore> onFinish) {
    this.onFinish = onFinish;
    this.database = database;
    this.number = number;
    this.folder = folder;
    this.sortBytes = sortBytes;
    this.byKey = new EntrySorter(folder, "by-key", sortBytes);
  }

  @Override
  public void put(byte[] key, byte[] value) {
    checkOpen();
    Entries.check(key, value);
    byKey.add(key, value);
  }

  @Override
  public BulkStore finish() {
    checkOpen();
    try (EntrySorter byHash = new EntrySorter(folder, "by-hash", sortBytes)) {
      TreeBuilder builder = new TreeBuilder();
      SstFiles latest = new SstFiles(folder, Family.LATEST, database.fileOptions(Family.LATEST));
      SstFiles keys = new SstFiles(folder, Family.KEYS, database.fileOptions(Family.KEYS));
      try (latest;
          keys) {
        writeEntries(latest, byHash, builder);
        ForkJoinTask<SparseMerkleTree> tree = ForkJoinPool.commonPool().submit(builder::build);
        writeKeys(keys, byHash);
        ingest(Family.LATEST, latest);
        ingest(Family.KEYS, keys);
        RocksBulkStore store = new RocksBulkStore(number, tree.join());
        onFinish.accept(store);
        return store;
      }
    } finally {
      close();
    }
  }

  private void writeEntries(SstFiles files, EntrySorter byHash, TreeBuilder builder) {
    LeafPipeline pipeline =
        new LeafPipeline(
            (keys, leaves) -> {
              builder.add(leaves);
              for (int i = 0; i < keys.size(); i++) {
                int offset = i * 2 * Hasher.SIZE;
                byHash.add(Arrays.copyOfRange(leaves, offset, offset + Hasher.SIZE), keys.get(i));
              }
            });
    try (Cursor entries = byKey.sorted()) {
      while (entries.next()) {
        byte[] key = entries.key();
        byte[] value = Entries.present(entries.value());
        files.put(Rows.row(number, key), value);
        pipeline.add(key, value);
      }
    }
    pipeline.finish();
  }

  private void writeKeys(SstFiles files, EntrySorter byHash) {
    try (Cursor keys = byHash.sorted()) {
      while (keys.next()) {
        files.put(Rows.row(number, keys.key()), Entries.present(keys.value()));
      }
    }
  }

  private void ingest(Family family, SstFiles files) {
    if (!files.finish().isEmpty()) {
      database.ingest(family, files.finish());
    }
  }

  private void checkOpen() {
    if (done) {
      throw new IllegalStateException("the bulk writer is finished or closed");
    }
  }

  @Override
  public void close() {
    if (!done) {
      done = true;
      byKey.close();
      removeFolder(folder);
    }
  }

  /** Removes a folder of files; nothing happens where there is none. */
  static void removeFolder(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (var files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("a bulk writer's folder can't be removed: " + folder, e);
    }
  }
}

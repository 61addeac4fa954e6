package io.segue.bundles.store.rocksdb.database;

import io.segue.bundles.rocksdb.DatabaseFolder;
import io.segue.kernel.api.store.StoreFullException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.IngestExternalFileOptions;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Snapshot;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The RocksDB below the store: opens it, and keeps what is native from being used after it was
 * closed, which would end the process.
 *
 * <p>Thread safety: every method may be called by any thread; {@link #close} waits for the others.
 */
public final class Database implements AutoCloseable {
  private final Path directory;
  private final Tuning tuning;
  private final RocksDB db;
  private final List<ColumnFamilyHandle> families;
  private final WriteOptions synced;
  private final WriteOptions unsynced;
  private final ReentrantReadWriteLock life = new ReentrantReadWriteLock();
  private boolean closed;

  /** Runs after each synced write; a test lets one fail here that did reach the disk. */
  private Runnable written = () -> {};

  private Database(Path directory, Tuning tuning, RocksDB db, List<ColumnFamilyHandle> families) {
    this.directory = directory;
    this.tuning = tuning;
    this.db = db;
    this.families = families;
    this.synced = new WriteOptions().setSync(true).setMemtableInsertHintPerBatch(true);
    this.unsynced = new WriteOptions().setMemtableInsertHintPerBatch(true);
  }

  /**
   * Opens the database in a folder, which is made where it does not exist.
   *
   * @throws UncheckedIOException where it can't be opened; the message says why
   * @throws io.segue.kernel.api.store.StoreFullException where that is for want of room
   */
  public static Database open(Path directory, StoreOptions options) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("the state folder " + directory + " can't be made", e);
    }
    try {
      DatabaseFolder.prepare(directory);
    } catch (IOException e) {
      throw refused(directory, e);
    }
    RocksDB.loadLibrary();
    Tuning tuning = new Tuning(options);
    List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
    for (Family family : Family.values()) {
      descriptors.add(
          new ColumnFamilyDescriptor(family.rocksName(), tuning.kept(tuning.family(family))));
    }
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    DBOptions dbOptions = tuning.database();
    try {
      RocksDB db = RocksDB.open(dbOptions, directory.toString(), descriptors, handles);
      return new Database(directory, tuning, db, handles);
    } catch (RocksDBException e) {
      tuning.close();
      throw refused(directory, e);
    }
  }

  private static RuntimeException refused(Path directory, Exception e) {
    if (DiskErrors.isFull(e, directory)) {
      return new StoreFullException("the state in " + directory + " can't be opened", e);
    }
    String reason = String.valueOf(e.getMessage());
    String text =
        reason.contains("LOCK") || reason.contains("lock hold")
            ? "the state folder " + directory + " is in use by another node or store; stop that one"
            : "the state folder "
                + directory
                + " can't be opened; put a checkpoint in its place, or stop the node and remove"
                + " data/state: the node makes it again from data/blocks where all of them are"
                + " kept";
    return new UncheckedIOException(new IOException(text + " (" + reason + ")", e));
  }

  public Path directory() {
    return directory;
  }

  public byte @Nullable [] get(Family family, byte[] key) {
    return with(db -> db.get(handle(family), key));
  }

  byte @Nullable [] get(Family family, ReadOptions options, byte[] key) {
    return with(db -> db.get(handle(family), options, key));
  }

  /** The latest values by the place of their keys; null where there is none. */
  public List<byte @Nullable []> get(Family family, List<byte[]> keys) {
    return with(db -> db.multiGetAsList(Collections.nCopies(keys.size(), handle(family)), keys));
  }

  /** Values by the place of their keys; null where there is none. */
  List<byte @Nullable []> get(Family family, ReadOptions options, List<byte[]> keys) {
    return with(
        db -> db.multiGetAsList(options, Collections.nCopies(keys.size(), handle(family)), keys));
  }

  RocksIterator iterator(Family family, ReadOptions options) {
    return with(db -> db.newIterator(handle(family), options));
  }

  Snapshot snapshot() {
    return with(RocksDB::getSnapshot);
  }

  /** Gives a snapshot back; nothing is left to do once this is closed. */
  void release(Snapshot snapshot) {
    life.readLock().lock();
    try {
      if (!closed) {
        db.releaseSnapshot(snapshot);
      }
    } finally {
      life.readLock().unlock();
    }
  }

  /** Writes a batch as one; it is on the disk when this returns. */
  void writeSynced(WriteBatch batch) {
    write(batch, synced);
    written.run();
  }

  public void onWritten(Runnable given) {
    written = given;
  }

  /** Writes a batch that nothing refers to before a synced one is written. */
  void writeUnsynced(WriteBatch batch) {
    write(batch, unsynced);
  }

  private void write(WriteBatch batch, WriteOptions options) {
    with(
        db -> {
          db.write(options, batch);
          return db;
        });
  }

  /** Takes over files of sorted rows; the files are gone afterwards. */
  public void ingest(Family family, List<String> files) {
    try (IngestExternalFileOptions options =
        new IngestExternalFileOptions().setMoveFiles(true).setAllowBlockingFlush(false)) {
      with(
          db -> {
            db.ingestExternalFile(handle(family), files, options);
            return db;
          });
    }
  }

  /** Gives the space of deleted rows back, which may take long; does not disturb other writers. */
  void compact(Family family, byte[] from, byte[] to) {
    try (CompactRangeOptions options =
        new CompactRangeOptions().setExclusiveManualCompaction(false)) {
      with(
          db -> {
            db.compactRange(handle(family), from, to, options);
            return db;
          });
    }
  }

  public void checkpoint(Path target) throws IOException {
    try {
      with(
          db -> {
            try (Checkpoint checkpoint = Checkpoint.create(db)) {
              checkpoint.createCheckpoint(target.toString());
            }
            return db;
          });
    } catch (UncheckedIOException e) {
      throw new IOException("no checkpoint could be made in " + target, e);
    }
  }

  /** Options for files to be ingested; the caller closes them. */
  public Options fileOptions(Family family) {
    return with(
        db -> {
          try (DBOptions general = new DBOptions();
              ColumnFamilyOptions rows = tuning.family(family)) {
            return new Options(general, rows);
          }
        });
  }

  /**
   * Keeps the database from being closed until {@link #leave}, which the same thread calls.
   *
   * @throws IllegalStateException where it is closed
   */
  void enter() {
    life.readLock().lock();
    if (closed) {
      life.readLock().unlock();
      throw new IllegalStateException("the state store in " + directory + " is closed");
    }
  }

  void leave() {
    life.readLock().unlock();
  }

  /** Only for who has entered. */
  ColumnFamilyHandle handle(Family family) {
    return families.get(family.ordinal());
  }

  private <T> T with(Action<T> action) {
    enter();
    try {
      return action.apply(db);
    } catch (RocksDBException e) {
      throw DiskErrors.of("RocksDB", directory, e);
    } finally {
      leave();
    }
  }

  @Override
  public void close() {
    // Ends a compaction that the lock would wait for.
    stopBackgroundWork();
    life.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        synced.close();
        unsynced.close();
        families.forEach(ColumnFamilyHandle::close);
        db.close();
        tuning.close();
      }
    } finally {
      life.writeLock().unlock();
    }
  }

  private void stopBackgroundWork() {
    life.readLock().lock();
    try {
      if (!closed) {
        db.cancelAllBackgroundWork(false);
      }
    } finally {
      life.readLock().unlock();
    }
  }

  /** Kinds of rows; see {@link Rows}. */
  public enum Family {
    DEFAULT,
    META,
    LATEST,
    KEYS,
    CHANGES;

    byte[] rocksName() {
      return this == DEFAULT
          ? RocksDB.DEFAULT_COLUMN_FAMILY
          : name().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
    }
  }

  @FunctionalInterface
  private interface Action<T> {
    T apply(RocksDB db) throws RocksDBException;
  }
}

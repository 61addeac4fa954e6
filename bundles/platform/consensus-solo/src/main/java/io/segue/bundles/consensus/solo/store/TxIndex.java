package io.segue.bundles.consensus.solo.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.segue.bundles.rocksdb.DamagedDatabaseException;
import io.segue.bundles.rocksdb.DatabaseFolder;
import io.segue.kernel.api.engine.Engine.Comparison;
import io.segue.kernel.api.engine.Engine.Condition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompressionType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where transactions and blocks are found, by hash and by event. All of it follows from the block
 * store: what a crash loses is made again, and a removed folder as well.
 *
 * <pre>
 * 'n'                                     u64 height up to which all is indexed, in this layout
 * 'b' block hash (32)                     u64 height
 * 'h' hash (32)                           u64 height, u32 index
 * 't' height u64                          u32 number of the block's transactions, if there are any
 * 'e' key 00 value 00 height u64          {@link Postings} of the events of one block that have
 *                                         attribute key = value
 * 'E' key 00 value 00 height u64          the same of the block's own events; their transaction is
 *                                         always 0
 * </pre>
 *
 * A folder of an older layout, whose mark is {@code 'm'}, lacks rows of blocks: all is indexed
 * again over it, without a word from the operator.
 *
 * <p>Numbers are big endian. Thread safe; one thread writes.
 */
public final class TxIndex implements AutoCloseable {
  static {
    RocksDB.loadLibrary();
  }

  private static final Logger log = LoggerFactory.getLogger(TxIndex.class);
  private static final byte[] INDEXED = {'n'};
  private static final byte[] INDEXED_BEFORE = {'m'};
  private static final long WRITE_BUFFER_BYTES = 8L << 20;
  private static final long CACHE_BYTES = 8L << 20;

  private final LRUCache cache = new LRUCache(CACHE_BYTES);
  private final BloomFilter filter = new BloomFilter(10);
  private final Options options = new Options();
  private final WriteOptions writeOptions = new WriteOptions();
  private final ReadOptions readOptions = new ReadOptions();
  private final Path directory;

  /** Read side: any use of the database. Write side: closing it, which must wait for all uses. */
  private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();

  private volatile @Nullable RocksDB db;

  /** Whether the database said that its files are damaged. */
  private volatile boolean damaged;

  private boolean closed;

  /** Where a transaction is. */
  public record Location(long height, int index) {}

  /** A row to write. */
  record Row(byte[] key, byte[] value) {}

  /** Opens or creates the index. */
  public TxIndex(Path directory) throws IOException {
    this(directory, true);
    try {
      reopen();
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private TxIndex(Path directory, boolean createIfMissing) {
    this.directory = directory;
    options
        .setCreateIfMissing(createIfMissing)
        .setWriteBufferSize(WRITE_BUFFER_BYTES)
        .setMaxWriteBufferNumber(2)
        .setCompressionType(CompressionType.LZ4_COMPRESSION)
        .setKeepLogFileNum(2)
        .setMaxOpenFiles(256)
        .setTableFormatConfig(
            new BlockBasedTableConfig().setBlockCache(cache).setFilterPolicy(filter));
  }

  /** An index that answers nothing before {@link #reopen} is called, and may be then. */
  public static TxIndex closed(Path directory) {
    return new TxIndex(directory, true);
  }

  /** Whether it can be asked, as far as is known. */
  boolean isOpen() {
    return db != null && !damaged;
  }

  /**
   * Opens the index, again where it was open; waits for those who use it. Files that are damaged
   * are removed: whoever fills the index begins at its start.
   */
  void reopen() throws IOException {
    use.writeLock().lock();
    try {
      if (closed) {
        throw new ClosedChannelException();
      }
      closeDatabase();
      if (damaged) {
        removeFiles("a read found them damaged");
      }
      Files.createDirectories(directory);
      RocksDB opened = open();
      db = opened;
      damaged = false;
      leaveOlderLayout(opened);
    } catch (RocksDBException e) {
      throw new IOException(
          directory + " can't be opened: " + e.getMessage() + "; it may be removed, and is rebuilt",
          e);
    } finally {
      use.writeLock().unlock();
    }
  }

  private void leaveOlderLayout(RocksDB opened) throws RocksDBException {
    if (opened.get(INDEXED_BEFORE) != null) {
      log.info("blocks are to be found by their events, too: {} is made again", directory);
      opened.delete(writeOptions, INDEXED_BEFORE);
    }
  }

  private RocksDB open() throws RocksDBException, IOException {
    try {
      DatabaseFolder.prepare(directory);
      return RocksDB.open(options, directory.toString());
    } catch (DamagedDatabaseException e) {
      removeFiles(String.valueOf(e.getMessage()));
      return RocksDB.open(options, directory.toString());
    } catch (RocksDBException e) {
      if (!isDamage(e) && !String.valueOf(e.getMessage()).contains("No such file")) {
        throw e;
      }
      removeFiles(String.valueOf(e.getMessage()));
      return RocksDB.open(options, directory.toString());
    }
  }

  private static boolean isDamage(RocksDBException e) {
    Status status = e.getStatus();
    return status != null && status.getCode() == Status.Code.Corruption;
  }

  private void removeFiles(String why) throws IOException {
    log.warn("the files in {} are removed and made again: {}", directory, why);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
  }

  private IOException failed(String what, RocksDBException e) {
    if (isDamage(e)) {
      damaged = true;
    }
    return new IOException("the index can't be " + what + ": " + e.getMessage(), e);
  }

  private void closeDatabase() {
    RocksDB present = db;
    db = null;
    if (present != null) {
      present.close();
    }
  }

  /** Height up to which all is indexed; -1 where nothing is. */
  public long indexed() throws IOException {
    byte[] value = get(INDEXED);
    return value.length == 0 ? -1 : ByteBuffer.wrap(value).getLong();
  }

  /** Where the transaction with {@code hash} is. */
  public Optional<Location> find(byte[] hash) throws IOException {
    byte[] value = get(hashKey(hash));
    if (value.length == 0) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(value);
    return Optional.of(new Location(in.getLong(), in.getInt()));
  }

  /** The height of the block with {@code hash}. */
  public Optional<Long> findBlock(byte[] hash) throws IOException {
    byte[] value = get(blockKey(hash));
    return value.length == 0 ? Optional.empty() : Optional.of(ByteBuffer.wrap(value).getLong());
  }

  /** Writes the rows of a block; all or nothing. */
  void put(long height, List<Row> rows) throws IOException {
    try (WriteBatch batch = new WriteBatch()) {
      for (Row row : rows) {
        batch.put(row.key(), row.value());
      }
      batch.put(INDEXED, ByteBuffer.allocate(8).putLong(height).array());
      write(batch);
    } catch (RocksDBException e) {
      throw failed("written", e);
    }
  }

  /** Removes rows. */
  void remove(List<Row> rows) throws IOException {
    try (WriteBatch batch = new WriteBatch()) {
      for (Row row : rows) {
        batch.delete(row.key());
      }
      write(batch);
    } catch (RocksDBException e) {
      throw failed("written", e);
    }
  }

  /**
   * Goes back to a height, as if nothing above it had been indexed; all or nothing.
   *
   * @param above the rows of the blocks above it
   */
  void back(long height, List<Row> above) throws IOException {
    try (WriteBatch batch = new WriteBatch()) {
      for (Row row : above) {
        batch.delete(row.key());
      }
      batch.put(INDEXED, ByteBuffer.allocate(8).putLong(height).array());
      write(batch);
    } catch (RocksDBException e) {
      throw failed("written", e);
    }
  }

  /** Lets {@code work} use streams; the database stays open until it returns. */
  <T> T reading(Reading<T> work) throws IOException {
    use.readLock().lock();
    try {
      throwIfClosed();
      return work.run();
    } finally {
      use.readLock().unlock();
    }
  }

  /** What reads many rows. */
  @FunctionalInterface
  interface Reading<T> {
    T run() throws IOException;
  }

  /** The numbers of transactions of blocks; within {@link #reading} only. */
  RowStream countStream(RowBudget budget) {
    return new PrefixStream(
        database().newIterator(readOptions),
        new byte[] {'t'},
        value -> Postings.all(ByteBuffer.wrap(value).getInt()),
        budget);
  }

  /**
   * The rows that meet a condition on an attribute; within {@link #reading} only.
   *
   * @param kind of events, as {@link IndexRows} has it
   */
  RowStream eventStream(byte kind, Condition condition, HeightRange range, RowBudget budget) {
    if (condition.comparison() == Comparison.EQUAL) {
      return new PrefixStream(
          database().newIterator(readOptions),
          IndexRows.eventPrefix(kind, IndexRows.term(condition.key(), condition.operand())),
          Postings::decode,
          budget);
    }
    byte[] prefix = IndexRows.eventPrefix(kind, IndexRows.keyPrefix(condition.key()));
    Predicate<String> matches = ValueMatch.of(condition);
    CollectedStream collected = new CollectedStream();
    try (RocksIterator rows = database().newIterator(readOptions)) {
      for (rows.seek(prefix); rows.isValid() && startsWith(rows.key(), prefix); rows.next()) {
        budget.take();
        byte[] key = rows.key();
        int valueEnd = key.length - 9;
        long height = ByteBuffer.wrap(key).getLong(valueEnd + 1);
        String value = new String(key, prefix.length, valueEnd - prefix.length, UTF_8);
        if (range.has(height) && matches.test(value)) {
          collected.add(height, Postings.decode(rows.value()));
        }
      }
    }
    return collected;
  }

  @Override
  public void close() {
    use.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        closeDatabase();
        readOptions.close();
        writeOptions.close();
        options.close();
        filter.close();
        cache.close();
      }
    } finally {
      use.writeLock().unlock();
    }
  }

  static byte[] blockKey(byte[] hash) {
    return ByteBuffer.allocate(1 + hash.length).put((byte) 'b').put(hash).array();
  }

  static byte[] hashKey(byte[] hash) {
    return ByteBuffer.allocate(1 + hash.length).put((byte) 'h').put(hash).array();
  }

  private static boolean startsWith(byte[] key, byte[] prefix) {
    int length = prefix.length;
    return key.length >= length + 9 && Arrays.equals(key, 0, length, prefix, 0, length);
  }

  private byte[] get(byte[] key) throws IOException {
    use.readLock().lock();
    try {
      throwIfClosed();
      byte[] value = database().get(key);
      return value == null ? new byte[0] : value;
    } catch (RocksDBException e) {
      throw failed("read", e);
    } finally {
      use.readLock().unlock();
    }
  }

  private void write(WriteBatch batch) throws IOException {
    use.readLock().lock();
    try {
      throwIfClosed();
      database().write(writeOptions, batch);
    } catch (RocksDBException e) {
      throw failed("written", e);
    } finally {
      use.readLock().unlock();
    }
  }

  /** The database; only under the read lock. */
  private RocksDB database() {
    RocksDB present = db;
    if (present == null) {
      throw new IllegalStateException("the index is not open");
    }
    return present;
  }

  private void throwIfClosed() throws IOException {
    if (closed) {
      throw new ClosedChannelException();
    }
    if (db == null) {
      throw new IOException(directory + " is not open yet; see node:status");
    }
  }
}

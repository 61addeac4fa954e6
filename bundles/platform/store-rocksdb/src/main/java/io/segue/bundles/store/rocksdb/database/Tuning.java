package io.segue.bundles.store.rocksdb.database;

import io.segue.bundles.store.rocksdb.database.Database.Family;
import java.util.ArrayDeque;
import java.util.Deque;
import org.rocksdb.AbstractNativeReference;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;

/** RocksDB's settings, and the native objects that hold them. */
final class Tuning implements AutoCloseable {
  private static final long MIB = 1 << 20;

  /** The log is replayed at start, about 60 MiB a second. */
  private static final long MAX_LOG_BYTES = 64 * MIB;

  private static final long BYTES_PER_SYNC = MIB;
  private static final int BACKGROUND_JOBS = 2;
  private static final int OPEN_FILES = 512;
  private static final int BLOOM_BITS = 10;
  private static final long MIN_BLOB_BYTES = 4096;
  private static final long BLOB_FILE_BYTES = 64 * MIB;
  private static final int KEPT_INFO_LOGS = 2;
  private static final long MAX_INFO_LOG_BYTES = 4 * MIB;

  private final StoreOptions options;
  private final Cache cache;
  private final BloomFilter bloom = new BloomFilter(BLOOM_BITS);
  private final Deque<AbstractNativeReference> natives = new ArrayDeque<>();

  Tuning(StoreOptions options) {
    this.options = options;
    this.cache = new LRUCache(options.blockCacheMb() * MIB);
    natives.push(cache);
    natives.push(bloom);
  }

  DBOptions database() {
    return kept(
        new DBOptions()
            .setCreateIfMissing(true)
            .setCreateMissingColumnFamilies(true)
            .setMaxTotalWalSize(MAX_LOG_BYTES)
            .setBytesPerSync(BYTES_PER_SYNC)
            .setMaxBackgroundJobs(BACKGROUND_JOBS)
            .setMaxOpenFiles(OPEN_FILES)
            .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
            .setKeepLogFileNum(KEPT_INFO_LOGS)
            .setMaxLogFileSize(MAX_INFO_LOG_BYTES)
            .setStatsDumpPeriodSec(0));
  }

  /** The caller closes them. */
  ColumnFamilyOptions family(Family family) {
    ColumnFamilyOptions result = new ColumnFamilyOptions();
    result.setTableFormatConfig(
        new BlockBasedTableConfig()
            .setBlockCache(cache)
            .setFilterPolicy(bloom)
            .setCacheIndexAndFilterBlocks(true)
            .setPinL0FilterAndIndexBlocksInCache(true));
    result.setCompressionType(
        family == Family.LATEST ? CompressionType.LZ4_COMPRESSION : CompressionType.NO_COMPRESSION);
    boolean large = family == Family.LATEST || family == Family.KEYS || family == Family.CHANGES;
    if (large) {
      result.setWriteBufferSize(options.writeBufferMb() * MIB);
    } else {
      result.setWriteBufferSize(MIB);
    }
    result.setLevelCompactionDynamicLevelBytes(true);
    if (family == Family.CHANGES) {
      // Sections are written once and removed in the same order: not worth sorting in.
      result
          .setEnableBlobFiles(true)
          .setMinBlobSize(MIN_BLOB_BYTES)
          .setBlobFileSize(BLOB_FILE_BYTES);
    }
    return result;
  }

  /** Closes it with this. */
  <T extends AbstractNativeReference> T kept(T reference) {
    natives.push(reference);
    return reference;
  }

  @Override
  public void close() {
    natives.forEach(AbstractNativeReference::close);
    natives.clear();
  }
}

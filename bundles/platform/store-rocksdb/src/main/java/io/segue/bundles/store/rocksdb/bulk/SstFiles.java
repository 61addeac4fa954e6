package io.segue.bundles.store.rocksdb.bulk;

import io.segue.bundles.store.rocksdb.database.Database.Family;
import io.segue.bundles.store.rocksdb.database.DiskErrors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.rocksdb.EnvOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileWriter;

/**
 * Writes sorted rows into RocksDB's own files, to be ingested.
 *
 * <p>Thread safety: one thread at a time.
 */
final class SstFiles implements AutoCloseable {
  /** A file that has more bytes of keys and values is followed by another one. */
  private static final long FILE_BYTES = 256L << 20;

  private final Path folder;
  private final Family family;
  private final Options options;
  private final EnvOptions environment = new EnvOptions();
  private final List<String> files = new ArrayList<>();
  private @Nullable SstFileWriter writer;
  private long bytes;

  SstFiles(Path folder, Family family, Options options) {
    this.folder = folder;
    this.family = family;
    this.options = options;
  }

  /** Adds a row; keys must come in ascending order. */
  void put(byte[] row, byte[] value) {
    try {
      SstFileWriter open = writer;
      if (open == null) {
        open = open();
      }
      open.put(row, value);
      bytes += row.length + value.length;
      if (bytes > FILE_BYTES) {
        complete();
      }
    } catch (RocksDBException e) {
      throw failed(e);
    }
  }

  /** The files, complete. */
  List<String> finish() {
    try {
      complete();
    } catch (RocksDBException e) {
      throw failed(e);
    }
    return files;
  }

  private SstFileWriter open() throws RocksDBException {
    SstFileWriter opened = new SstFileWriter(environment, options);
    writer = opened;
    bytes = 0;
    String name = family.name().toLowerCase(Locale.ROOT) + "-" + files.size() + ".sst";
    String file = folder.resolve(name).toString();
    opened.open(file);
    files.add(file);
    return opened;
  }

  private void complete() throws RocksDBException {
    SstFileWriter open = writer;
    if (open != null) {
      writer = null;
      try (open) {
        open.finish();
      }
    }
  }

  private RuntimeException failed(RocksDBException e) {
    return DiskErrors.of("the files of a bulk write", folder, e);
  }

  @Override
  public void close() {
    if (writer != null) {
      writer.close();
      writer = null;
    }
    environment.close();
    options.close();
  }
}

package io.segue.bundles.store.rocksdb.database;

import io.segue.kernel.api.store.StoreFullException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** Tells a full disk, which passes, from one that fails. */
public final class DiskErrors {
  /** A disk with less room than this is the reason for whatever could not be written to it. */
  private static final long NO_ROOM_BYTES = 64 << 10;

  private DiskErrors() {}

  /**
   * What to throw where a file can't be written.
   *
   * @param what what was to be done, such as "the files of a bulk write"
   * @param folder where
   */
  public static RuntimeException of(String what, Path folder, IOException cause) {
    if (isFull(cause, folder)) {
      return new StoreFullException(what + " in " + folder, cause);
    }
    return failed(what, folder, cause);
  }

  /**
   * What to throw where RocksDB refuses.
   *
   * @param what what was to be done
   * @param folder where
   */
  public static RuntimeException of(String what, Path folder, RocksDBException cause) {
    Status status = cause.getStatus();
    if (status != null && status.getSubCode() == Status.SubCode.NoSpace || isFull(cause, folder)) {
      return new StoreFullException(what + " in " + folder, cause);
    }
    return failed(what, folder, cause);
  }

  private static UncheckedIOException failed(String what, Path folder, Exception cause) {
    return new UncheckedIOException(
        new IOException(
            what
                + " in "
                + folder
                + ": "
                + cause.getMessage()
                + "; see that the disk is well, then restart the node",
            cause));
  }

  /** By the text of the system, and by the disk itself where that speaks another language. */
  static boolean isFull(Exception cause, Path folder) {
    String text = String.valueOf(cause.getMessage());
    if (text.contains("No space left on device") || text.contains("Disk quota exceeded")) {
      return true;
    }
    try {
      return Files.getFileStore(folder).getUsableSpace() < NO_ROOM_BYTES;
    } catch (IOException e) {
      return false;
    }
  }
}

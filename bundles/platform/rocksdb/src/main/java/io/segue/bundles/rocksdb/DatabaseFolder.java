package io.segue.bundles.rocksdb;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a folder of RocksDB into a form that RocksDB's reader comes to an end with. It loops for
 * ever on some bytes that are no record, such as the end of a log that is there a second time.
 */
public final class DatabaseFolder {
  private static final Logger log = LoggerFactory.getLogger(DatabaseFolder.class);

  /** A log that is to end where its whole records do. */
  private record Cut(Path file, long wholeBytes) {}

  private DatabaseFolder() {}

  /**
   * To be called before each {@code RocksDB.open} of a folder, which need not exist. Where a log
   * goes on with bytes that are no record, or with changes that it had before, it is cut there:
   * these are rows that were never forced to the disk. A folder that another process has open is
   * left as it is; RocksDB says so. The same process must not have it open.
   *
   * @throws DamagedDatabaseException where more than the end is damaged; nothing is changed then
   * @throws IOException where the files can't be read or written
   */
  public static void prepare(Path folder) throws IOException {
    Path current = folder.resolve("CURRENT");
    if (!Files.exists(current)) {
      return;
    }
    if (isWhole(folder, current)) {
      return;
    }
    try (FileChannel channel =
            FileChannel.open(
                folder.resolve("LOCK"), StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        FileLock lock = channel.tryLock()) {
      if (lock != null) {
        checkManifest(folder, current);
        for (Cut cut : cuts(folder)) {
          cut(cut);
        }
      }
    } catch (OverlappingFileLockException e) {
      log.debug("{} is in use", folder, e);
    }
  }

  /** Looks without a lock: what looks damaged may be what another process just writes. */
  private static boolean isWhole(Path folder, Path current) throws IOException {
    try {
      checkManifest(folder, current);
      return cuts(folder).isEmpty();
    } catch (DamagedDatabaseException e) {
      return false;
    }
  }

  private static void checkManifest(Path folder, Path current) throws IOException {
    String name = Files.readString(current, ISO_8859_1).strip();
    Path manifest = folder.resolve(name.matches("MANIFEST-[0-9]+") ? name : "none");
    if (Files.isRegularFile(manifest)) {
      LogFile.Walk walk = LogFile.manifest(manifest);
      if (walk.end() == LogFile.End.DAMAGED) {
        throw new DamagedDatabaseException(
            manifest + " is damaged behind byte " + walk.wholeBytes());
      }
    }
  }

  private static List<Cut> cuts(Path folder) throws IOException {
    List<Cut> cuts = new ArrayList<>();
    long next = 0;
    for (Path file : logs(folder)) {
      LogFile.Walk walk = LogFile.log(file, next);
      if (!cuts.isEmpty() && walk.firstNumber() > next) {
        throw new DamagedDatabaseException(
            cuts.get(0).file()
                + " is damaged behind byte "
                + cuts.get(0).wholeBytes()
                + ", and later changes stand in "
                + file);
      }
      if (walk.end() == LogFile.End.DAMAGED) {
        cuts.add(new Cut(file, walk.wholeBytes()));
      }
      next = walk.nextNumber();
    }
    return cuts;
  }

  /** The logs, oldest first. */
  private static List<Path> logs(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> name(file).matches("[0-9]{1,18}\\.log"))
          .sorted(Comparator.comparingLong(file -> Long.parseLong(name(file).replace(".log", ""))))
          .toList();
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private static void cut(Cut cut) throws IOException {
    try (FileChannel file = FileChannel.open(cut.file(), StandardOpenOption.WRITE)) {
      log.warn(
          "{} is cut from {} to {} bytes: what follows is no record of it",
          cut.file(),
          file.size(),
          cut.wholeBytes());
      file.truncate(cut.wholeBytes());
      file.force(true);
    }
  }
}

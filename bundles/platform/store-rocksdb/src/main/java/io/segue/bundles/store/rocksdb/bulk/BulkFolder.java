package io.segue.bundles.store.rocksdb.bulk;

import io.segue.bundles.store.rocksdb.database.DamagedStoreException;
import io.segue.bundles.store.rocksdb.database.DiskErrors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one bulk write.
 *
 * <pre>
 * progress         {@link SavedBulk}, exchanged as a whole
 * by-key-n.run     {@link RunFile}s; those that progress counts are complete and durable
 * others           of the completion of the store, which is repeated where it was cut off
 * </pre>
 *
 * <p>Thread safety: one thread at a time.
 */
public final class BulkFolder {
  /** What the names of the files with entries begin with. */
  public static final String BY_KEY = "by-key";

  private static final String PROGRESS = "progress";
  private static final String NEXT_PROGRESS = "progress.new";
  private static final String WHAT = "the files of a bulk write";

  private final Path path;
  private @Nullable SavedBulk saved;

  /**
   * A folder that holds nothing yet.
   *
   * @param start what it is for; null for a write that does not outlive its writer
   */
  BulkFolder(Path path, @Nullable SavedBulk start) {
    this.path = path;
    this.saved = start;
  }

  /** Makes the folder where it is not there. */
  void make() {
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw DiskErrors.of(WHAT, path, e);
    }
  }

  /** The folder that an earlier writer left; null where nothing in it can be gone on with. */
  static @Nullable BulkFolder open(Path path) {
    try {
      SavedBulk found = SavedBulk.decode(Files.readAllBytes(path.resolve(PROGRESS)));
      BulkFolder folder = new BulkFolder(path, found);
      for (RunFile run : folder.runs()) {
        if (!Files.exists(run.path()) || Files.size(run.path()) != run.bytes()) {
          return null;
        }
      }
      return folder;
    } catch (IOException | DamagedStoreException e) {
      return null;
    }
  }

  Path path() {
    return path;
  }

  /** What is kept; null for a write that does not outlive its writer. */
  @Nullable SavedBulk saved() {
    return saved;
  }

  /** The files with the entries that are kept. */
  List<RunFile> runs() {
    List<RunFile> files = new ArrayList<>();
    if (saved != null) {
      for (SavedBulk.Run run : saved.runs()) {
        files.add(new RunFile(run(files.size()), run.entries(), run.bytes()));
      }
    }
    return files;
  }

  private Path run(int number) {
    return path.resolve(EntrySorter.fileName(BY_KEY, number));
  }

  /** Keeps how far the write is; it is on the disk when this returns. */
  void save(SavedBulk next) {
    Path fresh = path.resolve(NEXT_PROGRESS);
    try {
      try (FileChannel channel =
          FileChannel.open(
              fresh,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(next.encode());
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(fresh, path.resolve(PROGRESS), StandardCopyOption.ATOMIC_MOVE);
      force(path);
      force(path.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw DiskErrors.of(WHAT, path, e);
    }
    saved = next;
  }

  /** Makes the names in a folder durable. */
  private static void force(@Nullable Path folder) throws IOException {
    if (folder != null) {
      try (FileChannel channel = FileChannel.open(folder)) {
        channel.force(true);
      }
    }
  }

  /** Removes all that is not kept; the folder itself where nothing is. */
  void clean() {
    Set<Path> kept = new HashSet<>();
    if (Files.exists(path.resolve(PROGRESS))) {
      kept.add(path.resolve(PROGRESS));
      runs().forEach(run -> kept.add(run.path()));
    }
    remove(path, kept);
  }

  /** Removes all of it; a writer can start over. */
  void remove() {
    remove(path, Set.of());
    if (saved != null) {
      saved = SavedBulk.start(saved.identity());
    }
  }

  /** Removes a folder of files; nothing happens where there is none. */
  static void remove(Path folder) {
    remove(folder, Set.of());
  }

  private static void remove(Path folder, Set<Path> kept) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (!kept.contains(file)) {
          Files.delete(file);
        }
      }
      if (kept.isEmpty()) {
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw DiskErrors.of(WHAT + " can't be removed", folder, e);
    }
  }
}

package io.segue.kernel.core.snapshot;

import io.segue.kernel.api.node.FailureText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The snapshots that a node has, in one folder.
 *
 * <pre>
 * {@code <height>/chunks}     all chunks, one after the other
 * {@code <height>/metadata}   see {@link SnapshotMetadata}
 * {@code incoming-*}          being written or fetched; removed at the next start
 * </pre>
 *
 * A snapshot appears whole or not at all, and is synced before it appears.
 *
 * <p>Thread safety: any thread; one at a time makes snapshots.
 */
public final class SnapshotFolder {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotFolder.class);
  private static final String CHUNKS = "chunks";
  private static final String METADATA = "metadata";
  private static final String INCOMING = "incoming-";

  private final Path folder;
  private final SnapshotLimits limits;
  private final NavigableMap<Long, SnapshotMetadata> all = new ConcurrentSkipListMap<>();

  private SnapshotFolder(Path folder, SnapshotLimits limits) {
    this.folder = folder;
    this.limits = limits;
  }

  /**
   * Opens the folder, removing what a killed node left half written.
   *
   * @param last the last committed height: a snapshot above it is of blocks that were taken back
   */
  public static SnapshotFolder open(Path folder, SnapshotLimits limits, long last)
      throws IOException {
    SnapshotFolder opened = new SnapshotFolder(folder, limits);
    if (Files.isDirectory(folder)) {
      opened.read();
      opened.all.tailMap(last, false).keySet().forEach(opened::remove);
    }
    return opened;
  }

  /** The limits that its snapshots keep. */
  public SnapshotLimits limits() {
    return limits;
  }

  /** All of them, the newest first. */
  public List<SnapshotMetadata> list() {
    return List.copyOf(all.descendingMap().values());
  }

  /** The oldest height; empty where there is no snapshot. */
  public Optional<Long> oldest() {
    return Optional.ofNullable(all.firstEntry()).map(Map.Entry::getKey);
  }

  /** A chunk, verified; empty where it is gone, or damaged: then its snapshot is removed. */
  public Optional<byte[]> chunk(long height, int chunk) {
    SnapshotMetadata metadata = all.get(height);
    if (metadata == null || chunk < 0 || chunk >= metadata.chunks()) {
      return Optional.empty();
    }
    Path file = folder.resolve(Long.toString(height)).resolve(CHUNKS);
    ByteBuffer bytes = ByteBuffer.allocate(metadata.length(chunk));
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long offset = metadata.offset(chunk);
      while (bytes.hasRemaining() && channel.read(bytes, offset + bytes.position()) >= 0) {}
    } catch (IOException e) {
      LOG.warn("Chunk {} of {} can't be read: {}", chunk, file, FailureText.of(e));
      return Optional.empty();
    }
    if (!metadata.fits(chunk, bytes.array())) {
      LOG.warn("The snapshot of height {} is damaged at chunk {}, and removed", height, chunk);
      remove(height);
      return Optional.empty();
    }
    return Optional.of(bytes.array());
  }

  /**
   * A new folder to write a snapshot in; what was left of the last one is removed.
   *
   * @param purpose tells those apart that are open at a time
   */
  public Path incoming(String purpose) throws IOException {
    Path incoming = folder.resolve(INCOMING + purpose);
    delete(incoming);
    return Files.createDirectories(incoming);
  }

  /** Where the chunks lie in a folder of {@link #incoming}. */
  public static Path chunks(Path incoming) {
    return incoming.resolve(CHUNKS);
  }

  /** Makes what lies in a folder of {@link #incoming} one of the snapshots; chunks are synced. */
  public SnapshotMetadata publish(Path incoming, long height, byte[] bytes)
      throws IOException, SnapshotException {
    SnapshotMetadata metadata = SnapshotMetadata.read(height, bytes, limits);
    try (FileChannel channel =
        FileChannel.open(
            incoming.resolve(METADATA), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
    }
    sync(incoming);
    delete(folder.resolve(Long.toString(height)));
    Files.move(incoming, folder.resolve(Long.toString(height)), StandardCopyOption.ATOMIC_MOVE);
    sync(folder);
    all.put(height, metadata);
    return metadata;
  }

  /**
   * Removes all but the newest.
   *
   * @param recent how many stay; 0 for all
   */
  public void keep(int recent) {
    while (recent > 0 && all.size() > recent) {
      remove(all.firstKey());
    }
  }

  /** Removes a folder and what lies in it; nothing happens where there is none. */
  public static void delete(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
        for (Path file : files) {
          Files.deleteIfExists(file);
        }
      }
    }
    Files.deleteIfExists(path);
  }

  private void remove(long height) {
    all.remove(height);
    try {
      delete(folder.resolve(Long.toString(height)));
    } catch (IOException e) {
      LOG.warn("The snapshot of height {} can't be removed: {}", height, FailureText.of(e));
    }
  }

  private void read() throws IOException {
    List<Path> paths = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
      found.forEach(paths::add);
    }
    for (Path path : paths) {
      String name = String.valueOf(path.getFileName());
      if (name.startsWith(INCOMING)) {
        LOG.info("removing {}, which was never completed", path);
        delete(path);
      } else if (name.matches("[1-9][0-9]{0,18}")) {
        read(path, Long.parseLong(name));
      }
    }
  }

  private void read(Path path, long height) throws IOException {
    try {
      SnapshotMetadata metadata =
          SnapshotMetadata.read(height, Files.readAllBytes(path.resolve(METADATA)), limits);
      if (Files.size(chunks(path)) != metadata.size()) {
        throw new SnapshotException("its chunks do not have the size that it says");
      }
      all.put(height, metadata);
    } catch (SnapshotException | IOException e) {
      LOG.warn("The snapshot {} is removed: {}", path, FailureText.of(e));
      delete(path);
    }
  }

  private static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}

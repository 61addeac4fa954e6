package io.segue.bundles.consensus.solo.store;

import io.segue.bundles.consensus.solo.store.Segment.Entry;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An append-only log of records by height, cut into files of whole heights. Nothing is ever written
 * in place: a record that stands for a height and kind a second time replaces the first.
 *
 * <p><b>After a crash.</b> The newest file is walked from its start. What is not a whole record,
 * and what does not fit its checksum among the last records, was never promised to anyone and is
 * cut off.
 *
 * <p><b>Thread safety.</b> One thread appends; any thread reads, also while another appends or
 * removes old files.
 */
final class BlockLog implements AutoCloseable {
  /** A new file is begun once the newest one has this size. */
  static final long SEGMENT_BYTES = 128L << 20;

  /** So many records at the end are checked against their checksums at start. */
  private static final int CHECKED_RECORDS = 4;

  private static final String SUFFIX = ".log";
  private static final Logger log = LoggerFactory.getLogger(BlockLog.class);

  private final Path directory;
  private final long segmentBytes;
  private final long segmentHeights;
  private final ConcurrentSkipListMap<Long, IndexedSegment> segments =
      new ConcurrentSkipListMap<>();

  /** A record's place. */
  record Place(Segment segment, long offset) {}

  /**
   * Opens or creates a log.
   *
   * @param segmentHeights a new file is begun after so many heights as well; what is removed later
   *     is removed by files
   */
  BlockLog(Path directory, long segmentBytes, long segmentHeights) throws IOException {
    this(directory, segmentBytes, segmentHeights, false);
  }

  private BlockLog(Path directory, long segmentBytes, long segmentHeights, boolean readOnly)
      throws IOException {
    this.directory = directory;
    this.segmentBytes = segmentBytes;
    this.segmentHeights = segmentHeights;
    if (!readOnly) {
      Files.createDirectories(directory);
    }
    for (Path file : segmentFiles()) {
      String name = file.getFileName().toString();
      long first = Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
      segments.put(first, new IndexedSegment(readOnly ? Segment.read(file) : Segment.open(file)));
    }
    if (!readOnly && !segments.isEmpty()) {
      cutTornTail(segments.lastEntry().getValue().segment());
    }
  }

  /** Opens the log of another process for reading, as it is now; whatever is torn stays. */
  static BlockLog read(Path directory) throws IOException {
    return new BlockLog(directory, 0, 0, true);
  }

  /** Height of the newest record of {@code kind}; empty where there is none. */
  Optional<Long> lastHeight(int kind) throws IOException {
    for (IndexedSegment segment : segments.descendingMap().values()) {
      Optional<Long> last = segment.places().lastHeight(kind);
      if (last.isPresent()) {
        return last;
      }
    }
    return Optional.empty();
  }

  /** Height of the oldest record of {@code kind}; empty where there is none. */
  Optional<Long> firstHeight(int kind) throws IOException {
    for (IndexedSegment segment : segments.values()) {
      Optional<Long> first = segment.places().firstHeight(kind);
      if (first.isPresent()) {
        return first;
      }
    }
    return Optional.empty();
  }

  /** Where the record of a kind and height is. */
  Optional<Place> find(int kind, long height) throws IOException {
    Map.Entry<Long, IndexedSegment> entry = segments.floorEntry(height);
    if (entry == null) {
      return Optional.empty();
    }
    long offset = entry.getValue().places().offset(kind, height);
    return offset < 0
        ? Optional.empty()
        : Optional.of(new Place(entry.getValue().segment(), offset));
  }

  /**
   * Appends a record, whose payload is two pieces. It survives the end of this process at once, and
   * that of the machine after {@link #force}.
   */
  void append(int kind, long height, byte[] first, byte[] second, int secondBytes)
      throws IOException {
    Map.Entry<Long, IndexedSegment> newest = segments.lastEntry();
    boolean startsFile =
        newest == null
            || height > newest.getValue().places().highest()
                && (newest.getValue().segment().size() >= segmentBytes
                    || height - newest.getKey() >= segmentHeights);
    IndexedSegment segment = startsFile ? startFile(height) : newest.getValue();
    long offset = segment.segment().append(kind, height, first, second, secondBytes);
    segment.places().put(kind, height, offset);
  }

  /** Makes everything appended so far survive the end of the machine. */
  void force() throws IOException {
    segments.lastEntry().getValue().segment().force();
  }

  /** Removes files that hold nothing but heights below {@code height}. */
  void removeBelow(long height) throws IOException {
    while (segments.size() > 1) {
      Long second = segments.higherKey(segments.firstKey());
      if (second == null || second > height) {
        return;
      }
      segments.pollFirstEntry().getValue().segment().delete();
    }
  }

  /** Removes all records of heights above {@code height}, for good; nobody may read meanwhile. */
  void removeAbove(long height) throws IOException {
    while (!segments.isEmpty() && segments.lastKey() > height) {
      segments.pollLastEntry().getValue().segment().delete();
    }
    Map.Entry<Long, IndexedSegment> newest = segments.pollLastEntry();
    if (newest == null) {
      return;
    }
    Segment segment = newest.getValue().segment();
    long end = Segment.FILE_HEADER_BYTES;
    Entry entry = segment.entryAt(end);
    while (entry != null && entry.height() <= height) {
      end = entry.end();
      entry = segment.entryAt(end);
    }
    segment.truncate(end);
    segment.force();
    segments.put(newest.getKey(), new IndexedSegment(segment));
  }

  /** First height of the file after the oldest one; empty where there is but one file. */
  Optional<Long> secondFile() {
    return segments.size() < 2
        ? Optional.empty()
        : Optional.ofNullable(segments.higherKey(segments.firstKey()));
  }

  @Override
  public void close() throws IOException {
    for (IndexedSegment segment : segments.values()) {
      segment.segment().close();
    }
  }

  private IndexedSegment startFile(long height) throws IOException {
    if (!segments.isEmpty()) {
      force();
    }
    Segment segment =
        Segment.create(directory.resolve(String.format(Locale.ROOT, "%020d%s", height, SUFFIX)));
    IndexedSegment indexed = new IndexedSegment(segment);
    segments.put(height, indexed);
    return indexed;
  }

  private List<Path> segmentFiles() throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
      stream.forEach(files::add);
    }
    Collections.sort(files);
    return files;
  }

  private static void cutTornTail(Segment segment) throws IOException {
    List<Entry> last = new ArrayList<>();
    long end = Segment.FILE_HEADER_BYTES;
    for (Entry entry = segment.entryAt(end); entry != null; entry = segment.entryAt(end)) {
      last.add(entry);
      if (last.size() > CHECKED_RECORDS) {
        last.remove(0);
      }
      end = entry.end();
    }
    for (Entry entry : last) {
      try {
        segment.payload(entry.offset());
      } catch (DamagedRecordException e) {
        end = entry.offset();
        break;
      }
    }
    if (end < segment.size()) {
      log.warn("cut {} bytes that a crash left at the end of the block log", segment.size() - end);
      segment.truncate(end);
    }
  }

  /** A file with the places of its records, which are read again where memory was short. */
  private static final class IndexedSegment {
    private final Segment segment;
    private SoftReference<Places> places = new SoftReference<>(null);

    IndexedSegment(Segment segment) {
      this.segment = segment;
    }

    Segment segment() {
      return segment;
    }

    synchronized Places places() throws IOException {
      Places known = places.get();
      if (known == null) {
        known = new Places();
        long at = Segment.FILE_HEADER_BYTES;
        for (Entry entry = segment.entryAt(at); entry != null; entry = segment.entryAt(at)) {
          known.put(entry.kind(), entry.height(), entry.offset());
          at = entry.end();
        }
        places = new SoftReference<>(known);
      }
      return known;
    }
  }
}

package io.segue.bundles.consensus.solo.store;

import io.segue.bundles.consensus.solo.store.Segment.Entry;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An append-only log of records by height, cut into files of whole heights. Nothing is ever written
 * in place: a record that stands for a height and kind a second time replaces the first.
 *
 * <p><b>After a crash.</b> The newest file is walked from its start, as far as there are whole
 * records of known kinds in order of heights. What follows, and what does not fit its checksum
 * among the last records, was never promised to anyone and is cut off.
 *
 * <p><b>A disk that fails.</b> What was appended since the last {@link #force} is kept in memory.
 * Where a write or a force fails nobody knows what of it is on the disk: before the next one the
 * file is cut back to the last force, and all of it is written again. So a failed append leaves
 * nothing, and whoever calls again gets what it would have got.
 *
 * <p><b>Thread safety.</b> One thread appends; any thread reads, also while another appends or
 * removes old files.
 */
final class BlockLog implements AutoCloseable {
  /** A new file is begun once the newest one has this size. */
  static final long SEGMENT_BYTES = 128L << 20;

  /** So many records at the end are checked against their checksums at start. */
  private static final int CHECKED_RECORDS = 4;

  /** A file is called after its first height. */
  private static final Pattern NAME = Pattern.compile("([0-9]{20})\\.log");

  private static final Logger log = LoggerFactory.getLogger(BlockLog.class);

  private final FileOpener files;
  private final Path directory;
  private final long segmentBytes;
  private final long segmentHeights;
  private final ConcurrentSkipListMap<Long, IndexedSegment> segments =
      new ConcurrentSkipListMap<>();

  /** Appended after the last force, all in the newest file. Writer's thread only. */
  private final List<Unforced> unforced = new ArrayList<>();

  /** Size of the newest file at the last force. Writer's thread only. */
  private long forcedBytes;

  /** Whether a write or a force has failed since. Writer's thread only. */
  private boolean torn;

  /** A record that may have to be written again. */
  private record Unforced(int kind, long height, byte[] first, byte[] second, int secondBytes) {}

  /** A record's place. */
  record Place(Segment segment, long offset) {}

  /**
   * Opens or creates a log.
   *
   * @param segmentHeights a new file is begun after so many heights as well; what is removed later
   *     is removed by files
   */
  BlockLog(Path directory, long segmentBytes, long segmentHeights) throws IOException {
    this(FileChannel::open, directory, segmentBytes, segmentHeights, false);
  }

  /** The same, whose files are opened in another way. */
  BlockLog(FileOpener files, Path directory, long segmentBytes, long segmentHeights)
      throws IOException {
    this(files, directory, segmentBytes, segmentHeights, false);
  }

  private BlockLog(
      FileOpener files, Path directory, long segmentBytes, long segmentHeights, boolean readOnly)
      throws IOException {
    this.files = files;
    this.directory = directory;
    this.segmentBytes = segmentBytes;
    this.segmentHeights = segmentHeights;
    if (!readOnly) {
      DurableFolders.create(directory);
    }
    for (Map.Entry<Long, Path> file : segmentFiles().entrySet()) {
      long first = file.getKey();
      Segment segment =
          readOnly ? Segment.read(files, file.getValue()) : Segment.open(files, file.getValue());
      segments.put(first, new IndexedSegment(segment, first));
    }
    if (!readOnly && !segments.isEmpty()) {
      IndexedSegment newest = segments.lastEntry().getValue();
      newest.cutTornTail();
      forcedBytes = newest.segment().size();
    }
  }

  /** Opens the log of another process for reading, as it is now; whatever is torn stays. */
  static BlockLog read(Path directory) throws IOException {
    return new BlockLog(FileChannel::open, directory, 0, 0, true);
  }

  /** Height of the newest record of {@code kind}; empty where there is none. */
  Optional<Long> lastHeight(int kind) throws IOException {
    for (IndexedSegment segment : segments.descendingMap().values()) {
      Optional<Long> last = segment.offsets().lastHeight(kind);
      if (last.isPresent()) {
        return last;
      }
    }
    return Optional.empty();
  }

  /** Height of the oldest record of {@code kind}; empty where there is none. */
  Optional<Long> firstHeight(int kind) throws IOException {
    for (IndexedSegment segment : segments.values()) {
      Optional<Long> first = segment.offsets().firstHeight(kind);
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
    long offset = entry.getValue().offsets().offset(kind, height);
    return offset < 0
        ? Optional.empty()
        : Optional.of(new Place(entry.getValue().segment(), offset));
  }

  /**
   * Appends a record, whose payload is two pieces, which are the log's from now on. It survives the
   * end of this process at once, and that of the machine after {@link #force}.
   */
  void append(int kind, long height, byte[] first, byte[] second, int secondBytes)
      throws IOException {
    writeAgain();
    Unforced record = new Unforced(kind, height, first, second, secondBytes);
    torn = true;
    Map.Entry<Long, IndexedSegment> newest = segments.lastEntry();
    boolean startsFile =
        newest == null
            || height > newest.getValue().offsets().highest()
                && (newest.getValue().segment().size() >= segmentBytes
                    || height - newest.getKey() >= segmentHeights);
    (startsFile ? startFile(height) : newest.getValue()).append(record);
    torn = false;
    unforced.add(record);
  }

  /** Makes everything appended so far survive the end of the machine. */
  void force() throws IOException {
    writeAgain();
    torn = true;
    forceNewest();
    torn = false;
  }

  private void forceNewest() throws IOException {
    Map.Entry<Long, IndexedSegment> newest = segments.lastEntry();
    if (newest != null) {
      newest.getValue().segment().force();
      forcedBytes = newest.getValue().segment().size();
      unforced.clear();
    }
  }

  /** A force that failed once may say that all is well when nothing is: so all is written again. */
  private void writeAgain() throws IOException {
    Map.Entry<Long, IndexedSegment> newest = segments.lastEntry();
    if (!torn || newest == null) {
      torn = false;
      return;
    }
    IndexedSegment segment = newest.getValue();
    segment.cut(forcedBytes);
    for (Unforced record : unforced) {
      segment.append(record);
    }
    torn = false;
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
    force();
    while (!segments.isEmpty() && segments.lastKey() > height) {
      segments.pollLastEntry().getValue().segment().delete();
    }
    Map.Entry<Long, IndexedSegment> newest = segments.pollLastEntry();
    if (newest == null) {
      return;
    }
    newest.getValue().cutAbove(height);
    segments.put(newest.getKey(), newest.getValue());
    forceNewest();
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
    forceNewest();
    Path file = directory.resolve(String.format(Locale.ROOT, "%020d.log", height));
    Segment segment = Segment.create(files, file);
    try {
      segment.force();
      try (FileChannel folder = files.open(directory)) {
        folder.force(true);
      }
    } catch (IOException e) {
      segment.close();
      throw e;
    }
    IndexedSegment indexed = new IndexedSegment(segment, height);
    segments.put(height, indexed);
    forcedBytes = segment.size();
    return indexed;
  }

  private SortedMap<Long, Path> segmentFiles() throws IOException {
    SortedMap<Long, Path> found = new TreeMap<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      for (Path file : stream) {
        Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
        if (name.matches()) {
          found.put(Long.parseLong(name.group(1)), file);
        }
      }
    }
    return found;
  }

  /** A file with the places of its records, which are read again where memory was short. */
  private static final class IndexedSegment {
    private final Segment segment;
    private final long first;
    private SoftReference<RecordOffsets> offsets = new SoftReference<>(null);

    /**
     * A file.
     *
     * @param first its first height, after which it is called
     */
    IndexedSegment(Segment segment, long first) {
      this.segment = segment;
      this.first = first;
    }

    Segment segment() {
      return segment;
    }

    void append(Unforced record) throws IOException {
      RecordOffsets known = offsets();
      long offset =
          segment.append(
              record.kind(),
              record.height(),
              record.first(),
              record.second(),
              record.secondBytes());
      known.put(record.kind(), record.height(), offset);
    }

    synchronized RecordOffsets offsets() throws IOException {
      RecordOffsets known = offsets.get();
      if (known == null) {
        RecordOffsets read = new RecordOffsets();
        for (Entry entry = next(null); entry != null; entry = next(entry)) {
          read.put(entry.kind(), entry.height(), entry.offset());
        }
        known = read;
        offsets = new SoftReference<>(read);
      }
      return known;
    }

    /** Removes all behind a place between two records. */
    synchronized void cut(long end) throws IOException {
      offsets = new SoftReference<>(null);
      segment.truncate(end);
    }

    void cutAbove(long height) throws IOException {
      long end = Segment.FILE_HEADER_BYTES;
      Entry entry = next(null);
      while (entry != null && entry.height() <= height) {
        end = entry.end();
        entry = next(entry);
      }
      cut(end);
    }

    void cutTornTail() throws IOException {
      Deque<Entry> last = new ArrayDeque<>();
      long end = Segment.FILE_HEADER_BYTES;
      for (Entry entry = next(null); entry != null; entry = next(entry)) {
        last.add(entry);
        if (last.size() > CHECKED_RECORDS) {
          last.remove();
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
        log.warn(
            "cut {} bytes that a crash left at the end of the block log", segment.size() - end);
        cut(end);
      }
    }

    /** The record after one, or the first; null where none follows that is in order. */
    private @Nullable Entry next(@Nullable Entry before) throws IOException {
      Entry entry = segment.entryAt(before == null ? Segment.FILE_HEADER_BYTES : before.end());
      if (entry == null || !RecordOffsets.has(entry.kind())) {
        return null;
      }
      boolean ordered =
          before == null
              ? entry.height() == first
              : entry.height() == before.height() || entry.height() == before.height() + 1;
      return ordered ? entry : null;
    }
  }
}

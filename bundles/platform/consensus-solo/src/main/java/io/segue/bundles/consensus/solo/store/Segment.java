package io.segue.bundles.consensus.solo.store;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One file of a {@link BlockLog}: a header and then records, one after the other.
 *
 * <pre>
 * file      0  8 bytes   "SEGUEBL1"
 *           8  records
 * record    0  u32       length of the payload
 *           4  u32       CRC-32C of all that follows in the record
 *           8  u8        kind
 *           9  u64       height
 *          17  payload
 * </pre>
 *
 * All numbers are big endian. Reads may come from any thread; writes from one.
 */
final class Segment implements AutoCloseable {
  static final int RECORD_HEADER_BYTES = 17;
  static final int FILE_HEADER_BYTES = 8;

  private static final byte[] MAGIC = {'S', 'E', 'G', 'U', 'E', 'B', 'L', '1'};

  /** What a file has there whose length reached the disk before its bytes. */
  private static final byte[] NO_MAGIC = new byte[MAGIC.length];

  /** Reads and writes go through pieces of this size, so that no thread pins a larger buffer. */
  private static final int PIECE_BYTES = 65536;

  private final FileOpener files;
  private final Path file;
  private final FileChannel writer;
  private volatile FileChannel reader;
  private volatile long size;
  private volatile boolean closed;

  /** Where a record starts and what it is. */
  record Entry(long offset, int kind, long height, int payloadBytes) {
    long end() {
      return offset + RECORD_HEADER_BYTES + payloadBytes;
    }
  }

  private Segment(FileOpener files, Path file, OpenOption... options) throws IOException {
    this.files = files;
    this.file = file;
    // Where it is only read the writer refuses to write.
    this.writer = files.open(file, options);
    this.reader = files.open(file, StandardOpenOption.READ);
    this.size = writer.size();
  }

  /** Makes a file; one that is there already was never completed. */
  static Segment create(FileOpener files, Path file) throws IOException {
    Segment segment =
        new Segment(
            files,
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    segment.begin();
    return segment;
  }

  /** Opens a file; one that a crash kept from getting its header begins again. */
  static Segment open(FileOpener files, Path file) throws IOException {
    Segment segment = new Segment(files, file, StandardOpenOption.WRITE);
    if (segment.size < FILE_HEADER_BYTES || Arrays.equals(segment.magic(), NO_MAGIC)) {
      segment.begin();
    } else {
      segment.requireMagic();
    }
    return segment;
  }

  private void begin() throws IOException {
    try {
      truncate(0);
      size = write(MAGIC, MAGIC.length, 0);
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  /** Opens a file that another process may write; what it appends from now on is not seen. */
  static Segment read(FileOpener files, Path file) throws IOException {
    Segment segment = new Segment(files, file, StandardOpenOption.READ);
    if (segment.size >= FILE_HEADER_BYTES) {
      segment.requireMagic();
    }
    return segment;
  }

  private void requireMagic() throws IOException {
    if (!Arrays.equals(magic(), MAGIC)) {
      close();
      throw new IOException(
          file + " is no block log of a format this node knows; was data/blocks mixed up?");
    }
  }

  private byte[] magic() throws IOException {
    byte[] magic = new byte[FILE_HEADER_BYTES];
    read(0, magic);
    return magic;
  }

  long size() {
    return size;
  }

  /**
   * Appends a record whose payload is two pieces, and returns where it starts. Where that fails the
   * record is not there, but some of its bytes may stay behind {@link #size}.
   */
  long append(int kind, long height, byte[] first, byte[] second, int secondBytes)
      throws IOException {
    ByteBuffer header = ByteBuffer.allocate(RECORD_HEADER_BYTES);
    header.putInt(first.length + secondBytes).putInt(0).put((byte) kind).putLong(height);
    CRC32C crc = new CRC32C();
    crc.update(header.array(), 8, RECORD_HEADER_BYTES - 8);
    crc.update(first, 0, first.length);
    crc.update(second, 0, secondBytes);
    header.putInt(4, (int) crc.getValue());
    long start = size;
    long end = write(header.array(), RECORD_HEADER_BYTES, start);
    end = write(first, first.length, end);
    size = write(second, secondBytes, end);
    return start;
  }

  /** Makes all of it survive the end of the machine. */
  void force() throws IOException {
    writer.force(false);
  }

  /** The record at {@code offset}; null where none is there, or not all of it. */
  @Nullable Entry entryAt(long offset) throws IOException {
    if (offset + RECORD_HEADER_BYTES > size) {
      return null;
    }
    byte[] header = new byte[RECORD_HEADER_BYTES];
    read(offset, header);
    ByteBuffer fields = ByteBuffer.wrap(header);
    int length = fields.getInt();
    int kind = fields.get(8);
    long height = fields.getLong(9);
    Entry entry = new Entry(offset, kind, height, length);
    return length < 0 || entry.end() > size ? null : entry;
  }

  /** The payload of a record, its checksum verified. */
  byte[] payload(long offset) throws IOException {
    Entry entry = entryAt(offset);
    if (entry == null) {
      throw new EOFException(file + " has no whole record at offset " + offset);
    }
    byte[] record = new byte[RECORD_HEADER_BYTES - 8];
    read(offset + 8, record);
    byte[] payload = new byte[entry.payloadBytes()];
    read(offset + RECORD_HEADER_BYTES, payload);
    CRC32C crc = new CRC32C();
    crc.update(record, 0, record.length);
    crc.update(payload, 0, payload.length);
    byte[] stored = new byte[4];
    read(offset + 4, stored);
    if ((int) crc.getValue() != ByteBuffer.wrap(stored).getInt()) {
      throw new DamagedRecordException(file, offset);
    }
    return payload;
  }

  /** A part of a record's payload; its checksum is not verified. */
  byte[] payloadPart(long offset, int start, int length) throws IOException {
    byte[] part = new byte[length];
    read(offset + RECORD_HEADER_BYTES + start, part);
    return part;
  }

  void truncate(long newSize) throws IOException {
    writer.truncate(newSize);
    size = newSize;
  }

  void delete() throws IOException {
    close();
    Files.deleteIfExists(file);
  }

  @Override
  public void close() throws IOException {
    closed = true;
    writer.close();
    reader.close();
  }

  /**
   * Fills {@code target} from {@code offset}. An interrupt of a reading thread closes the channel
   * it reads from; then another is opened, so that it harms nobody else, and the thread stays
   * interrupted.
   */
  private void read(long offset, byte[] target) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        FileChannel channel = reader;
        try {
          read(channel, offset, target);
          return;
        } catch (ClosedChannelException e) {
          interrupted |= Thread.interrupted();
          replaceReader(channel, e);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private synchronized void replaceReader(FileChannel used, ClosedChannelException why)
      throws IOException {
    if (closed) {
      throw why;
    }
    if (reader == used) {
      reader = files.open(file, StandardOpenOption.READ);
    }
  }

  private void read(FileChannel channel, long offset, byte[] target) throws IOException {
    int done = 0;
    while (done < target.length) {
      int piece = Math.min(PIECE_BYTES, target.length - done);
      int read = channel.read(ByteBuffer.wrap(target, done, piece), offset + done);
      if (read < 0) {
        throw new EOFException(file + " ends before offset " + (offset + target.length));
      }
      done += read;
    }
  }

  /** Writes at an offset, and returns the offset behind. */
  private long write(byte[] bytes, int length, long offset) throws IOException {
    int done = 0;
    while (done < length) {
      int piece = Math.min(PIECE_BYTES, length - done);
      done += writer.write(ByteBuffer.wrap(bytes, done, piece), offset + done);
    }
    return offset + length;
  }
}

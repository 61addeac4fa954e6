package io.segue.bundles.rocksdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Walks a file that RocksDB writes record by record: a write-ahead log, or a MANIFEST.
 *
 * <pre>
 * file     blocks of 32 KiB, the last one shorter; less than 7 bytes at a block's end are not used
 * block    fragments
 * fragment u32 masked CRC-32C of type and payload, u16 length, u8 type, payload
 * type     1 a whole record, 2 its first part, 3 one in its middle, 4 its last
 * record   of a write-ahead log: u64 number of its first change, u32 number of changes, the changes
 * </pre>
 *
 * Numbers are little endian. Changes are numbered in the order in which they were made.
 */
final class LogFile {
  private static final int BLOCK_BYTES = 32 << 10;
  private static final int HEADER_BYTES = 7;
  private static final int BATCH_HEADER_BYTES = 12;
  private static final int MASK_DELTA = 0xa282ead8;
  private static final int FULL = 1;
  private static final int FIRST = 2;
  private static final int LAST = 4;

  private final ByteBuffer block =
      ByteBuffer.allocate(BLOCK_BYTES).order(ByteOrder.LITTLE_ENDIAN).limit(0);
  private final ByteBuffer batch =
      ByteBuffer.allocate(BATCH_HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private final FileChannel in;
  private final boolean numbered;
  private long blockStart;
  private long wholeBytes;
  private long firstNumber = -1;
  private long nextNumber;
  private boolean within;

  /** How a file ends. */
  enum End {
    /** With a whole record. */
    WHOLE,
    /** Within a record, or with zeros, as a crash leaves it. */
    TORN,
    /** With bytes that are no record. */
    DAMAGED
  }

  /**
   * What was found.
   *
   * @param wholeBytes where the last whole record ends
   * @param firstNumber number of the first change; -1 where there is none
   * @param nextNumber a number above those of all changes, and not below the one that was given
   */
  record Walk(End end, long wholeBytes, long firstNumber, long nextNumber) {}

  private LogFile(FileChannel in, boolean numbered, long nextNumber) {
    this.in = in;
    this.numbered = numbered;
    this.nextNumber = nextNumber;
  }

  /**
   * Walks a write-ahead log up to its end, or to what is no record.
   *
   * @param nextNumber the lowest number that its first change may have
   */
  static Walk log(Path file, long nextNumber) throws IOException {
    try (FileChannel in = FileChannel.open(file)) {
      return new LogFile(in, true, nextNumber).walk();
    }
  }

  /** Walks a MANIFEST up to its end, or to what is no record; its changes have no numbers. */
  static Walk manifest(Path file) throws IOException {
    try (FileChannel in = FileChannel.open(file)) {
      return new LogFile(in, false, 0).walk();
    }
  }

  private Walk walk() throws IOException {
    @Nullable End end = null;
    while (end == null) {
      if (block.remaining() < HEADER_BYTES && !nextBlock()) {
        boolean ended = !within && (block.remaining() == 0 || block.limit() == BLOCK_BYTES);
        end = ended ? End.WHOLE : End.TORN;
      } else if (block.remaining() >= HEADER_BYTES) {
        end = fragment();
      }
    }
    return new Walk(end, wholeBytes, firstNumber, nextNumber);
  }

  /** Reads the next block; not where the present one is the last. */
  private boolean nextBlock() throws IOException {
    long start = block.limit() == 0 ? 0 : blockStart + BLOCK_BYTES;
    if (start >= in.size()) {
      return false;
    }
    blockStart = start;
    block.clear();
    while (block.hasRemaining() && in.read(block, start + block.position()) > 0) {}
    block.flip();
    return true;
  }

  /** Walks over one fragment; answers the end where it is the last. */
  private @Nullable End fragment() throws IOException {
    int at = block.position();
    int checksum = block.getInt();
    int length = Short.toUnsignedInt(block.getShort());
    int type = block.get();
    if (type == 0) {
      return isZeroFrom(blockStart + at) ? End.TORN : End.DAMAGED;
    }
    if (type < FULL || type > LAST || at + HEADER_BYTES + length > BLOCK_BYTES) {
      return End.DAMAGED;
    }
    if (length > block.remaining()) {
      return End.TORN;
    }
    boolean begins = type <= FIRST;
    if (begins == within || checksum != masked(at + HEADER_BYTES - 1, length + 1)) {
      return End.DAMAGED;
    }
    if (begins) {
      batch.clear();
    }
    int some = Math.min(batch.remaining(), length);
    batch.put(block.array(), block.position(), some);
    block.position(at + HEADER_BYTES + length);
    within = type == FIRST || type != FULL && type != LAST;
    return within || isNext() ? null : End.DAMAGED;
  }

  /** Takes a record that ends here for whole, where its changes follow those before. */
  private boolean isNext() {
    if (numbered) {
      if (batch.hasRemaining()) {
        return false;
      }
      long number = batch.getLong(0);
      if (number < nextNumber) {
        return false;
      }
      firstNumber = firstNumber < 0 ? number : firstNumber;
      nextNumber = number + Integer.toUnsignedLong(batch.getInt(Long.BYTES));
    }
    wholeBytes = blockStart + block.position();
    return true;
  }

  private int masked(int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(block.array(), from, length);
    return Integer.rotateRight((int) crc.getValue(), 15) + MASK_DELTA;
  }

  private boolean isZeroFrom(long start) throws IOException {
    block.position((int) (start - blockStart));
    do {
      while (block.hasRemaining()) {
        if (block.get() != 0) {
          return false;
        }
      }
    } while (nextBlock());
    return true;
  }
}

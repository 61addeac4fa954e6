package io.segue.bundles.store.rocksdb;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Keys of the rows in RocksDB; numbers are big endian.
 *
 * <pre>
 * column family   key                               value
 * meta            "format"                          u32, {@link #FORMAT}
 * meta            "next"                            u32, the next store number to give away
 * meta            "head"                            {@link CommitInfo}
 * meta            'H' || height u64                 {@link HeightRecord}
 * meta            'M' || height u64                 {@link Metadata}
 * latest          store number u32 || key           value
 * keys            store number u32 || SHA-256(key)  key
 * changes         store number u32 || 0 || height u64               {@link ChangeSetIndex}
 * changes         store number u32 || 1 || height u64 || chunk u32  {@link ChangeChunk}
 * </pre>
 *
 * {@code keys} exists for proofs of absence: they name keys of which the tree only has the hash.
 */
final class Rows {
  /** Version of this layout. A store of another one is refused. */
  static final int FORMAT = 3;

  /** Above every store number. */
  static final int NUMBERS_END = Integer.MAX_VALUE;

  static final byte[] FORMAT_KEY = "format".getBytes(US_ASCII);
  static final byte[] NEXT_KEY = "next".getBytes(US_ASCII);
  static final byte[] HEAD_KEY = "head".getBytes(US_ASCII);

  private static final int CHANGES_KEY = Integer.BYTES + 1 + Long.BYTES;
  private static final byte HEIGHT_PREFIX = 'H';
  private static final byte METADATA_PREFIX = 'M';

  private Rows() {}

  /** Key of a row of a store, in {@code latest} and {@code keys}. */
  static byte[] row(int number, byte[] key) {
    byte[] row = new byte[Integer.BYTES + key.length];
    putInt(row, number);
    System.arraycopy(key, 0, row, Integer.BYTES, key.length);
    return row;
  }

  /** The first key that a row of a store could have. */
  static byte[] firstRow(int number) {
    byte[] row = new byte[Integer.BYTES];
    putInt(row, number);
    return row;
  }

  /** The store's key in a row's key. */
  static byte[] keyOf(byte[] row) {
    return Arrays.copyOfRange(row, Integer.BYTES, row.length);
  }

  /** The store number in a row's key. */
  static int numberOf(byte[] row) {
    return ByteBuffer.wrap(row).getInt();
  }

  static byte[] heightKey(long height) {
    return ByteBuffer.allocate(1 + Long.BYTES).put(HEIGHT_PREFIX).putLong(height).array();
  }

  static byte[] metadataKey(long height) {
    return ByteBuffer.allocate(1 + Long.BYTES).put(METADATA_PREFIX).putLong(height).array();
  }

  /** Behind the key of every height's metadata. */
  static byte[] metadataEnd() {
    return new byte[] {METADATA_PREFIX + 1};
  }

  /** Behind the key of every height. */
  static byte[] heightsEnd() {
    return new byte[] {HEIGHT_PREFIX + 1};
  }

  /** Key of a row of a {@link ChangeSet}; the indexes of a store's sections are neighbours. */
  static byte[] changesKey(int number, long height, int row) {
    ByteBuffer key = ByteBuffer.allocate(CHANGES_KEY + (row == 0 ? 0 : Integer.BYTES));
    key.putInt(number).put((byte) (row == 0 ? 0 : 1)).putLong(height);
    return row == 0 ? key.array() : key.putInt(row - 1).array();
  }

  /** The height in the key of a row of a {@link ChangeSet}. */
  static long heightOf(byte[] changesKey) {
    return ByteBuffer.wrap(changesKey).getLong(Integer.BYTES + 1);
  }

  static byte[] u32(int value) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
  }

  private static void putInt(byte[] row, int number) {
    row[0] = (byte) (number >>> 24);
    row[1] = (byte) (number >>> 16);
    row[2] = (byte) (number >>> 8);
    row[3] = (byte) number;
  }
}

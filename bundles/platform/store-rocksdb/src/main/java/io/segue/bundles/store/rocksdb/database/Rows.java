package io.segue.bundles.store.rocksdb.database;

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
 * meta            "head"                            {@code CommitInfo}
 * meta            'H' || height u64                 {@code HeightRecord}
 * meta            'M' || height u64                 {@code Metadata}
 * latest          store number u32 || key           value
 * keys            store number u32 || SHA-256(key)  key
 * changes         store number u32 || 0 || height u64               {@code ChangeSetIndex}
 * changes         store number u32 || 1 || height u64 || chunk u32  {@code ChangeChunk}
 * </pre>
 *
 * {@code keys} exists for proofs of absence: they name keys of which the tree only has the hash.
 */
public final class Rows {
  /** Version of this layout. A store of another one is refused. */
  public static final int FORMAT = 3;

  /** Above every store number. */
  public static final int NUMBERS_END = Integer.MAX_VALUE;

  public static final byte[] FORMAT_KEY = "format".getBytes(US_ASCII);
  public static final byte[] NEXT_KEY = "next".getBytes(US_ASCII);
  public static final byte[] HEAD_KEY = "head".getBytes(US_ASCII);

  private static final int CHANGES_KEY = Integer.BYTES + 1 + Long.BYTES;
  private static final byte HEIGHT_PREFIX = 'H';
  private static final byte METADATA_PREFIX = 'M';

  private Rows() {}

  /** Key of a row of a store, in {@code latest} and {@code keys}. */
  public static byte[] row(int number, byte[] key) {
    byte[] row = new byte[Integer.BYTES + key.length];
    putInt(row, number);
    System.arraycopy(key, 0, row, Integer.BYTES, key.length);
    return row;
  }

  /** The first key that a row of a store could have. */
  public static byte[] firstRow(int number) {
    byte[] row = new byte[Integer.BYTES];
    putInt(row, number);
    return row;
  }

  /** The store's key in a row's key. */
  static byte[] keyOf(byte[] row) {
    return Arrays.copyOfRange(row, Integer.BYTES, row.length);
  }

  /** The store number in a row's key. */
  public static int numberOf(byte[] row) {
    return ByteBuffer.wrap(row).getInt();
  }

  public static byte[] heightKey(long height) {
    return ByteBuffer.allocate(1 + Long.BYTES).put(HEIGHT_PREFIX).putLong(height).array();
  }

  public static byte[] metadataKey(long height) {
    return ByteBuffer.allocate(1 + Long.BYTES).put(METADATA_PREFIX).putLong(height).array();
  }

  /** Behind the key of every height's metadata. */
  static byte[] metadataEnd() {
    return new byte[] {METADATA_PREFIX + 1};
  }

  /** Behind the key of every height. */
  public static byte[] heightsEnd() {
    return new byte[] {HEIGHT_PREFIX + 1};
  }

  /** Key of a row of a {@code ChangeSet}; the indexes of a store's sections are neighbours. */
  public static byte[] changesKey(int number, long height, int row) {
    ByteBuffer key = ByteBuffer.allocate(CHANGES_KEY + (row == 0 ? 0 : Integer.BYTES));
    key.putInt(number).put((byte) (row == 0 ? 0 : 1)).putLong(height);
    return row == 0 ? key.array() : key.putInt(row - 1).array();
  }

  /** The height in the key of a row of a {@code ChangeSet}. */
  public static long heightOf(byte[] changesKey) {
    return ByteBuffer.wrap(changesKey).getLong(Integer.BYTES + 1);
  }

  public static byte[] u32(int value) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
  }

  private static void putInt(byte[] row, int number) {
    row[0] = (byte) (number >>> 24);
    row[1] = (byte) (number >>> 16);
    row[2] = (byte) (number >>> 8);
    row[3] = (byte) number;
  }
}

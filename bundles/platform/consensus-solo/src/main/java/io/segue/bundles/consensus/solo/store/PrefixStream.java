package io.segue.bundles.consensus.solo.store;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Function;
import org.rocksdb.RocksIterator;

/** Rows whose key is a prefix and a height, straight from the database. */
final class PrefixStream implements RowStream {
  private final RocksIterator rows;
  private final byte[] prefix;
  private final Function<byte[], long[]> decode;
  private final RowBudget budget;
  private long height = -1;

  PrefixStream(
      RocksIterator rows, byte[] prefix, Function<byte[], long[]> decode, RowBudget budget) {
    this.rows = rows;
    this.prefix = prefix;
    this.decode = decode;
    this.budget = budget;
  }

  @Override
  public long seek(long wanted) {
    if (wanted <= height) {
      return height;
    }
    rows.seek(ByteBuffer.allocate(prefix.length + 8).put(prefix).putLong(wanted).array());
    while (true) {
      budget.take();
      byte[] key = rows.isValid() ? rows.key() : new byte[0];
      int length = prefix.length;
      if (key.length < length || !Arrays.equals(key, 0, length, prefix, 0, length)) {
        height = END;
        return height;
      }
      if (key.length == length + 8) {
        height = ByteBuffer.wrap(key).getLong(length);
        return height;
      }
      rows.next(); // a longer value that begins like this one
    }
  }

  @Override
  public long height() {
    return height;
  }

  @Override
  public long[] entries() {
    return decode.apply(rows.value());
  }

  @Override
  public void close() {
    rows.close();
  }
}

package io.segue.bundles.consensus.solo.store;

import io.segue.bundles.consensus.solo.wire.ProtoWriter;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * Which events of one block have an attribute: a list of (transaction, event) in ascending order,
 * both counted from 0 within their block and transaction. Encoded as pairs of varints: the distance
 * from the transaction before, and the event; so an entry usually takes two bytes.
 *
 * <p>In memory an entry is one long: the transaction in the upper 32 bits, the event in the lower.
 */
final class Postings {
  private final ProtoWriter out = new ProtoWriter(16);
  private int lastTx;

  /** Adds an entry; entries come in ascending order. */
  void add(int tx, int event) {
    out.varint(tx - lastTx).varint(event);
    lastTx = tx;
  }

  byte[] encode() {
    return out.toBytes();
  }

  /** The entries of an encoded list. */
  static long[] decode(byte[] bytes) {
    long[] entries = new long[bytes.length / 2];
    int count = 0;
    int tx = 0;
    int at = 0;
    while (at < bytes.length) {
      long[] entry = new long[2];
      for (int i = 0; i < 2; i++) {
        int shift = 0;
        byte b;
        do {
          b = bytes[at++];
          entry[i] |= (b & 0x7fL) << shift;
          shift += 7;
        } while (b < 0);
      }
      tx += (int) entry[0];
      entries[count++] = entry(tx, (int) entry[1]);
    }
    return Arrays.copyOf(entries, count);
  }

  /** What is in both lists. */
  static long[] intersect(long[] a, long[] b) {
    long[] both = new long[Math.min(a.length, b.length)];
    int count = 0;
    for (int i = 0, j = 0; i < a.length && j < b.length; ) {
      if (a[i] == b[j]) {
        both[count++] = a[i];
        i++;
        j++;
      } else if (a[i] < b[j]) {
        i++;
      } else {
        j++;
      }
    }
    return Arrays.copyOf(both, count);
  }

  /** What is in either list. */
  static long[] union(long[] a, long[] b) {
    return LongStream.concat(Arrays.stream(a), Arrays.stream(b)).sorted().distinct().toArray();
  }

  /** An entry for each of {@code count} transactions. */
  static long[] all(int count) {
    return LongStream.range(0, count).map(tx -> entry((int) tx, 0)).toArray();
  }

  static long entry(int tx, int event) {
    return (long) tx << 32 | event;
  }

  static int tx(long entry) {
    return (int) (entry >>> 32);
  }
}

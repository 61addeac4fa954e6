package io.segue.bundles.consensus.solo.store;

import io.segue.bundles.consensus.solo.wire.ProtoWriter;
import java.util.Arrays;

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

  static long entry(int tx, int event) {
    return (long) tx << 32 | event;
  }

  static int tx(long entry) {
    return (int) (entry >>> 32);
  }
}

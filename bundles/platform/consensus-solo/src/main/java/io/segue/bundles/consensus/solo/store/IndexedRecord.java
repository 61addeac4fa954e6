package io.segue.bundles.consensus.solo.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A record of which parts can be read without the rest: a head, a body, and a table of where in the
 * body each of its elements is.
 *
 * <pre>
 *   0        u32            n, number of elements
 *   4        n * (u32, u32) start in this record and length of each element
 *   4 + 8n   u32            length of the head
 *   8 + 8n   head
 *            body
 * </pre>
 */
final class IndexedRecord {
  private IndexedRecord() {}

  /**
   * All of a record that stands before its body; {@code starts} and {@code lengths} give the
   * elements' places in the body.
   */
  static byte[] encodeFront(byte[] head, int[] starts, int[] lengths) {
    int bodyStart = 8 + 8 * starts.length + head.length;
    ByteBuffer out = ByteBuffer.allocate(bodyStart);
    out.putInt(starts.length);
    for (int i = 0; i < starts.length; i++) {
      out.putInt(bodyStart + starts[i]).putInt(lengths[i]);
    }
    return out.putInt(head.length).put(head).array();
  }

  /** The head of a whole record. */
  static byte[] head(byte[] record) {
    int start = headStart(record);
    int length = ByteBuffer.wrap(record).getInt(start - 4);
    return Arrays.copyOfRange(record, start, start + length);
  }

  /** Where the body of a whole record starts. */
  static int bodyStart(byte[] record) {
    int start = headStart(record);
    return start + ByteBuffer.wrap(record).getInt(start - 4);
  }

  /** Reads the head of a record and nothing else. */
  static byte[] readHead(BlockLog.Place place) throws IOException {
    int start = 8 + 8 * number(place, 0);
    return part(place, start, number(place, start - 4));
  }

  /** Reads one element of a record and nothing else. */
  static byte[] readElement(BlockLog.Place place, int index) throws IOException {
    ByteBuffer entry = ByteBuffer.wrap(part(place, 4 + 8 * index, 8));
    return part(place, entry.getInt(), entry.getInt());
  }

  private static int headStart(byte[] record) {
    return 8 + 8 * ByteBuffer.wrap(record).getInt(0);
  }

  private static int number(BlockLog.Place place, int start) throws IOException {
    return ByteBuffer.wrap(part(place, start, 4)).getInt();
  }

  private static byte[] part(BlockLog.Place place, int start, int length) throws IOException {
    return place.segment().payloadPart(place.offset(), start, length);
  }
}

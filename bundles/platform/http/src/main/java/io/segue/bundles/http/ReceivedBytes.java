package io.segue.bundles.http;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** Bytes that arrive in pieces. Costs at most twice what has arrived. */
final class ReceivedBytes {
  private static final byte[] NONE = {};

  private byte[] bytes = NONE;
  private int length;

  int length() {
    return length;
  }

  void add(ByteBuf piece) {
    int more = piece.readableBytes();
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
    }
    piece.readBytes(bytes, length, more);
    length += more;
  }

  /** All that arrived; this body is empty afterwards. */
  byte[] take() {
    byte[] all = bytes.length == length ? bytes : Arrays.copyOf(bytes, length);
    bytes = NONE;
    length = 0;
    return all;
  }
}

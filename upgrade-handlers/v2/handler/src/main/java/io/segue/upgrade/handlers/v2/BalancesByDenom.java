package io.segue.upgrade.handlers.v2;

import io.segue.kernel.api.upgrade.Rewriter;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Brings the store {@code bank} from the layout of the bank's consensus version 1 to that of
 * version 2, entry by entry:
 *
 * <pre>
 * 02 | len | address | denom -> v          06 | len | denom | address -> v
 *                                          07 | len | address | denom -> 00
 * 03 | denom | 00 | len | address -> 00    nothing: the new index comes from the balances
 * anything else                            stays as it is
 * </pre>
 *
 * {@code len} is one byte, the length of what follows.
 */
final class BalancesByDenom implements Rewriter {
  private static final byte OLD_BALANCE = 0x02;
  private static final byte OLD_INDEX = 0x03;
  private static final byte NEW_BALANCE = 0x06;
  private static final byte NEW_INDEX = 0x07;
  private static final byte[] PRESENT = {0x00};

  /** Bytes before the address in the old key. */
  private static final int OLD_HEAD = 2;

  /**
   * Rewrites an entry.
   *
   * @throws IllegalArgumentException where a key is of neither layout
   */
  @Override
  public void rewrite(byte[] key, byte[] value, Sink sink) {
    switch (key[0]) {
      case OLD_BALANCE -> balance(key, value, sink);
      case OLD_INDEX -> {
        // The new index is made from the balances, so nothing becomes of the old one.
      }
      case NEW_BALANCE, NEW_INDEX -> throw unexpected(key, "is of the new layout already");
      default -> sink.put(key, value);
    }
  }

  private static void balance(byte[] key, byte[] value, Sink sink) {
    int addressLength = key.length < OLD_HEAD ? 0 : Byte.toUnsignedInt(key[1]);
    int denomStart = OLD_HEAD + addressLength;
    if (addressLength == 0 || denomStart >= key.length) {
      throw unexpected(key, "holds no address and denomination");
    }
    byte[] address = Arrays.copyOfRange(key, OLD_HEAD, denomStart);
    byte[] denom = Arrays.copyOfRange(key, denomStart, key.length);
    sink.put(newKey(NEW_BALANCE, denom, address), value);
    sink.put(newKey(NEW_INDEX, address, denom), PRESENT);
  }

  private static byte[] newKey(byte prefix, byte[] first, byte[] last) {
    byte[] key = new byte[2 + first.length + last.length];
    key[0] = prefix;
    key[1] = (byte) first.length;
    System.arraycopy(first, 0, key, 2, first.length);
    System.arraycopy(last, 0, key, 2 + first.length, last.length);
    return key;
  }

  private static IllegalArgumentException unexpected(byte[] key, String why) {
    return new IllegalArgumentException(
        "key " + HexFormat.of().formatHex(key) + " of store bank " + why);
  }
}

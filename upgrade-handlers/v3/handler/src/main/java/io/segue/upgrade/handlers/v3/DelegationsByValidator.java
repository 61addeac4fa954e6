package io.segue.upgrade.handlers.v3;

import io.segue.kernel.api.upgrade.Rewriter;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Brings the store of staking from consensus version 1 to version 2, entry by entry: each
 * delegation gets an entry in an index by validator.
 *
 * <pre>
 * 31 | len | delegator | len | operator -> v   31 | len | delegator | len | operator -> v
 *                                              71 | len | operator | len | delegator -> 01
 * anything else                                stays as it is
 * </pre>
 *
 * {@code len} is one byte, the length of the address behind it.
 */
final class DelegationsByValidator implements Rewriter {
  private static final byte DELEGATION = 0x31;
  private static final byte INDEX = 0x71;
  private static final byte[] PRESENT = {1};

  /**
   * Rewrites an entry.
   *
   * @throws IllegalArgumentException where a key is of neither layout
   */
  @Override
  public void rewrite(byte[] key, byte[] value, Sink sink) {
    if (key[0] == INDEX) {
      throw unexpected(key, "is of the new layout already");
    }
    sink.put(key, value);
    if (key[0] == DELEGATION) {
      sink.put(indexed(key), PRESENT);
    }
  }

  /** The key with its two addresses, lengths before them, in the other order. */
  private static byte[] indexed(byte[] key) {
    int second = key.length < 2 ? 0 : 2 + Byte.toUnsignedInt(key[1]);
    if (second == 0
        || second >= key.length
        || key.length != second + 1 + Byte.toUnsignedInt(key[second])) {
      throw unexpected(key, "holds no two addresses");
    }
    byte[] index = new byte[key.length];
    index[0] = INDEX;
    byte[] operator = Arrays.copyOfRange(key, second, key.length);
    System.arraycopy(operator, 0, index, 1, operator.length);
    System.arraycopy(key, 1, index, 1 + operator.length, second - 1);
    return index;
  }

  private static IllegalArgumentException unexpected(byte[] key, String why) {
    return new IllegalArgumentException(
        "key " + HexFormat.of().formatHex(key) + " of the store of staking " + why);
  }
}

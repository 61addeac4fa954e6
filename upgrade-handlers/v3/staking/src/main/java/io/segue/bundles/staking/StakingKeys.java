package io.segue.bundles.staking;

import java.nio.ByteBuffer;

/**
 * How the keys of the store {@code stakes} look in consensus version 2, as the Cosmos SDK has them.
 *
 * <pre>
 * 21 | len | operator                     -> cosmos.staking.v1beta1.Validator
 * 23 | power | len | operator, inverted   -> operator: the index of bonded validators by power
 * 31 | len | delegator | len | operator   -> cosmos.staking.v1beta1.Delegation
 * 51                                      -> cosmos.staking.v1beta1.Params
 * </pre>
 *
 * {@code len} is one byte, the length of the address behind it; {@code power} is 8 bytes, big
 * endian. The bits of the address are inverted, so that read from its end the index gives the
 * highest power first, and of equal ones the lowest operator. The addresses of an operator and of
 * his account are the same bytes. Version 1 had no index, and its store was named {@code staking}.
 */
final class StakingKeys {
  static final byte[] VALIDATOR = {0x21};
  static final byte[] POWER = {0x23};
  static final byte[] DELEGATION = {0x31};
  static final byte[] PARAMS = {0x51};

  private StakingKeys() {}

  static byte[] validator(byte[] operator) {
    return join(VALIDATOR[0], operator);
  }

  /** The entry of a bonded validator in the index. */
  static byte[] power(long power, byte[] operator) {
    byte[] inverted = new byte[operator.length];
    for (int i = 0; i < operator.length; i++) {
      inverted[i] = (byte) ~operator[i];
    }
    return ByteBuffer.allocate(1 + Long.BYTES + 1 + operator.length)
        .put(POWER)
        .putLong(power)
        .put((byte) operator.length)
        .put(inverted)
        .array();
  }

  static byte[] delegation(byte[] delegator, byte[] operator) {
    return join(DELEGATION[0], delegator, operator);
  }

  /** What the keys of a delegator's delegations begin with. */
  static byte[] delegationsOf(byte[] delegator) {
    return join(DELEGATION[0], delegator);
  }

  private static byte[] join(byte prefix, byte[]... addresses) {
    int length = 1;
    for (byte[] address : addresses) {
      length += 1 + address.length;
    }
    byte[] key = new byte[length];
    key[0] = prefix;
    int at = 1;
    for (byte[] address : addresses) {
      key[at] = (byte) address.length;
      System.arraycopy(address, 0, key, at + 1, address.length);
      at += 1 + address.length;
    }
    return key;
  }
}

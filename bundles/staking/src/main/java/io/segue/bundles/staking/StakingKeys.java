package io.segue.bundles.staking;

/**
 * How the keys of the store {@code staking} look, as the Cosmos SDK has them.
 *
 * <pre>
 * 21 | len | operator                     -> cosmos.staking.v1beta1.Validator
 * 31 | len | delegator | len | operator   -> cosmos.staking.v1beta1.Delegation
 * 51                                      -> cosmos.staking.v1beta1.Params
 * </pre>
 *
 * {@code len} is one byte, the length of the address behind it. The addresses of an operator and of
 * his account are the same bytes.
 */
final class StakingKeys {
  static final byte[] VALIDATOR = {0x21};
  static final byte[] DELEGATION = {0x31};
  static final byte[] PARAMS = {0x51};

  private StakingKeys() {}

  static byte[] validator(byte[] operator) {
    return join(VALIDATOR[0], operator);
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

package io.segue.bundles.staking;

import java.nio.ByteBuffer;

/**
 * How the keys of the store {@code staking} look, in the places that the Cosmos SDK has for them.
 *
 * <pre>
 * 11 | len | operator                          -> power: a bonded validator as consensus knows it
 * 21 | len | operator                          -> cosmos.staking.v1beta1.Validator
 * 22 | len | consensus address                 -> operator
 * 23 | power | len | operator, inverted        -> operator: who is not jailed, by power
 * 31 | len | delegator | len | operator        -> cosmos.staking.v1beta1.Delegation
 * 32 | len | delegator | len | operator        -> cosmos.staking.v1beta1.UnbondingDelegation
 * 34 | len | delegator | len | from | len | to -> cosmos.staking.v1beta1.Redelegation
 * 37                                           -> number of the last unbonding; else absent
 * 41 | time | the rest of a key of 32          -> 01: one of its entries ends then
 * 42 | time | the rest of a key of 34          -> 01: one of its entries ends then
 * 43 | time | len | operator                   -> 01: its unbonding ends then
 * 51                                           -> cosmos.staking.v1beta1.Params
 * f0                                           -> operator of who decides alone; else absent
 * f1                                           -> 01: the bonded validators are to be chosen again
 * f2 | len | consensus address                 -> segue.staking.v1.Misbehavior: the last evidence
 * </pre>
 *
 * {@code len} is one byte, the length of the address behind it; powers and numbers are 8 bytes, big
 * endian; a time is text of 29 bytes ({@link io.segue.bundles.sdk.Times#key}). The bits of an
 * address in the index by power are inverted, so that read from its end the index gives the highest
 * power first, and of equal ones the lowest operator. The addresses of an operator and of his
 * account are the same bytes. {@code f1} is there only within a block.
 */
final class StakingKeys {
  static final byte[] BONDED = {0x11};
  static final byte[] VALIDATOR = {0x21};
  static final byte[] BY_CONSENSUS_ADDRESS = {0x22};
  static final byte[] BY_POWER = {0x23};
  static final byte[] DELEGATION = {0x31};
  static final byte[] UNBONDING = {0x32};
  static final byte[] REDELEGATION = {0x34};
  static final byte[] LAST_UNBONDING = {0x37};
  static final byte[] UNBONDING_QUEUE = {0x41};
  static final byte[] REDELEGATION_QUEUE = {0x42};
  static final byte[] VALIDATOR_QUEUE = {0x43};
  static final byte[] PARAMS = {0x51};
  static final byte[] DECIDING = {(byte) 0xf0};
  static final byte[] CHANGED = {(byte) 0xf1};
  static final byte[] MISBEHAVIOR = {(byte) 0xf2};

  /** Value of a key that says all by being there: a value is never empty. */
  static final byte[] PRESENT = {1};

  private StakingKeys() {}

  static byte[] bonded(byte[] operator) {
    return join(BONDED, addresses(operator));
  }

  static byte[] validator(byte[] operator) {
    return join(VALIDATOR, addresses(operator));
  }

  static byte[] byConsensusAddress(byte[] address) {
    return join(BY_CONSENSUS_ADDRESS, addresses(address));
  }

  static byte[] misbehavior(byte[] consensusAddress) {
    return join(MISBEHAVIOR, addresses(consensusAddress));
  }

  /** The entry of a validator in the index by power. */
  static byte[] byPower(long power, byte[] operator) {
    byte[] inverted = new byte[operator.length];
    for (int i = 0; i < operator.length; i++) {
      inverted[i] = (byte) ~operator[i];
    }
    return join(BY_POWER, number(power), addresses(inverted));
  }

  /** The power in a key of the index by power. */
  static long powerOf(byte[] rank) {
    return ByteBuffer.wrap(rank).getLong(BY_POWER.length);
  }

  static byte[] delegation(byte[] delegator, byte[] operator) {
    return join(DELEGATION, addresses(delegator, operator));
  }

  /** What the keys of a delegator's rows under {@code prefix} begin with. */
  static byte[] of(byte[] prefix, byte[] delegator) {
    return join(prefix, addresses(delegator));
  }

  /** Addresses with their lengths, one after the other. */
  static byte[] addresses(byte[]... addresses) {
    int length = 0;
    for (byte[] address : addresses) {
      length += 1 + address.length;
    }
    ByteBuffer joined = ByteBuffer.allocate(length);
    for (byte[] address : addresses) {
      joined.put((byte) address.length).put(address);
    }
    return joined.array();
  }

  static byte[] number(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }

  static long number(byte[] bytes) {
    return ByteBuffer.wrap(bytes).getLong();
  }

  static byte[] join(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteBuffer joined = ByteBuffer.allocate(length);
    for (byte[] part : parts) {
      joined.put(part);
    }
    return joined.array();
  }
}

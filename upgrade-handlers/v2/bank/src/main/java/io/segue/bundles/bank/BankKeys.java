package io.segue.bundles.bank;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * How the keys of the store {@code bank} look, in consensus version 2: the balances of one
 * denomination lie together, one behind the other by address, and the index leads from an account
 * to its denominations.
 *
 * <pre>
 * 00 | denom                          -> supply: decimal digits
 * 01 | denom                          -> cosmos.bank.v1beta1.Metadata
 * 05                                  -> cosmos.bank.v1beta1.Params; absent where it would be empty
 * 06 | len | denom | address          -> balance: decimal digits, never 0
 * 07 | len | address | denom          -> 00: the index, which denominations an account holds
 * 08                                  -> segue.bank.v2.Params; absent: nothing is burned
 * </pre>
 *
 * {@code len} is one byte, the length of what follows; a denomination is ASCII. Version 1 had the
 * balances under 02 by address and then denomination, and the index under 03 by denomination.
 */
final class BankKeys {
  static final byte[] SUPPLY = {0x00};
  static final byte[] METADATA = {0x01};
  static final byte[] PARAMS = {0x05};
  static final byte[] BALANCE = {0x06};
  static final byte[] INDEX = {0x07};
  static final byte[] V2_PARAMS = {0x08};

  /** What no key begins with any more. */
  static final byte[] VERSION_1_BALANCE = {0x02};

  /** See {@link #VERSION_1_BALANCE}. */
  static final byte[] VERSION_1_INDEX = {0x03};

  /** Value of an entry of the index; a value is never empty. */
  static final byte[] PRESENT = {0x00};

  private BankKeys() {}

  static byte[] supply(String denom) {
    return join(SUPPLY[0], ascii(denom));
  }

  static byte[] metadata(String denom) {
    return join(METADATA[0], ascii(denom));
  }

  static byte[] balance(byte[] address, String denom) {
    return join(BALANCE[0], ascii(denom), address);
  }

  /** What the keys of a denomination's balances begin with; the address follows. */
  static byte[] balancesOf(String denom) {
    return balance(new byte[0], denom);
  }

  /** The entry that stands beside each balance, for finding it from its other end. */
  static byte[] index(byte[] address, String denom) {
    return join(INDEX[0], address, ascii(denom));
  }

  /** What the keys of an account's index begin with; the denomination follows. */
  static byte[] indexOf(byte[] address) {
    return index(address, "");
  }

  /** The address in the key of a balance. */
  static byte[] addressInBalance(byte[] key) {
    return behindFirst(key);
  }

  /** The denomination in the key of a balance. */
  static String denomInBalance(byte[] key) {
    return new String(first(key), StandardCharsets.US_ASCII);
  }

  /** The address in the key of an index entry. */
  static byte[] addressInIndex(byte[] key) {
    return first(key);
  }

  /** The denomination in the key of an index entry. */
  static String denomInIndex(byte[] key) {
    return new String(behindFirst(key), StandardCharsets.US_ASCII);
  }

  /** The denomination in the key of a supply or of metadata. */
  static String denomBehindPrefix(byte[] key) {
    return new String(key, 1, key.length - 1, StandardCharsets.US_ASCII);
  }

  private static byte[] first(byte[] key) {
    return Arrays.copyOfRange(key, 2, 2 + Byte.toUnsignedInt(key[1]));
  }

  private static byte[] behindFirst(byte[] key) {
    return Arrays.copyOfRange(key, 2 + Byte.toUnsignedInt(key[1]), key.length);
  }

  private static byte[] ascii(String denom) {
    return denom.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] join(byte prefix, byte[] last) {
    byte[] key = new byte[1 + last.length];
    key[0] = prefix;
    System.arraycopy(last, 0, key, 1, last.length);
    return key;
  }

  private static byte[] join(byte prefix, byte[] first, byte[] last) {
    byte[] key = new byte[2 + first.length + last.length];
    key[0] = prefix;
    key[1] = (byte) first.length;
    System.arraycopy(first, 0, key, 2, first.length);
    System.arraycopy(last, 0, key, 2 + first.length, last.length);
    return key;
  }
}

package io.segue.bundles.bank;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * How the keys of the store {@code bank} look, in consensus version 1: an account's balances lie
 * together, one behind the other by denomination, as the Cosmos SDK has them.
 *
 * <pre>
 * 00 | denom                          -> supply: decimal digits
 * 01 | denom                          -> cosmos.bank.v1beta1.Metadata
 * 02 | len | address | denom          -> balance: decimal digits, never 0
 * 03 | denom | 00 | len | address     -> 00: the index, who holds this denomination
 * 05                                  -> cosmos.bank.v1beta1.Params; absent where it would be empty
 * </pre>
 *
 * {@code len} is one byte, the length of the address; a denomination is ASCII and has no byte 00.
 */
final class BankKeys {
  static final byte[] SUPPLY = {0x00};
  static final byte[] METADATA = {0x01};
  static final byte[] BALANCE = {0x02};
  static final byte[] INDEX = {0x03};
  static final byte[] PARAMS = {0x05};

  /** Value of an entry of the index; a value is never empty. */
  static final byte[] PRESENT = {0x00};

  private BankKeys() {}

  static byte[] supply(String denom) {
    return join(SUPPLY[0], new byte[0], denom);
  }

  static byte[] metadata(String denom) {
    return join(METADATA[0], new byte[0], denom);
  }

  static byte[] balance(byte[] address, String denom) {
    return join(BALANCE[0], withLength(address), denom);
  }

  /** What the keys of an account's balances begin with; the denomination follows. */
  static byte[] balancesOf(byte[] address) {
    return balance(address, "");
  }

  /** The entry that stands beside each balance, for finding it from its other end. */
  static byte[] index(byte[] address, String denom) {
    byte[] key = new byte[1 + denom.length() + 2 + address.length];
    key[0] = INDEX[0];
    ascii(denom, key, 1);
    key[1 + denom.length() + 1] = (byte) address.length;
    System.arraycopy(address, 0, key, key.length - address.length, address.length);
    return key;
  }

  /** What the index of a denomination begins with; {@code len | address} follows. */
  static byte[] ownersOf(String denom) {
    return Arrays.copyOf(index(new byte[0], denom), 1 + denom.length() + 1);
  }

  /** The address in what follows {@link #ownersOf}. */
  static byte[] addressOfOwner(byte[] behindPrefix) {
    return Arrays.copyOfRange(behindPrefix, 1, behindPrefix.length);
  }

  /** The address in the key of a balance. */
  static byte[] addressInBalance(byte[] key) {
    return Arrays.copyOfRange(key, 2, 2 + Byte.toUnsignedInt(key[1]));
  }

  /** The denomination in the key of a balance. */
  static String denomInBalance(byte[] key) {
    int start = 2 + Byte.toUnsignedInt(key[1]);
    return new String(key, start, key.length - start, StandardCharsets.US_ASCII);
  }

  /** The denomination in the key of a supply or of metadata. */
  static String denomBehindPrefix(byte[] key) {
    return new String(key, 1, key.length - 1, StandardCharsets.US_ASCII);
  }

  private static byte[] withLength(byte[] address) {
    byte[] bytes = new byte[1 + address.length];
    bytes[0] = (byte) address.length;
    System.arraycopy(address, 0, bytes, 1, address.length);
    return bytes;
  }

  private static byte[] join(byte prefix, byte[] middle, String denom) {
    byte[] key = new byte[1 + middle.length + denom.length()];
    key[0] = prefix;
    System.arraycopy(middle, 0, key, 1, middle.length);
    ascii(denom, key, 1 + middle.length);
    return key;
  }

  private static void ascii(String denom, byte[] into, int offset) {
    byte[] bytes = denom.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, into, offset, bytes.length);
  }
}

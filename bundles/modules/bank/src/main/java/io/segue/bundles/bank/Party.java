package io.segue.bundles.bank;

import io.segue.bundles.sdk.Addresses;

/**
 * One side of a movement of coins.
 *
 * @param address raw bytes
 * @param text the same in lower case, as events show it
 */
record Party(byte[] address, String text) {
  static Party of(Addresses addresses, byte[] address) {
    return new Party(address, addresses.account(address));
  }

  /** From text that was parsed already; encodes it again only where it is not in lower case. */
  static Party of(Addresses addresses, byte[] address, String text) {
    char first = text.charAt(0);
    return first >= 'A' && first <= 'Z' ? of(addresses, address) : new Party(address, text);
  }
}

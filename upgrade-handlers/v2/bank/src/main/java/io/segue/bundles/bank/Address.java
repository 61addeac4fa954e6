package io.segue.bundles.bank;

import io.segue.bundles.sdk.Addresses;

/**
 * An account's address in both forms.
 *
 * @param bytes raw
 * @param text the same in lower case, as events show it
 */
record Address(byte[] bytes, String text) {
  static Address of(Addresses addresses, byte[] bytes) {
    return new Address(bytes, addresses.account(bytes));
  }

  /** From text that was parsed already; encodes it again only where it is not in lower case. */
  static Address of(Addresses addresses, byte[] bytes, String text) {
    char first = text.charAt(0);
    return first >= 'A' && first <= 'Z' ? of(addresses, bytes) : new Address(bytes, text);
  }
}

package io.segue.bundles.cli.tx;

import com.google.protobuf.Any;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.keyring.Key;
import io.segue.bundles.cli.keyring.Keyring;
import io.segue.bundles.sdk.AccountKey;
import io.segue.bundles.sdk.Addresses;

/**
 * Who sends: a key by its name, whose secret is asked for when something is signed, or an address
 * whose transactions are signed elsewhere.
 *
 * @param publicKey without bytes where it is not known
 */
record Sender(Keyring keyring, String name, String address, Any publicKey) {
  /** Stands in a simulation for a key that is not known. */
  static final Any UNKNOWN_KEY = Any.newBuilder().setTypeUrl(AccountKey.Secp256k1.TYPE_URL).build();

  /**
   * The sender of a name or an address.
   *
   * @throws CliException where it is neither
   */
  static Sender of(Keyring keyring, String nameOrAddress) {
    if (keyring.has(nameOrAddress)) {
      return of(keyring, keyring.entry(nameOrAddress));
    }
    for (Keyring.Entry entry : keyring.list()) {
      if (entry.address().equals(nameOrAddress)) {
        return of(keyring, entry);
      }
    }
    try {
      new Addresses(Addresses.DEFAULT_PREFIX).parseAccount(nameOrAddress);
    } catch (IllegalArgumentException e) {
      return of(keyring, keyring.entry(nameOrAddress));
    }
    return new Sender(keyring, nameOrAddress, nameOrAddress, UNKNOWN_KEY);
  }

  private static Sender of(Keyring keyring, Keyring.Entry entry) {
    return new Sender(keyring, entry.name(), entry.address(), entry.key().toAny());
  }

  /** The key itself; asks for its passphrase where it has one. */
  Key key() {
    return keyring.key(name);
  }
}

package io.segue.bundles.upgrade;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.kernel.api.module.ModuleException;

/** Who decides on upgrades: the account of governance, for which nobody has a key. Immutable. */
final class Authority {
  /** Module whose account it is. */
  static final String MODULE = "gov";

  private static final int INVALID_SIGNER = 6;

  private final Addresses addresses;
  private final String text;

  Authority(Addresses addresses) {
    this.addresses = addresses;
    this.text = addresses.account(Addresses.module(MODULE));
  }

  /** The account's address. */
  String address() {
    return text;
  }

  /**
   * The bytes of the address that a message names as its authority, right or wrong.
   *
   * @throws ModuleException where it is malformed
   */
  byte[] signer(String named) {
    return addresses.signer(named);
  }

  /**
   * Passes where a message names this authority.
   *
   * @throws ModuleException upgrade/6
   */
  void require(String named) {
    if (!text.equals(named)) {
      throw SdkErrors.registered(
          UpgradeModule.NAME,
          INVALID_SIGNER,
          "expected " + text + " got " + named,
          "expected authority account as only signer for proposal message");
    }
  }
}

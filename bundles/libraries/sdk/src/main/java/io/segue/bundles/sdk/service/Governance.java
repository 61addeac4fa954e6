package io.segue.bundles.sdk.service;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.kernel.api.module.ModuleException;
import java.util.function.BiFunction;

/**
 * Lets pass what names the account of governance as its authority.
 *
 * @param <M> the message
 */
final class Governance<M extends Message> {
  private static final String MODULE = "gov";
  private static final int INVALID_SIGNER = 13;

  private final FieldDescriptor authority;
  private final String expected;
  private final BiFunction<String, String, ModuleException> refusal;

  Governance(Addresses addresses, FieldDescriptor authority) {
    this(authority, addresses.account(Addresses.module(MODULE)), Governance::invalidSigner);
  }

  private Governance(
      FieldDescriptor authority,
      String expected,
      BiFunction<String, String, ModuleException> refusal) {
    this.authority = authority;
    this.expected = expected;
    this.refusal = refusal;
  }

  /** The same, where another authority is refused in other words. */
  Governance<M> worded(BiFunction<String, String, ModuleException> wording) {
    return new Governance<>(authority, expected, wording);
  }

  /**
   * Passes where a message names governance.
   *
   * @throws ModuleException where it names another account
   */
  void require(M message) {
    String named = (String) message.getField(authority);
    if (!expected.equals(named)) {
      throw refusal.apply(expected, named);
    }
  }

  private static ModuleException invalidSigner(String expected, String named) {
    return SdkErrors.registered(
        MODULE,
        INVALID_SIGNER,
        "invalid authority; expected " + expected + ", got " + named,
        "expected gov account as only signer for proposal message");
  }
}

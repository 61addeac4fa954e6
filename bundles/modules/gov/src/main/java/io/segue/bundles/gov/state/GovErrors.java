package io.segue.bundles.gov.state;

import io.segue.bundles.sdk.SdkErrors;
import io.segue.kernel.api.module.ModuleException;

/** The errors of codespace {@code gov}, with the numbers and texts that clients know. */
public final class GovErrors {
  private GovErrors() {}

  public static ModuleException inactiveProposal(long id) {
    return gov(3, Long.toUnsignedString(id), "inactive proposal");
  }

  public static ModuleException waitingProposal(long id) {
    return gov(
        3,
        "the period of proposal "
            + Long.toUnsignedString(id)
            + " is over, and blocks have not come to its end yet",
        "inactive proposal");
  }

  public static ModuleException invalidContent(String detail) {
    return gov(5, detail, "invalid proposal content");
  }

  public static ModuleException invalidVote(String detail) {
    return gov(7, detail, "invalid vote option");
  }

  public static ModuleException invalidGenesis(String detail) {
    return gov(8, detail, "invalid genesis state");
  }

  public static ModuleException noHandler(String detail) {
    return gov(9, detail, "no handler exists for proposal type");
  }

  public static ModuleException unroutable(String typeUrl) {
    return gov(10, typeUrl, "proposal message not recognized by router");
  }

  public static ModuleException noMessages(String detail) {
    return gov(11, detail, "no messages proposed");
  }

  public static ModuleException invalidMessage(String detail) {
    return gov(12, detail, "invalid proposal message");
  }

  public static ModuleException invalidSigner(String detail) {
    return gov(13, detail, "expected gov account as only signer for proposal message");
  }

  static ModuleException metadataTooLong(int length) {
    return gov(15, "got metadata with length " + length, "metadata too long");
  }

  public static ModuleException depositTooSmall(String detail) {
    return gov(16, detail, "minimum deposit is too small");
  }

  public static ModuleException invalidProposer(String address) {
    return gov(18, "invalid proposer " + address, "invalid proposer");
  }

  public static ModuleException votingEnded(long id) {
    return gov(
        20,
        "voting period is already ended for this proposal " + Long.toUnsignedString(id),
        "voting period already ended");
  }

  public static ModuleException invalidProposal(String detail) {
    return gov(21, detail, "invalid proposal");
  }

  static ModuleException summaryTooLong(int length) {
    return gov(22, "got summary with length " + length, "summary too long");
  }

  public static ModuleException invalidDepositDenom(String detail) {
    return gov(23, detail, "invalid deposit denom");
  }

  private static ModuleException gov(int code, String detail, String text) {
    return SdkErrors.registered(GovState.NAME, code, detail, text);
  }
}

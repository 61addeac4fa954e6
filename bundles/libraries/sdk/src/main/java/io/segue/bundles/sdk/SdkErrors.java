package io.segue.bundles.sdk;

import io.segue.kernel.api.module.ModuleException;

/** The errors of codespace {@code sdk}, with the numbers and texts that clients know. */
public final class SdkErrors {
  /** The codespace that all modules share. */
  public static final String CODESPACE = "sdk";

  private SdkErrors() {}

  /** A registered error: {@code <detail>: <text>}, or the text alone where detail is empty. */
  public static ModuleException registered(String codespace, int code, String detail, String text) {
    return new ModuleException(codespace, code, detail.isEmpty() ? text : detail + ": " + text);
  }

  /** An error that no codespace registered: code 1 of {@code undefined}. */
  public static ModuleException unregistered(String log) {
    return new ModuleException("undefined", 1, log);
  }

  /** Bytes that are not what they should be. */
  public static ModuleException txDecode(String detail) {
    return sdk(2, detail, "tx parse error");
  }

  /** A signer or sender that may not do this. */
  public static ModuleException unauthorized(String detail) {
    return sdk(4, detail, "unauthorized");
  }

  /** An account that has too little. */
  public static ModuleException insufficientFunds(String detail) {
    return sdk(5, detail, "insufficient funds");
  }

  /** Something that nobody answers to. */
  public static ModuleException unknownRequest(String detail) {
    return sdk(6, detail, "unknown request");
  }

  /** An address that is malformed. */
  public static ModuleException invalidAddress(String detail) {
    return sdk(7, detail, "invalid address");
  }

  /** A key that is malformed or not the signer's. */
  public static ModuleException invalidPubKey(String detail) {
    return sdk(8, detail, "invalid pubkey");
  }

  /** An address without an account. */
  public static ModuleException unknownAddress(String detail) {
    return sdk(9, detail, "unknown address");
  }

  /** Amounts that are malformed. */
  public static ModuleException invalidCoins(String detail) {
    return sdk(10, detail, "invalid coins");
  }

  /** Too little gas for the work. */
  public static ModuleException outOfGas(String detail) {
    return sdk(11, detail, "out of gas");
  }

  /** A memo over the limit. */
  public static ModuleException memoTooLarge(String detail) {
    return sdk(12, detail, "memo too large");
  }

  /** A fee that is malformed or too small. */
  public static ModuleException insufficientFee(String detail) {
    return sdk(13, detail, "insufficient fee");
  }

  /** More signatures than the limit. */
  public static ModuleException tooManySignatures(String detail) {
    return sdk(14, detail, "maximum number of signatures exceeded");
  }

  /** A transaction that nobody signed. */
  public static ModuleException noSignatures(String detail) {
    return sdk(15, detail, "no signatures supplied");
  }

  /** A request that contradicts the rules. */
  public static ModuleException invalidRequest(String detail) {
    return sdk(18, detail, "invalid request");
  }

  /** A transaction over the size limit. */
  public static ModuleException txTooLarge(String detail) {
    return sdk(21, detail, "tx too large");
  }

  /** A key that a store does not have. */
  public static ModuleException keyNotFound(String detail) {
    return sdk(22, detail, "key not found");
  }

  /** A height that can't be used. */
  public static ModuleException invalidHeight(String detail) {
    return sdk(26, detail, "invalid height");
  }

  /** A value of another type than wanted. */
  public static ModuleException invalidType(String detail) {
    return sdk(29, detail, "invalid type");
  }

  /** A transaction that came after its timeout height. */
  public static ModuleException txTimeoutHeight(String detail) {
    return sdk(30, detail, "tx timeout height");
  }

  /** An extension option that must be understood and is not. */
  public static ModuleException unknownExtensionOptions(String detail) {
    return sdk(31, detail, "unknown extension options");
  }

  /** A transaction out of its account's order. */
  public static ModuleException wrongSequence(String detail) {
    return sdk(32, detail, "incorrect account sequence");
  }

  /** A state that should not be. */
  public static ModuleException logic(String detail) {
    return sdk(35, detail, "internal logic error");
  }

  /** Something that this chain does not offer. */
  public static ModuleException notSupported(String detail) {
    return sdk(37, detail, "feature not supported");
  }

  /** Something that is not there. */
  public static ModuleException notFound(String detail) {
    return sdk(38, detail, "not found");
  }

  /** A gas limit over the block's. */
  public static ModuleException invalidGasLimit(String detail) {
    return sdk(41, detail, "invalid gas limit");
  }

  private static ModuleException sdk(int code, String detail, String text) {
    return registered(CODESPACE, code, detail, text);
  }
}

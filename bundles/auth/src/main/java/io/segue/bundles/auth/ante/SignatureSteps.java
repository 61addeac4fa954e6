package io.segue.bundles.auth.ante;

import com.google.protobuf.Any;
import io.segue.bundles.auth.account.Account;
import io.segue.bundles.auth.account.Accounts;
import io.segue.bundles.auth.account.PublicKeys;
import io.segue.bundles.auth.format.ParsedTx;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.proto.signing.SignMode;
import io.segue.bundles.sdk.proto.tx.ModeInfo;
import io.segue.bundles.sdk.proto.tx.SignerInfo;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.Crypto;
import io.segue.kernel.api.module.ExecMode;
import io.segue.kernel.api.module.ModuleException;
import io.segue.kernel.api.module.Tx;
import java.util.Arrays;
import java.util.List;

/** The steps that check who signed, in which order of the account, and count the account on. */
final class SignatureSteps {
  private final Addresses addresses;
  private final Signers signers;
  private final PublicKeys keys;
  private final Crypto crypto;

  SignatureSteps(Addresses addresses, Signers signers, PublicKeys keys, Crypto crypto) {
    this.addresses = addresses;
    this.signers = signers;
    this.keys = keys;
    this.crypto = crypto;
  }

  /** Each signer's sequence is its account's next, and its signature is right. */
  void signature(Context context, Tx tx) {
    ParsedTx parsed = ParsedTx.of(tx);
    List<byte[]> required = signers.of(context, tx);
    boolean verify = context.mode() != ExecMode.SIMULATE && context.mode() != ExecMode.RECHECK;
    for (int i = 0; i < required.size(); i++) {
      Account account = account(context, required.get(i));
      SignerInfo info = parsed.signerInfos().get(i);
      if (info.getSequence() != account.sequence()) {
        throw SdkErrors.wrongSequence(
            "account sequence mismatch, expected "
                + Long.toUnsignedString(account.sequence())
                + ", got "
                + Long.toUnsignedString(info.getSequence()));
      }
      if (verify) {
        verify(context, tx, required.get(i), account, i);
      }
    }
  }

  /** The account of each signer expects its next transaction. */
  void sequence(Context context, Tx tx) {
    Accounts accounts = new Accounts(context.store(), addresses);
    for (byte[] signer : signers.of(context, tx)) {
      accounts.save(signer, account(context, signer).advanced());
    }
  }

  private Account account(Context context, byte[] address) {
    Account account = new Accounts(context.store(), addresses).find(address);
    if (account == null) {
      throw SdkErrors.unknownAddress("account " + addresses.account(address) + " does not exist");
    }
    return account;
  }

  private void verify(Context context, Tx tx, byte[] signer, Account account, int index) {
    ParsedTx parsed = ParsedTx.of(tx);
    Any key =
        account
            .publicKey()
            .orElseThrow(() -> SdkErrors.invalidPubKey("pubkey on account is not set"));
    long number = context.height() == 0 ? 0 : account.number();
    checkMode(context, tx, parsed.signerInfos().get(index), signer, number);
    byte[] digest = SignDocument.digest(parsed, context.chainId(), number);
    if (!crypto.verifySecp256k1(digest, parsed.signatures().get(index), keys.bytes(key))) {
      throw failed(context, number, "unable to verify single signer signature");
    }
  }

  private void checkMode(
      Context context, Tx tx, SignerInfo info, byte[] signer, long accountNumber) {
    ModeInfo mode = info.getModeInfo();
    if (mode.hasMulti()) {
      throw failed(context, accountNumber, "multisignatures are not supported");
    }
    switch (mode.getSingle().getMode()) {
      case SIGN_MODE_DIRECT -> {}
      case SIGN_MODE_LEGACY_AMINO_JSON ->
          throw SdkErrors.unauthorized(
              "signature verification failed; please verify account number ("
                  + Long.toUnsignedString(accountNumber)
                  + "), sequence ("
                  + Long.toUnsignedString(info.getSequence())
                  + ") and chain-id ("
                  + context.chainId()
                  + ")");
      case SIGN_MODE_DIRECT_AUX -> throw failed(context, accountNumber, aux(context, tx, signer));
      // Spelled as clients of the Cosmos SDK know it.
      case SIGN_MODE_TEXTUAL ->
          throw failed(context, accountNumber, "unsuppored sign mode SIGN_MODE_TEXTUAL");
      default -> throw failed(context, accountNumber, "unsupported sign mode " + name(mode));
    }
  }

  private String aux(Context context, Tx tx, byte[] signer) {
    return Arrays.equals(signers.payer(context, tx), signer)
        ? "fee payer "
            + addresses.account(signer)
            + " cannot sign with SIGN_MODE_DIRECT_AUX: unauthorized"
        : "unsupported sign mode SIGN_MODE_DIRECT_AUX";
  }

  private static String name(ModeInfo mode) {
    SignMode known = mode.getSingle().getMode();
    return known == SignMode.UNRECOGNIZED
        ? String.valueOf(mode.getSingle().getModeValue())
        : known.name();
  }

  private static ModuleException failed(Context context, long accountNumber, String reason) {
    return SdkErrors.unauthorized(
        "signature verification failed; please verify account number ("
            + Long.toUnsignedString(accountNumber)
            + ") and chain-id ("
            + context.chainId()
            + "): ("
            + reason
            + ")");
  }
}

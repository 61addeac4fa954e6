package io.segue.bundles.auth.ante;

import com.google.protobuf.Any;
import io.segue.bundles.auth.account.Account;
import io.segue.bundles.auth.account.AccountKeeper;
import io.segue.bundles.auth.format.ParsedTx;
import io.segue.bundles.sdk.AccountKey;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.proto.signing.SignMode;
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
  private final RequiredSigners signers;
  private final SignatureVerifier verifier;
  private final AccountKeeper keeper;

  SignatureSteps(
      Addresses addresses, RequiredSigners signers, Crypto crypto, AccountKeeper keeper) {
    this.keeper = keeper;
    this.addresses = addresses;
    this.signers = signers;
    this.verifier = new SignatureVerifier(crypto);
  }

  /** Each signer's sequence is its account's next, and its signature is right. */
  void signature(Context context, Tx tx) {
    ParsedTx parsed = ParsedTx.of(tx);
    List<byte[]> required = signers.of(context, tx);
    boolean verify = context.mode() != ExecMode.SIMULATE && context.mode() != ExecMode.RECHECK;
    SignDigests digests = new SignDigests(parsed, context.chainId());
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
        verify(context, tx, required.get(i), account, i, digests);
      }
    }
  }

  /** The account of each signer expects its next transaction. */
  void sequence(Context context, Tx tx) {
    for (byte[] signer : signers.of(context, tx)) {
      keeper.save(context.store(), signer, account(context, signer).advanced());
    }
  }

  private Account account(Context context, byte[] address) {
    return keeper
        .find(context.store(), address)
        .orElseThrow(
            () ->
                SdkErrors.unknownAddress(
                    "account " + addresses.account(address) + " does not exist"));
  }

  private void verify(
      Context context, Tx tx, byte[] signer, Account account, int index, SignDigests digests) {
    ParsedTx parsed = ParsedTx.of(tx);
    Any key =
        account
            .publicKey()
            .orElseThrow(() -> SdkErrors.invalidPubKey("pubkey on account is not set"));
    long number = context.height() == 0 ? 0 : account.number();
    SignatureData data =
        SignatureData.of(
            parsed.signerInfos().get(index).getModeInfo(), parsed.signatures().get(index));
    try {
      refuseAux(context, tx, data, signer);
      verifier.verify(AccountKey.parse(key), data, digests.of(number, account.sequence()));
    } catch (IllegalArgumentException e) {
      throw failed(context, account, number, data, e);
    }
  }

  private void refuseAux(Context context, Tx tx, SignatureData data, byte[] signer) {
    if (data instanceof SignatureData.Single single
        && single.info().getMode() == SignMode.SIGN_MODE_DIRECT_AUX) {
      throw new IllegalArgumentException(aux(context, tx, signer));
    }
  }

  private String aux(Context context, Tx tx, byte[] signer) {
    return Arrays.equals(signers.payer(context, tx), signer)
        ? "fee payer "
            + addresses.account(signer)
            + " cannot sign with SIGN_MODE_DIRECT_AUX: unauthorized"
        : "unsupported sign mode SIGN_MODE_DIRECT_AUX";
  }

  /** Who signs Amino JSON signs the sequence in the document; a wrong one shows only here. */
  private static ModuleException failed(
      Context context,
      Account account,
      long accountNumber,
      SignatureData data,
      IllegalArgumentException reason) {
    String number = Long.toUnsignedString(accountNumber);
    return SdkErrors.unauthorized(
        "signature verification failed; please verify account number ("
            + number
            + (data.isAmino()
                ? "), sequence ("
                    + Long.toUnsignedString(account.sequence())
                    + ") and chain-id ("
                    + context.chainId()
                    + ")"
                : ") and chain-id (" + context.chainId() + "): (" + reason.getMessage() + ")"));
  }
}

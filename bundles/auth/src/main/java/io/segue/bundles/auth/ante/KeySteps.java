package io.segue.bundles.auth.ante;

import com.google.protobuf.Any;
import io.segue.bundles.auth.account.Account;
import io.segue.bundles.auth.account.Accounts;
import io.segue.bundles.auth.account.AuthParams;
import io.segue.bundles.auth.account.PublicKeys;
import io.segue.bundles.auth.format.ParsedTx;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.proto.auth.Params;
import io.segue.bundles.sdk.proto.tx.SignerInfo;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.ExecMode;
import io.segue.kernel.api.module.Tx;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** The steps that learn the signers' keys and charge for the checking of their signatures. */
final class KeySteps {
  private final Addresses addresses;
  private final Signers signers;
  private final PublicKeys keys;

  KeySteps(Addresses addresses, Signers signers, PublicKeys keys) {
    this.addresses = addresses;
    this.signers = signers;
    this.keys = keys;
  }

  /** Each key belongs to its signer; an account keeps its key from its first transaction on. */
  void publicKey(Context context, Tx tx) {
    ParsedTx parsed = ParsedTx.of(tx);
    List<byte[]> required = signers.of(context, tx);
    Accounts accounts = new Accounts(context.store(), addresses);
    for (int i = 0; i < required.size(); i++) {
      SignerInfo info = parsed.signerInfos().get(i);
      if (info.hasPublicKey()) {
        learn(context, accounts, required.get(i), info.getPublicKey(), i);
      } else {
        requireKnown(context, accounts, required.get(i));
      }
    }
    emitSignatures(context, parsed, required);
  }

  /** Not too many signatures, and gas for each. */
  void signatureGas(Context context, Tx tx) {
    Params params = AuthParams.get(context.store());
    int count = ParsedTx.of(tx).signerInfos().size();
    if (count > params.getTxSigLimit()) {
      throw SdkErrors.tooManySignatures(
          "signatures: " + count + ", limit: " + params.getTxSigLimit());
    }
    for (int i = 0; i < count; i++) {
      context.gas().consume(params.getSigVerifyCostSecp256K1(), "ante verify: secp256k1");
    }
  }

  private void learn(Context context, Accounts accounts, byte[] address, Any key, int index) {
    Account account = accounts.find(address);
    if (account != null && account.base().getPubKey().equals(key)) {
      return;
    }
    byte[] bytes = keys.bytes(key);
    if (context.mode() != ExecMode.SIMULATE && !Arrays.equals(keys.address(bytes), address)) {
      throw SdkErrors.invalidPubKey(
          "pubKey does not match signer address "
              + addresses.account(address)
              + " with signer index: "
              + index);
    }
    if (account == null) {
      throw unknown(address);
    }
    if (account.publicKey().isEmpty()) {
      accounts.save(address, account.withPublicKey(PublicKeys.plain(bytes)));
    }
  }

  private void requireKnown(Context context, Accounts accounts, byte[] address) {
    Account account = accounts.find(address);
    if (account == null) {
      throw unknown(address);
    }
    if (account.publicKey().isEmpty() && context.mode() != ExecMode.SIMULATE) {
      throw SdkErrors.invalidPubKey("pubkey on account is not set");
    }
  }

  private RuntimeException unknown(byte[] address) {
    return SdkErrors.unknownAddress("account " + addresses.account(address) + " does not exist");
  }

  private void emitSignatures(Context context, ParsedTx parsed, List<byte[]> required) {
    for (int i = 0; i < required.size(); i++) {
      String sequence = Long.toUnsignedString(parsed.signerInfos().get(i).getSequence());
      context.emit(Event.of("tx", "acc_seq", addresses.account(required.get(i)) + "/" + sequence));
      String signature = Base64.getEncoder().encodeToString(parsed.signatures().get(i));
      context.emit(Event.of("tx", "signature", signature));
    }
  }
}

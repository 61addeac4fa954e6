package io.segue.bundles.auth.ante;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import io.segue.bundles.auth.account.Account;
import io.segue.bundles.auth.account.AccountKeeper;
import io.segue.bundles.auth.format.ParsedTx;
import io.segue.bundles.sdk.AccountKey;
import io.segue.bundles.sdk.AccountKey.Multisig;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.proto.auth.Params;
import io.segue.bundles.sdk.proto.tx.SignerInfo;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.Crypto;
import io.segue.kernel.api.module.ExecMode;
import io.segue.kernel.api.module.Tx;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The steps that learn the signers' keys and charge for the checking of their signatures. */
final class KeySteps {
  /** What an account learns in an estimate where the sender knows no key yet: it costs the same. */
  private static final AccountKey STAND_IN =
      new AccountKey.Secp256k1(ByteString.copyFrom(new byte[AccountKey.Secp256k1.LENGTH]));

  private final Addresses addresses;
  private final RequiredSigners signers;
  private final Crypto crypto;
  private final AccountKeeper keeper;

  KeySteps(Addresses addresses, RequiredSigners signers, Crypto crypto, AccountKeeper keeper) {
    this.keeper = keeper;
    this.addresses = addresses;
    this.signers = signers;
    this.crypto = crypto;
  }

  /** Each key belongs to its signer; an account keeps its key from its first transaction on. */
  void publicKey(Context context, Tx tx) {
    ParsedTx parsed = ParsedTx.of(tx);
    List<byte[]> required = signers.of(context, tx);
    for (int i = 0; i < required.size(); i++) {
      SignerInfo info = parsed.signerInfos().get(i);
      if (hasKey(context, info)) {
        learn(context, required.get(i), info.getPublicKey(), i);
      } else {
        requireKnown(context, required.get(i));
      }
    }
    emitSignatures(context, parsed, required);
  }

  /** A transaction to be estimated may have a key of no bytes, where its sender knows none yet. */
  private static boolean hasKey(Context context, SignerInfo info) {
    return info.hasPublicKey()
        && !(context.mode() == ExecMode.SIMULATE && info.getPublicKey().getValue().isEmpty());
  }

  /** Not too many keys that may sign, and gas for each signature. */
  void signatureGas(Context context, Tx tx) {
    Params params = keeper.params(context.store());
    ParsedTx parsed = ParsedTx.of(tx);
    List<byte[]> required = signers.of(context, tx);
    List<@Nullable AccountKey> keys = new ArrayList<>(required.size());
    int count = 0;
    for (int i = 0; i < required.size(); i++) {
      AccountKey key = severalKeys(context, parsed.signerInfos().get(i), required.get(i));
      keys.add(key);
      count += key == null ? 1 : key.count();
      if (count > params.getTxSigLimit()) {
        throw SdkErrors.tooManySignatures(
            "signatures: " + count + ", limit: " + params.getTxSigLimit());
      }
    }
    SignatureGas gas = new SignatureGas(context, params);
    for (int i = 0; i < required.size(); i++) {
      gas.consume(keys.get(i), parsed.signerInfos().get(i), parsed.signatures().get(i));
    }
  }

  /** The multisig key of a signer; null where one key signs alone. */
  private @Nullable AccountKey severalKeys(Context context, SignerInfo info, byte[] address) {
    if (info.hasPublicKey()) {
      return info.getPublicKey().getTypeUrl().equals(Multisig.TYPE_URL)
          ? AccountKey.parse(info.getPublicKey())
          : null;
    }
    if (!info.getModeInfo().hasMulti()) {
      return null;
    }
    return keeper
        .find(context.store(), address)
        .flatMap(Account::publicKey)
        .map(AccountKey::parse)
        .orElse(null);
  }

  private void learn(Context context, byte[] address, Any key, int index) {
    Optional<Account> found = keeper.find(context.store(), address);
    if (found.filter(known -> known.base().getPubKey().equals(key)).isPresent()) {
      return;
    }
    AccountKey parsed = AccountKey.parse(key);
    if (context.mode() != ExecMode.SIMULATE
        && !Arrays.equals(parsed.address(crypto::ripemd160), address)) {
      throw SdkErrors.invalidPubKey(
          "pubKey does not match signer address "
              + addresses.account(address)
              + " with signer index: "
              + index);
    }
    Account account = found.orElseThrow(() -> unknown(address));
    if (account.publicKey().isEmpty()) {
      keeper.save(context.store(), address, account.withPublicKey(parsed.toAny()));
    }
  }

  private void requireKnown(Context context, byte[] address) {
    Account account = keeper.find(context.store(), address).orElseThrow(() -> unknown(address));
    if (account.publicKey().isEmpty()) {
      if (context.mode() != ExecMode.SIMULATE) {
        throw SdkErrors.invalidPubKey("pubkey on account is not set");
      }
      keeper.save(context.store(), address, account.withPublicKey(STAND_IN.toAny()));
    }
  }

  private RuntimeException unknown(byte[] address) {
    return SdkErrors.unknownAddress("account " + addresses.account(address) + " does not exist");
  }

  private void emitSignatures(Context context, ParsedTx parsed, List<byte[]> required) {
    for (int i = 0; i < required.size(); i++) {
      SignerInfo info = parsed.signerInfos().get(i);
      String sequence = Long.toUnsignedString(info.getSequence());
      context.emit(Event.of("tx", "acc_seq", addresses.account(required.get(i)) + "/" + sequence));
      SignatureData.of(info.getModeInfo(), parsed.signatures().get(i))
          .each(
              signature ->
                  context.emit(
                      Event.of(
                          "tx",
                          "signature",
                          Base64.getEncoder().encodeToString(signature.toByteArray()))));
    }
  }
}

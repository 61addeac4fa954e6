package io.segue.bundles.auth.ante;

import io.segue.bundles.auth.account.AccountKeeper;
import io.segue.bundles.auth.format.ParsedTx;
import io.segue.bundles.sdk.AccountKey;
import io.segue.bundles.sdk.AccountKey.Multisig;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.proto.auth.Params;
import io.segue.bundles.sdk.proto.tx.SignerInfo;
import io.segue.kernel.api.abci.Abci.BlockParams;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.ExecMode;
import io.segue.kernel.api.module.Tx;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The steps that check a transaction by its own text: limits, timeout height, memo, size. */
final class TxBasics {
  /** What a signature and its key take, which a transaction to be estimated does not have yet. */
  private static final int SIGNATURE_SIZE_BYTES = 112;

  private final RequiredSigners signers;
  private final AccountKeeper keeper;

  TxBasics(RequiredSigners signers, AccountKeeper keeper) {
    this.signers = signers;
    this.keeper = keeper;
  }

  /** The gas limit fits block and format, the fee is there, and signatures match signers. */
  void limits(Context context, Tx tx) {
    ParsedTx parsed = ParsedTx.of(tx);
    long gas = parsed.authInfo().getFee().getGasLimit();
    long maxGas = context.consensusParams().block().map(BlockParams::maxGas).orElse(-1L);
    if (maxGas > 0 && Long.compareUnsigned(gas, maxGas) > 0) {
      throw SdkErrors.invalidGasLimit(
          "tx gas limit " + Long.toUnsignedString(gas) + " exceeds block max gas " + maxGas);
    }
    if (!parsed.authInfo().hasFee()) {
      throw SdkErrors.invalidRequest("missing fee");
    }
    if (gas < 0) {
      throw SdkErrors.invalidRequest(
          "invalid gas supplied; " + Long.toUnsignedString(gas) + " > " + Long.MAX_VALUE);
    }
    for (Coins.Amount coin : parsed.fee()) {
      if (coin.amount().signum() < 0) {
        throw SdkErrors.insufficientFee("invalid fee provided: " + Coins.text(parsed.fee()));
      }
    }
    int signatures = parsed.signatures().size();
    if (signatures == 0) {
      throw SdkErrors.noSignatures("");
    }
    List<byte[]> required = signers.of(context, tx);
    if (signatures != required.size()) {
      throw SdkErrors.unauthorized(
          "wrong number of signers; expected " + required.size() + ", got " + signatures);
    }
    List<SignerInfo> infos = parsed.signerInfos();
    if (infos.size() != signatures) {
      throw SdkErrors.unauthorized(
          "invalid number of signer;  expected: " + signatures + ", got " + infos.size());
    }
  }

  /** The transaction did not come too late. */
  void timeoutHeight(Context context, Tx tx) {
    long timeout = ParsedTx.of(tx).body().getTimeoutHeight();
    if (timeout != 0 && Long.compareUnsigned(context.height(), timeout) > 0) {
      throw SdkErrors.txTimeoutHeight(
          "block height: "
              + context.height()
              + ", timeout height: "
              + Long.toUnsignedString(timeout));
    }
  }

  /** The memo is not too long; counted in bytes. */
  void memo(Context context, Tx tx) {
    int length = ParsedTx.of(tx).body().getMemo().getBytes(StandardCharsets.UTF_8).length;
    if (length > 0) {
      long limit = keeper.params(context.store()).getMaxMemoCharacters();
      if (length > limit) {
        throw SdkErrors.memoTooLarge(
            "maximum number of characters is " + limit + " but received " + length + " characters");
      }
    }
  }

  /** Each byte of the transaction costs gas. */
  void sizeGas(Context context, Tx tx) {
    ParsedTx parsed = ParsedTx.of(tx);
    Params params = keeper.params(context.store());
    long size = parsed.sizeBytes();
    if (context.mode() == ExecMode.SIMULATE) {
      for (int i = 0; i < parsed.signerInfos().size(); i++) {
        size += missingBytes(parsed.signerInfos().get(i), parsed.signatures().get(i));
      }
    }
    context.gas().consume(product(size, params.getTxSizeCostPerByte()), "txSize");
  }

  /** What a signer's part will be larger by when it is signed. */
  private static long missingBytes(SignerInfo info, byte[] signature) {
    if (!SignatureData.of(info.getModeInfo(), signature).isEmpty()) {
      return 0;
    }
    boolean several = info.getPublicKey().getTypeUrl().equals(Multisig.TYPE_URL);
    int signers =
        several && AccountKey.parse(info.getPublicKey()) instanceof Multisig key
            ? key.threshold()
            : 1;
    return (long) signers * SIGNATURE_SIZE_BYTES;
  }

  /** Of numbers above 0; {@link Long#MAX_VALUE}, which no gas limit covers, where it is larger. */
  private static long product(long size, long cost) {
    return size > Long.MAX_VALUE / cost ? Long.MAX_VALUE : size * cost;
  }
}

package io.segue.bundles.auth.ante;

import io.segue.bundles.auth.format.ParsedTx;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.ModuleException;
import io.segue.kernel.api.module.Tx;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Who must sign a transaction, and who pays for it. */
final class RequiredSigners {
  private final Addresses addresses;

  RequiredSigners(Addresses addresses) {
    this.addresses = addresses;
  }

  /**
   * Raw addresses: the signers of each message in order, then the payer of the fee, each once.
   *
   * @throws ModuleException where a message's signer or the payer is malformed
   */
  List<byte[]> of(Context context, Tx tx) {
    ParsedTx parsed = ParsedTx.of(tx);
    return parsed.signers(() -> compute(context, tx, parsed));
  }

  /** Raw address of who pays the fee: the payer if the transaction names one, else the first. */
  byte[] payer(Context context, Tx tx) {
    String payer = ParsedTx.of(tx).authInfo().getFee().getPayer();
    if (!payer.isEmpty()) {
      return parsePayer(payer);
    }
    List<byte[]> signers = of(context, tx);
    if (signers.isEmpty()) {
      throw SdkErrors.unauthorized("nobody signs the transaction");
    }
    return signers.get(0);
  }

  private List<byte[]> compute(Context context, Tx tx, ParsedTx parsed) {
    List<byte[]> signers = new ArrayList<>(2);
    for (Tx.Message message : tx.messages()) {
      for (byte[] signer : context.signers(message.typeUrl(), message.value())) {
        addOnce(signers, signer);
      }
    }
    String payer = parsed.authInfo().getFee().getPayer();
    if (!payer.isEmpty()) {
      addOnce(signers, parsePayer(payer));
    }
    return signers;
  }

  private byte[] parsePayer(String payer) {
    return addresses.member("invalid fee payer address", payer);
  }

  private static void addOnce(List<byte[]> signers, byte[] signer) {
    for (byte[] known : signers) {
      if (Arrays.equals(known, signer)) {
        return;
      }
    }
    signers.add(signer);
  }
}

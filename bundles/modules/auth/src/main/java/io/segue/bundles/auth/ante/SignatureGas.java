package io.segue.bundles.auth.ante;

import io.segue.bundles.sdk.AccountKey;
import io.segue.bundles.sdk.AccountKey.Multisig;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.proto.auth.Params;
import io.segue.bundles.sdk.proto.tx.SignerInfo;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.ExecMode;
import io.segue.kernel.api.module.ModuleException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Charges for the checking of signatures: of a multisig key, for each holder who signed. */
final class SignatureGas {
  private final Context context;
  private final Params params;

  SignatureGas(Context context, Params params) {
    this.context = context;
    this.params = params;
  }

  /**
   * Charges for one signer.
   *
   * @param key the multisig key, or null for a key that signs alone
   * @throws ModuleException sdk/8 for a holder whose key can't sign here; undefined/1 where a
   *     multisig key brings a single signature
   */
  void consume(@Nullable AccountKey key, SignerInfo info, byte[] signature) {
    if (!(key instanceof Multisig several)) {
      secp256k1(1);
    } else if (context.mode() == ExecMode.SIMULATE) {
      // Who signs is not known yet.
      secp256k1(several.threshold());
    } else {
      holders(several, SignatureData.of(info.getModeInfo(), signature));
    }
  }

  private void holders(Multisig key, SignatureData data) {
    if (!(data instanceof SignatureData.Multi multi)) {
      throw SdkErrors.unregistered(
          "expected *signing.MultiSignatureData, got, *signing.SingleSignatureData");
    }
    List<AccountKey> keys = key.keys();
    int next = 0;
    for (int i = 0; i < keys.size() && i < multi.signed().size(); i++) {
      if (multi.signed().get(i) && next < multi.parts().size()) {
        holder(keys.get(i), multi.parts().get(next++));
      }
    }
  }

  private void holder(AccountKey key, SignatureData data) {
    if (key instanceof Multisig several) {
      holders(several, data);
    } else if (key instanceof AccountKey.Ed25519) {
      context.gas().consume(params.getSigVerifyCostEd25519(), "ante verify: ed25519");
      throw SdkErrors.invalidPubKey("ED25519 public keys are unsupported");
    } else {
      secp256k1(1);
    }
  }

  private void secp256k1(int signatures) {
    for (int i = 0; i < signatures; i++) {
      context.gas().consume(params.getSigVerifyCostSecp256K1(), "ante verify: secp256k1");
    }
  }
}

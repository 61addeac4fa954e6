package io.segue.bundles.auth.ante;

import com.google.protobuf.ByteString;
import io.segue.bundles.sdk.AccountKey;
import io.segue.bundles.sdk.AccountKey.Multisig;
import io.segue.bundles.sdk.AccountKey.Secp256k1;
import io.segue.kernel.api.module.Crypto;
import java.util.List;

/** Verifies what a signer brings against its key, holder by holder. */
final class SignatureVerifier {
  private final Crypto crypto;

  SignatureVerifier(Crypto crypto) {
    this.crypto = crypto;
  }

  /**
   * Passes where the signatures are right.
   *
   * @throws IllegalArgumentException where they are not; says why, as the Cosmos SDK does
   */
  void verify(AccountKey key, SignatureData data, SignDigests.ForSigner digests) {
    if (data instanceof SignatureData.Multi multi) {
      if (!(key instanceof Multisig several)) {
        throw new IllegalArgumentException("expected <nil>, got *secp256k1.PubKey");
      }
      multisig(several, multi, digests);
    } else if (data instanceof SignatureData.Single single
        && !isRight(key, single.signature(), digests.in(single.info()))) {
      throw new IllegalArgumentException("unable to verify single signer signature");
    }
  }

  private void multisig(Multisig key, SignatureData.Multi data, SignDigests.ForSigner digests) {
    List<AccountKey> keys = key.keys();
    List<SignatureData> parts = data.parts();
    if (data.signed().size() != keys.size()) {
      throw new IllegalArgumentException("bit array size is incorrect, expecting: " + keys.size());
    }
    if (parts.size() < key.threshold() || parts.size() > keys.size()) {
      throw new IllegalArgumentException("signature size is incorrect " + parts.size());
    }
    if (data.signers() < key.threshold()) {
      throw new IllegalArgumentException(
          "not enough signatures set, have " + data.signers() + ", expected " + key.threshold());
    }
    if (data.signers() != parts.size()) {
      throw new IllegalArgumentException(
          "signatures: " + parts.size() + ", bits that say who signed: " + data.signers());
    }
    int next = 0;
    for (int i = 0; i < keys.size(); i++) {
      if (data.signed().get(i)) {
        holder(i, keys.get(i), parts.get(next++), digests);
      }
    }
  }

  private void holder(
      int index, AccountKey key, SignatureData data, SignDigests.ForSigner digests) {
    if (data instanceof SignatureData.Multi multi) {
      if (!(key instanceof Multisig several)) {
        throw new IllegalArgumentException("unable to parse pubkey of index " + index);
      }
      multisig(several, multi, digests);
    } else if (data instanceof SignatureData.Single single
        && !isRight(key, single.signature(), digests.in(single.info()))) {
      throw new IllegalArgumentException("unable to verify signature at index " + index);
    }
  }

  private boolean isRight(AccountKey key, ByteString signature, List<byte[]> digests) {
    if (!(key instanceof Secp256k1 one)) {
      return false;
    }
    for (byte[] digest : digests) {
      if (crypto.verifySecp256k1(digest, signature.toByteArray(), one.bytes().toByteArray())) {
        return true;
      }
    }
    return false;
  }
}

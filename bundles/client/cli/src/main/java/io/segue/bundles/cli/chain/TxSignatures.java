package io.segue.bundles.cli.chain;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.keyring.Key;
import io.segue.bundles.sdk.AccountKey;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.proto.signing.SignMode;
import io.segue.bundles.sdk.proto.tx.AuthInfo;
import io.segue.bundles.sdk.proto.tx.ModeInfo;
import io.segue.bundles.sdk.proto.tx.SignDoc;
import io.segue.bundles.sdk.proto.tx.SignerInfo;
import io.segue.bundles.sdk.proto.tx.Tx;
import java.util.List;

/** Signs transactions in the two modes that the chain knows. */
public final class TxSignatures {
  private static final Addresses ADDRESSES = new Addresses(Addresses.DEFAULT_PREFIX);

  private TxSignatures() {}

  /** Where a signer stands: the chain, its account's number, and the sequence to sign. */
  public record Place(String chainId, long accountNumber, long sequence) {}

  /**
   * The transaction with the signature of one more signer; one that the key made before is
   * replaced.
   *
   * @throws CliException where the key is none of the signers, or the mode can't be used
   */
  public static Tx sign(Tx tx, Key key, SignMode mode, Place place, ChainTypes types) {
    SignerInfo info =
        SignerInfo.newBuilder()
            .setPublicKey(key.account().toAny())
            .setModeInfo(single(mode))
            .setSequence(place.sequence())
            .build();
    Tx open = with(tx, key.address(ADDRESSES), info, ByteString.EMPTY, types);
    if (mode == SignMode.SIGN_MODE_DIRECT && open.getSignaturesCount() > 1) {
      throw new CliException(
          "a transaction of several signers can't be signed one after the other in mode direct:"
              + " each signs the signer infos of the others; use --sign-mode amino-json");
    }
    return with(tx, key.address(ADDRESSES), info, signature(open, key, mode, place, types), types);
  }

  /** What a key signs, signed; a holder of a multisig key signs for the account of that key. */
  public static ByteString signature(Tx tx, Key key, SignMode mode, Place place, ChainTypes types) {
    byte[] document =
        mode == SignMode.SIGN_MODE_DIRECT
            ? SignDoc.newBuilder()
                .setBodyBytes(tx.getBody().toByteString())
                .setAuthInfoBytes(tx.getAuthInfo().toByteString())
                .setChainId(place.chainId())
                .setAccountNumber(place.accountNumber())
                .build()
                .toByteArray()
            : types
                .signDocument(tx)
                .bytes(place.chainId(), place.accountNumber(), place.sequence());
    return ByteString.copyFrom(key.sign(document));
  }

  /** The transaction with what a signer brings, at its place among the signers. */
  public static Tx with(
      Tx tx, String address, SignerInfo info, ByteString signature, ChainTypes types) {
    List<String> signers = TxSigners.of(tx, types);
    if (!signers.contains(address)) {
      throw new CliException(
          address + " does not sign this transaction; its signers are " + signers);
    }
    AuthInfo.Builder authInfo = tx.getAuthInfo().toBuilder().clearSignerInfos();
    Tx.Builder signed = tx.toBuilder().clearSignatures();
    for (String signer : signers) {
      int known = indexOf(tx, signer);
      if (signer.equals(address)) {
        authInfo.addSignerInfos(info);
        signed.addSignatures(signature);
      } else if (known >= 0) {
        authInfo.addSignerInfos(tx.getAuthInfo().getSignerInfos(known));
        signed.addSignatures(tx.getSignatures(known));
      }
    }
    return signed.setAuthInfo(authInfo).build();
  }

  /** One signature of a mode. */
  public static ModeInfo single(SignMode mode) {
    return ModeInfo.newBuilder().setSingle(ModeInfo.Single.newBuilder().setMode(mode)).build();
  }

  private static int indexOf(Tx tx, String address) {
    for (int i = 0; i < tx.getSignaturesCount(); i++) {
      Any key = tx.getAuthInfo().getSignerInfos(i).getPublicKey();
      if (Key.address(AccountKey.parse(key), ADDRESSES).equals(address)) {
        return i;
      }
    }
    return -1;
  }
}

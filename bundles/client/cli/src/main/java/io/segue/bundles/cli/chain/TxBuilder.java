package io.segue.bundles.cli.chain;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.segue.bundles.cli.keyring.Key;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.proto.crypto.secp256k1.PubKey;
import io.segue.bundles.sdk.proto.signing.SignMode;
import io.segue.bundles.sdk.proto.tx.AuthInfo;
import io.segue.bundles.sdk.proto.tx.Fee;
import io.segue.bundles.sdk.proto.tx.ModeInfo;
import io.segue.bundles.sdk.proto.tx.SignDoc;
import io.segue.bundles.sdk.proto.tx.SignerInfo;
import io.segue.bundles.sdk.proto.tx.Tx;
import io.segue.bundles.sdk.proto.tx.TxBody;
import io.segue.bundles.sdk.proto.tx.TxRaw;
import java.util.List;

/**
 * Makes transactions of one signer in SIGN_MODE_DIRECT: what is signed is SHA-256 of a SignDoc, and
 * the signature is deterministic. Equal input gives equal bytes.
 *
 * <p>Thread safety: immutable; each {@code with} gives another one.
 *
 * @param timeoutHeight last height that may have it; 0 for any
 */
public record TxBuilder(
    List<Any> messages, String memo, long timeoutHeight, Coins fee, long gasLimit) {
  private static final String URL_PREFIX = "";

  public TxBuilder {
    messages = List.copyOf(messages);
  }

  /** With messages, and neither memo nor fee. */
  public static TxBuilder of(List<? extends Message> messages) {
    return new TxBuilder(messages.stream().map(TxBuilder::any).toList(), "", 0, Coins.NONE, 0);
  }

  /** With one message. */
  public static TxBuilder of(Message message) {
    return of(List.of(message));
  }

  /** A message under its type URL, {@code /} and its full name. */
  public static Any any(Message message) {
    return Any.pack(message, URL_PREFIX);
  }

  public TxBuilder withMemo(String newMemo) {
    return new TxBuilder(messages, newMemo, timeoutHeight, fee, gasLimit);
  }

  public TxBuilder withTimeoutHeight(long height) {
    return new TxBuilder(messages, memo, height, fee, gasLimit);
  }

  public TxBuilder withFee(Coins newFee, long newGasLimit) {
    return new TxBuilder(messages, memo, timeoutHeight, newFee, newGasLimit);
  }

  /** The same without anything of its signers. */
  public Tx toTx() {
    return Tx.newBuilder()
        .setBody(bodyMessage())
        .setAuthInfo(AuthInfo.newBuilder().setFee(feeMessage()))
        .build();
  }

  /** Signed, as it is broadcast. */
  public byte[] sign(Key key, String chainId, long accountNumber, long sequence) {
    ByteString body = body();
    ByteString authInfo = authInfo(key, sequence);
    byte[] document =
        SignDoc.newBuilder()
            .setBodyBytes(body)
            .setAuthInfoBytes(authInfo)
            .setChainId(chainId)
            .setAccountNumber(accountNumber)
            .build()
            .toByteArray();
    return raw(body, authInfo, key.sign(document));
  }

  /** For a simulation, which asks for a signature and does not look at it. */
  public byte[] unsigned(Key key, long sequence) {
    return raw(body(), authInfo(key, sequence), new byte[0]);
  }

  private ByteString body() {
    return bodyMessage().toByteString();
  }

  private TxBody bodyMessage() {
    return TxBody.newBuilder()
        .addAllMessages(messages)
        .setMemo(memo)
        .setTimeoutHeight(timeoutHeight)
        .build();
  }

  private Fee feeMessage() {
    return Fee.newBuilder().addAllAmount(fee.toProto()).setGasLimit(gasLimit).build();
  }

  private ByteString authInfo(Key key, long sequence) {
    PubKey publicKey = PubKey.newBuilder().setKey(ByteString.copyFrom(key.publicKey())).build();
    ModeInfo.Single direct =
        ModeInfo.Single.newBuilder().setMode(SignMode.SIGN_MODE_DIRECT).build();
    return AuthInfo.newBuilder()
        .addSignerInfos(
            SignerInfo.newBuilder()
                .setPublicKey(any(publicKey))
                .setModeInfo(ModeInfo.newBuilder().setSingle(direct))
                .setSequence(sequence))
        .setFee(feeMessage())
        .build()
        .toByteString();
  }

  private static byte[] raw(ByteString body, ByteString authInfo, byte[] signature) {
    return TxRaw.newBuilder()
        .setBodyBytes(body)
        .setAuthInfoBytes(authInfo)
        .addSignatures(ByteString.copyFrom(signature))
        .build()
        .toByteArray();
  }
}

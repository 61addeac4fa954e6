package io.segue.bundles.auth;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.segue.bundles.sdk.proto.bank.MsgSend;
import io.segue.bundles.sdk.proto.base.Coin;
import io.segue.bundles.sdk.proto.signing.SignMode;
import io.segue.bundles.sdk.proto.tx.AuthInfo;
import io.segue.bundles.sdk.proto.tx.Fee;
import io.segue.bundles.sdk.proto.tx.ModeInfo;
import io.segue.bundles.sdk.proto.tx.SignDoc;
import io.segue.bundles.sdk.proto.tx.SignerInfo;
import io.segue.bundles.sdk.proto.tx.TxBody;
import io.segue.bundles.sdk.proto.tx.TxRaw;
import java.util.ArrayList;
import java.util.List;

/** A transaction that a test makes, and breaks where it likes. */
public final class TestTx {
  public final TxBody.Builder body = TxBody.newBuilder();
  public final AuthInfo.Builder authInfo = AuthInfo.newBuilder();
  public final Fee.Builder fee = Fee.newBuilder().setGasLimit(200_000);
  public boolean hasFee = true;
  public String chainId = "probe-1";

  private final List<TestSigner> signers = new ArrayList<>();
  private final List<Long> numbers = new ArrayList<>();

  private TestTx() {}

  /** A transaction without anything. */
  public static TestTx empty() {
    return new TestTx();
  }

  /** A transfer of 7 ustake from A to B for 500 ufee, signed by A: account 0, sequence 122. */
  public static TestTx transfer() {
    return empty()
        .with(send(TestSigner.A, TestSigner.B, "ustake", "7"))
        .fee("ufee", "500")
        .signedBy(TestSigner.A, 0, 122);
  }

  public static MsgSend send(TestSigner from, TestSigner to, String denom, String amount) {
    return MsgSend.newBuilder()
        .setFromAddress(from.address())
        .setToAddress(to.address())
        .addAmount(coin(denom, amount))
        .build();
  }

  public static Coin coin(String denom, String amount) {
    return Coin.newBuilder().setDenom(denom).setAmount(amount).build();
  }

  public static Any any(Message message) {
    return any("/" + message.getDescriptorForType().getFullName(), message);
  }

  public static Any any(String typeUrl, Message message) {
    return Any.newBuilder().setTypeUrl(typeUrl).setValue(message.toByteString()).build();
  }

  public TestTx with(Message message) {
    body.addMessages(any(message));
    return this;
  }

  public TestTx with(Any message) {
    body.addMessages(message);
    return this;
  }

  public TestTx fee(String denom, String amount) {
    fee.addAmount(coin(denom, amount));
    return this;
  }

  public TestTx gas(long limit) {
    fee.setGasLimit(limit);
    return this;
  }

  public TestTx signedBy(TestSigner signer, long number, long sequence) {
    signers.add(signer);
    numbers.add(number);
    authInfo.addSignerInfos(
        SignerInfo.newBuilder()
            .setPublicKey(signer.key())
            .setModeInfo(mode(SignMode.SIGN_MODE_DIRECT_VALUE))
            .setSequence(sequence));
    return this;
  }

  public TestTx mode(int index, int mode) {
    authInfo.getSignerInfosBuilder(index).setModeInfo(mode(mode));
    return this;
  }

  /** The bytes, with a signature of each signer. */
  public byte[] bytes() {
    return raw().build().toByteArray();
  }

  /** The same, still open. */
  public TxRaw.Builder raw() {
    if (hasFee) {
      authInfo.setFee(fee);
    }
    ByteString bodyBytes = body.build().toByteString();
    ByteString authInfoBytes = authInfo.build().toByteString();
    TxRaw.Builder raw = TxRaw.newBuilder().setBodyBytes(bodyBytes).setAuthInfoBytes(authInfoBytes);
    for (int i = 0; i < signers.size(); i++) {
      SignDoc document =
          SignDoc.newBuilder()
              .setBodyBytes(bodyBytes)
              .setAuthInfoBytes(authInfoBytes)
              .setChainId(chainId)
              .setAccountNumber(numbers.get(i))
              .build();
      raw.addSignatures(ByteString.copyFrom(signers.get(i).sign(document)));
    }
    return raw;
  }

  private static ModeInfo mode(int mode) {
    return ModeInfo.newBuilder().setSingle(ModeInfo.Single.newBuilder().setModeValue(mode)).build();
  }
}

package io.segue.bundles.auth.ante;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import io.segue.bundles.auth.TestChain;
import io.segue.bundles.auth.TestPlatform;
import io.segue.bundles.auth.TestSigner;
import io.segue.bundles.auth.TestTx;
import io.segue.bundles.auth.Vectors;
import io.segue.bundles.sdk.AccountKey;
import io.segue.bundles.sdk.AccountKey.Multisig;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.proto.bank.MsgSend;
import io.segue.bundles.sdk.proto.crypto.multisig.MultiSignature;
import io.segue.bundles.sdk.proto.tx.AuthInfo;
import io.segue.bundles.sdk.proto.tx.Fee;
import io.segue.bundles.sdk.proto.tx.ModeInfo;
import io.segue.bundles.sdk.proto.tx.SignerInfo;
import io.segue.bundles.sdk.proto.tx.SimulateRequest;
import io.segue.bundles.sdk.proto.tx.SimulateResponse;
import io.segue.bundles.sdk.proto.tx.TxBody;
import io.segue.bundles.sdk.proto.tx.TxRaw;
import io.segue.kernel.api.abci.Abci.QueryResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Transactions that are simulated, in the forms that clients send. */
class EstimatesTest {
  private static final AccountKey A = AccountKey.parse(TestSigner.A.key());
  private static final Multisig TWO_OF_THREE =
      new Multisig(
          2,
          List.of(A, AccountKey.parse(TestSigner.B.key()), AccountKey.parse(TestSigner.N.key())));
  private static final ModeInfo SINGLE =
      ModeInfo.newBuilder().setSingle(ModeInfo.Single.getDefaultInstance()).build();

  @Test
  void takeAKeyWithoutBytesAsSimdSendsIt() throws Exception {
    Any empty = Any.newBuilder().setTypeUrl(AccountKey.Secp256k1.TYPE_URL).build();
    long without = estimate(A, SignerInfo.newBuilder().setPublicKey(empty), ByteString.EMPTY);
    long with = estimate(A, SignerInfo.newBuilder().setPublicKey(A.toAny()), ByteString.EMPTY);
    assertThat(without).isBetween(with - 1500, with);
  }

  @Test
  void coverWhatAMultisigKeyWillTake() throws Exception {
    SignerInfo.Builder asCosmJs = SignerInfo.newBuilder().setPublicKey(TWO_OF_THREE.toAny());
    long estimated = estimate(TWO_OF_THREE, asCosmJs, ByteString.EMPTY);
    long used =
        chain(TWO_OF_THREE)
            .deliver(Vectors.object("cosmjs.json").objects("multisig").get(0).hex("tx_raw_hex"))
            .gasUsed();
    assertThat(estimated * 14 / 10).isGreaterThan(used);

    ModeInfo asSimd =
        ModeInfo.newBuilder()
            .setMulti(ModeInfo.Multi.newBuilder().addModeInfos(SINGLE).addModeInfos(SINGLE))
            .build();
    ByteString signature =
        MultiSignature.newBuilder()
            .addSignatures(ByteString.EMPTY)
            .addSignatures(ByteString.EMPTY)
            .build()
            .toByteString();
    assertThat(
            estimate(
                TWO_OF_THREE,
                SignerInfo.newBuilder().setPublicKey(TWO_OF_THREE.toAny()).setModeInfo(asSimd),
                signature))
        .isBetween(estimated - 500, estimated + 500);
  }

  private static long estimate(AccountKey key, SignerInfo.Builder signer, ByteString signature)
      throws Exception {
    MsgSend send =
        MsgSend.newBuilder()
            .setFromAddress(address(key))
            .setToAddress(TestSigner.B.address())
            .addAmount(TestTx.coin("ustake", "7"))
            .build();
    if (!signer.hasModeInfo()) {
      signer.setModeInfo(SINGLE);
    }
    TxRaw raw =
        TxRaw.newBuilder()
            .setBodyBytes(TxBody.newBuilder().addMessages(TestTx.any(send)).build().toByteString())
            .setAuthInfoBytes(
                AuthInfo.newBuilder()
                    .addSignerInfos(signer.setSequence(3))
                    .setFee(Fee.getDefaultInstance())
                    .build()
                    .toByteString())
            .addSignatures(signature)
            .build();
    QueryResponse response =
        chain(key)
            .query(
                "/cosmos.tx.v1beta1.Service/Simulate",
                SimulateRequest.newBuilder().setTxBytes(raw.toByteString()).build().toByteArray());
    assertThat(response.log()).isEmpty();
    return SimulateResponse.parseFrom(response.value()).getGasInfo().getGasUsed();
  }

  private static TestChain chain(AccountKey key) {
    return TestChain.aChain().withAccount(address(key), 5, 3, "100000ufee,1000ustake").start();
  }

  private static String address(AccountKey key) {
    return new Addresses("cosmos").account(key.address(new TestPlatform().crypto()::ripemd160));
  }
}

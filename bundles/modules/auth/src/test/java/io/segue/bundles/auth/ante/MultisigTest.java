package io.segue.bundles.auth.ante;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.segue.bundles.auth.TestChain;
import io.segue.bundles.auth.TestPlatform;
import io.segue.bundles.auth.TestSigner;
import io.segue.bundles.auth.TestTx;
import io.segue.bundles.auth.Vectors;
import io.segue.bundles.auth.Vectors.Vector;
import io.segue.bundles.sdk.AccountKey;
import io.segue.bundles.sdk.AccountKey.Multisig;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.amino.AminoTypes;
import io.segue.bundles.sdk.amino.StdSignDoc;
import io.segue.bundles.sdk.proto.auth.QueryAccountInfoRequest;
import io.segue.bundles.sdk.proto.auth.QueryAccountInfoResponse;
import io.segue.bundles.sdk.proto.bank.BankTxProto;
import io.segue.bundles.sdk.proto.bank.MsgSend;
import io.segue.bundles.sdk.proto.crypto.multisig.CompactBitArray;
import io.segue.bundles.sdk.proto.crypto.multisig.MultiSignature;
import io.segue.bundles.sdk.proto.signing.SignMode;
import io.segue.bundles.sdk.proto.tx.ModeInfo;
import io.segue.bundles.sdk.proto.tx.SignerInfo;
import io.segue.bundles.sdk.proto.tx.TxRaw;
import io.segue.kernel.api.abci.Abci.CheckTxResponse;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keys of several holders. */
class MultisigTest {
  private static final AminoTypes TYPES = AminoTypes.of(BankTxProto.getDescriptor());
  private static final AccountKey A = AccountKey.parse(TestSigner.A.key());
  private static final AccountKey B = AccountKey.parse(TestSigner.B.key());
  private static final AccountKey N = AccountKey.parse(TestSigner.N.key());
  private static final Multisig TWO_OF_THREE = new Multisig(2, List.of(A, B, N));

  @Test
  void sendAsCosmJsSignsForThem() throws Exception {
    for (Vector vector : Vectors.object("cosmjs.json").objects("multisig")) {
      byte[] tx = vector.hex("tx_raw_hex");
      TestChain chain = chain(vector.text("address"));
      if (tx.length == 0) {
        continue;
      }
      CheckTxResponse checked = chain.check(tx);
      if (vector.text("name").equals("2 of 3, one only")) {
        assertThat(checked.code()).isEqualTo(4);
        continue;
      }
      assertThat(checked.code()).as(checked.log()).isZero();
      ExecTxResult executed = chain.deliver(tx);
      assertThat(executed.code()).as(executed.log()).isZero();
      assertThat(info(chain, vector.text("address")).getInfo().getPubKey().toByteArray())
          .isEqualTo(vector.hex("pubkey_any_hex"));
    }
  }

  @Test
  void showEverySignatureInTheEvents() throws Exception {
    byte[] tx = multisig("2 of 3, first and last").hex("tx_raw_hex");
    TxRaw raw = TxRaw.parseFrom(tx);
    MultiSignature signatures = MultiSignature.parseFrom(raw.getSignatures(0));
    ExecTxResult result = chain(address(TWO_OF_THREE)).deliver(tx);
    assertThat(
            result.events().stream()
                .flatMap(event -> event.attributes().stream())
                .filter(attribute -> attribute.key().equals("signature"))
                .map(attribute -> attribute.value()))
        .containsExactly(
            base64(signatures.getSignatures(0)),
            base64(signatures.getSignatures(1)),
            base64(raw.getSignatures(0)));
  }

  @Test
  void payForEachSignature() {
    long two = gas(multisig("2 of 3, first and last"));
    long three = gas(multisig("2 of 3, all"));
    int longer =
        multisig("2 of 3, all").hex("tx_raw_hex").length
            - multisig("2 of 3, first and last").hex("tx_raw_hex").length;
    assertThat(three - two).isEqualTo(1000 + 10L * longer);
  }

  @Test
  void areCountedWithAllTheirKeys() {
    TestChain chain =
        TestChain.aChain()
            .withAccount(address(TWO_OF_THREE), 5, 3, "1000ufee,1000ustake")
            .withAuthParams(
                "{\"max_memo_characters\":\"256\",\"tx_sig_limit\":\"2\","
                    + "\"tx_size_cost_per_byte\":\"10\",\"sig_verify_cost_ed25519\":\"590\","
                    + "\"sig_verify_cost_secp256k1\":\"1000\"}")
            .start();
    CheckTxResponse checked = chain.check(multisig("2 of 3, all").hex("tx_raw_hex"));
    assertThat(checked.code()).isEqualTo(14);
    assertThat(checked.log())
        .isEqualTo("signatures: 3, limit: 2: maximum number of signatures exceeded");
  }

  @Test
  void mayHoldAnother() {
    Multisig outer = new Multisig(2, List.of(A, TWO_OF_THREE));
    Draft draft = new Draft(outer);
    ModeInfo inner = multi(3, 0b0110_0000, amino(), amino());
    byte[] tx =
        draft.tx(
            multi(2, 0b1100_0000, amino(), inner),
            bundle(
                draft.signature(TestSigner.A),
                bundle(draft.signature(TestSigner.B), draft.signature(TestSigner.N))));
    assertThat(draft.check(tx).log()).isEqualTo("");
    byte[] swapped =
        draft.tx(
            multi(2, 0b1100_0000, amino(), inner),
            bundle(
                draft.signature(TestSigner.A),
                bundle(draft.signature(TestSigner.N), draft.signature(TestSigner.B))));
    assertThat(draft.check(swapped).code()).isEqualTo(4);
  }

  @Test
  void maySignDirectly() {
    Draft draft = new Draft(TWO_OF_THREE);
    ModeInfo direct =
        ModeInfo.newBuilder()
            .setSingle(ModeInfo.Single.newBuilder().setMode(SignMode.SIGN_MODE_DIRECT))
            .build();
    ModeInfo mode = multi(3, 0b1100_0000, direct, direct);
    ByteString a = draft.direct(mode, TestSigner.A);
    ByteString b = draft.direct(mode, TestSigner.B);
    assertThat(draft.check(draft.tx(mode, bundle(a, b))).log()).isEmpty();
    assertThat(draft.check(draft.tx(mode, bundle(b, a))).log())
        .contains("(unable to verify signature at index 0)");
  }

  @Test
  void saysWhatIsWrongAsTheCosmosSdk() {
    Draft draft = new Draft(TWO_OF_THREE);
    ByteString a = draft.signature(TestSigner.A);
    ByteString b = draft.signature(TestSigner.B);
    ModeInfo textual =
        ModeInfo.newBuilder()
            .setSingle(ModeInfo.Single.newBuilder().setMode(SignMode.SIGN_MODE_TEXTUAL))
            .build();
    assertFails(
        draft,
        multi(4, 0b1100_0000, textual, amino()),
        bundle(a, b),
        "bit array size is incorrect, expecting: 3");
    assertFails(draft, multi(3, 0b1000_0000, textual), bundle(a), "signature size is incorrect 1");
    assertFails(
        draft,
        multi(3, 0b1000_0000, textual, amino()),
        bundle(a, b),
        "not enough signatures set, have 1, expected 2");
    assertFails(
        draft,
        multi(3, 0b1110_0000, textual, amino()),
        bundle(a, b),
        "signatures: 2, bits that say who signed: 3");
    assertFails(
        draft,
        multi(3, 0b1100_0000, textual, amino()),
        bundle(a, b),
        "unsuppored sign mode SIGN_MODE_TEXTUAL");
    assertThat(draft.check(draft.tx(amino(), a)).log())
        .isEqualTo("expected *signing.MultiSignatureData, got, *signing.SingleSignatureData");
    assertThat(draft.check(draft.tx(multi(3, 0b1100_0000, amino()), bundle(a, b))).code())
        .isEqualTo(4);
    assertThat(
            draft
                .check(
                    draft.tx(
                        multi(3, 0b1100_0000, amino(), amino()),
                        bundle(a, b).concat(ByteString.fromHex("1000"))))
                .log())
        .isEqualTo("a multisignature is not encoded as one: unauthorized");
    assertThat(draft.check(draft.tx(multi(9, 0b1100_0000, amino(), amino()), bundle(a, b))).code())
        .isEqualTo(4);
  }

  @Test
  void cannotSignForAKeyThatSignsAlone() {
    TestTx tx = TestTx.transfer();
    tx.authInfo.getSignerInfosBuilder(0).setModeInfo(multi(1, 0b1000_0000, amino()));
    byte[] bytes =
        tx.raw().setSignatures(0, bundle(ByteString.copyFrom(new byte[64]))).build().toByteArray();
    TestChain chain =
        TestChain.aChain()
            .withAccount(TestSigner.A.address(), 0, 122, "1000ufee,1000ustake")
            .start();
    assertThat(chain.check(bytes).code()).isEqualTo(4);
  }

  private static void assertFails(Draft draft, ModeInfo mode, ByteString signature, String why) {
    assertThat(draft.check(draft.tx(mode, signature)).log())
        .isEqualTo(
            "signature verification failed; please verify account number (5) and chain-id"
                + " (probe-1): ("
                + why
                + "): unauthorized");
  }

  private static long gas(Vector vector) {
    return chain(vector.text("address")).check(vector.hex("tx_raw_hex")).gasUsed();
  }

  private static Vector multisig(String name) {
    return Vectors.object("cosmjs.json").objects("multisig").stream()
        .filter(vector -> vector.text("name").equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static TestChain chain(String address) {
    return TestChain.aChain().withAccount(address, 5, 3, "100000ufee,1000ustake").start();
  }

  private static String address(AccountKey key) {
    return new Addresses("cosmos").account(key.address(new TestPlatform().crypto()::ripemd160));
  }

  private static QueryAccountInfoResponse info(TestChain chain, String address) throws Exception {
    byte[] request = QueryAccountInfoRequest.newBuilder().setAddress(address).build().toByteArray();
    return QueryAccountInfoResponse.parseFrom(
        chain.query("/cosmos.auth.v1beta1.Query/AccountInfo", request).value());
  }

  private static String base64(ByteString bytes) {
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  private static ByteString bundle(ByteString... signatures) {
    return MultiSignature.newBuilder().addAllSignatures(List.of(signatures)).build().toByteString();
  }

  private static ModeInfo amino() {
    return ModeInfo.newBuilder()
        .setSingle(ModeInfo.Single.newBuilder().setMode(SignMode.SIGN_MODE_LEGACY_AMINO_JSON))
        .build();
  }

  private static ModeInfo multi(int keys, int bits, ModeInfo... modes) {
    return ModeInfo.newBuilder()
        .setMulti(
            ModeInfo.Multi.newBuilder()
                .setBitarray(
                    CompactBitArray.newBuilder()
                        .setExtraBitsStored(keys)
                        .setElems(ByteString.copyFrom(new byte[] {(byte) bits})))
                .addAllModeInfos(List.of(modes)))
        .build();
  }

  /** A transfer that a key of several holders is to sign: account 5, sequence 3. */
  private static final class Draft {
    private final Multisig key;
    private final TestTx tx = TestTx.empty();

    Draft(Multisig key) {
      this.key = key;
      tx.with(
          MsgSend.newBuilder()
              .setFromAddress(address(key))
              .setToAddress(TestSigner.B.address())
              .addAmount(TestTx.coin("ustake", "7"))
              .build());
      tx.fee("ufee", "500").gas(300_000);
    }

    CheckTxResponse check(byte[] bytes) {
      return chain(address(key)).check(bytes);
    }

    ByteString signature(TestSigner holder) {
      byte[] document =
          StdSignDoc.of(TYPES, tx.body.build(), tx.fee.build()).bytes("probe-1", 5, 3);
      return ByteString.copyFrom(holder.sign(document));
    }

    ByteString direct(ModeInfo mode, TestSigner holder) {
      TxRaw raw = open(mode).build();
      return ByteString.copyFrom(
          holder.sign(
              io.segue.bundles.sdk.proto.tx.SignDoc.newBuilder()
                  .setBodyBytes(raw.getBodyBytes())
                  .setAuthInfoBytes(raw.getAuthInfoBytes())
                  .setChainId("probe-1")
                  .setAccountNumber(5)
                  .build()));
    }

    byte[] tx(ModeInfo mode, ByteString signature) {
      return open(mode).addSignatures(signature).build().toByteArray();
    }

    private TxRaw.Builder open(ModeInfo mode) {
      tx.authInfo.clearSignerInfos();
      tx.authInfo.addSignerInfos(
          SignerInfo.newBuilder().setPublicKey(key.toAny()).setModeInfo(mode).setSequence(3));
      return tx.raw();
    }
  }
}

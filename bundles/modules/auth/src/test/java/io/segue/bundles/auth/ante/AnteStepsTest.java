package io.segue.bundles.auth.ante;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.segue.bundles.auth.TestChain;
import io.segue.bundles.auth.TestSigner;
import io.segue.bundles.auth.TestTx;
import io.segue.bundles.auth.Vectors;
import io.segue.bundles.auth.format.TxLimits;
import io.segue.bundles.sdk.proto.auth.BaseAccount;
import io.segue.bundles.sdk.proto.auth.MsgEnsureAccount;
import io.segue.bundles.sdk.proto.auth.QueryAccountInfoRequest;
import io.segue.bundles.sdk.proto.auth.QueryAccountInfoResponse;
import io.segue.bundles.sdk.proto.tx.SimulateResponse;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.api.abci.Abci.QueryResponse;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AnteStepsTest {
  private static final TestSigner A = TestSigner.A;
  private static final TestSigner B = TestSigner.B;

  private final TestChain chain = funded().start();

  @Test
  void learnsTheKeyAndCountsTheSequenceOfAGoodTransaction() throws Exception {
    assertThat(account(A).hasPubKey()).isFalse();
    assertThat(chain.deliver(TestTx.transfer().bytes()).code()).isZero();
    assertThat(account(A).getPubKey()).isEqualTo(A.key());
    assertThat(account(A).getSequence()).isEqualTo(123);
  }

  @Test
  void keepsFeeKeyAndSequenceEvenIfTheMessagesFail() throws Exception {
    byte[] tx =
        TestTx.empty()
            .with(TestTx.send(A, B, "ustake", "999999999"))
            .fee("ufee", "500")
            .signedBy(A, 0, 122)
            .bytes();
    ExecTxResult result = chain.deliver(tx);
    assertThat(result.code()).isEqualTo(5);
    assertThat(result.log()).startsWith("failed to execute message; message index: 0: ");
    assertThat(result.events()).hasSize(7);
    assertThat(account(A).getSequence()).isEqualTo(123);
    assertThat(account(A).hasPubKey()).isTrue();
  }

  @Test
  void keepsNothingOfATransactionThatAStepRefuses() throws Exception {
    ExecTxResult result =
        chain.deliver(
            TestTx.transfer()
                .raw()
                .setSignatures(0, ByteString.copyFrom(new byte[64]))
                .build()
                .toByteArray());
    assertThat(result.code()).isEqualTo(4);
    assertThat(result.events()).isEmpty();
    assertThat(account(A).getSequence()).isEqualTo(122);
    assertThat(account(A).hasPubKey()).isFalse();
  }

  @Test
  void acceptsASignerWithoutKeyOnceItsAccountHasOne() {
    assertThat(chain.deliver(TestTx.transfer().bytes()).code()).isZero();
    TestTx second =
        TestTx.empty()
            .with(TestTx.send(A, B, "ustake", "7"))
            .fee("ufee", "500")
            .signedBy(A, 0, 123);
    second.authInfo.getSignerInfosBuilder(0).clearPublicKey();
    assertThat(chain.check(second.bytes()).code()).isZero();
    assertThat(chain.deliver(second.bytes()).code()).isZero();
  }

  /** Other bytes for the same key would be lost in an export: its JSON has the key alone. */
  @Test
  void keepsAKeyInOneFormHoweverItsSenderEncodedIt() throws Exception {
    Any key = A.key();
    ByteString tail = key.getValue().substring(2);
    ByteString longer = ByteString.fromHex("0aa100").concat(tail);
    TestTx tx = TestTx.transfer();
    tx.authInfo.getSignerInfosBuilder(0).setPublicKey(key.toBuilder().setValue(longer));

    assertThat(chain.deliver(tx.bytes()).code()).isZero();
    assertThat(account(A).getPubKey()).isEqualTo(key);
  }

  @Test
  void refusesASignerWithoutKeyWhoseAccountHasNone() {
    TestTx tx = TestTx.transfer();
    tx.authInfo.getSignerInfosBuilder(0).clearPublicKey();
    assertThat(chain.check(tx.bytes()).code()).isEqualTo(8);
    assertThat(chain.check(tx.bytes()).log())
        .isEqualTo("pubkey on account is not set: invalid pubkey");
  }

  @Test
  void refusesAMissingFeeMessageAndMoreSignerInfosThanSignatures() {
    TestTx withoutFee = TestTx.transfer();
    withoutFee.hasFee = false;
    assertThat(chain.check(withoutFee.bytes()).code()).isEqualTo(18);
    TestTx crowded = TestTx.transfer();
    crowded.authInfo.addSignerInfos(crowded.authInfo.getSignerInfos(0));
    assertThat(chain.check(crowded.bytes()).code()).isEqualTo(4);
  }

  @Test
  void refusesFeeGrantsAndSaysSo() {
    TestTx tx = TestTx.transfer();
    tx.fee.setGranter(B.address());
    assertThat(chain.check(tx.bytes()).code()).isEqualTo(38);
    assertThat(chain.check(tx.bytes()).log())
        .isEqualTo(
            B.address()
                + " does not allow to pay fees for "
                + TestSigner.A.address()
                + ": fee-grant not found: not found");
  }

  @Test
  void chargesForTheSizeAndTheSignature() {
    byte[] tx = TestTx.transfer().bytes();
    long used = chain.check(tx).gasUsed();
    assertThat(used).isGreaterThan(10L * tx.length + 1000);
    TestChain another = funded().start();
    assertThat(another.check(TestTx.transfer().gas(used - 1).bytes()).code()).isEqualTo(11);
    assertThat(another.check(TestTx.transfer().gas(100).bytes()).log())
        .isEqualTo("out of gas in location: ReadFlat; gasWanted: 100, gasUsed: 1000: out of gas");
  }

  @Test
  void countsSignaturesUpToTheLimit() {
    TestChain strict =
        funded()
            .withAuthParams(
                "{\"max_memo_characters\":\"256\",\"tx_sig_limit\":\"1\","
                    + "\"tx_size_cost_per_byte\":\"10\",\"sig_verify_cost_ed25519\":\"590\","
                    + "\"sig_verify_cost_secp256k1\":\"1000\"}")
            .start();
    TestTx two =
        TestTx.empty()
            .with(TestTx.send(A, B, "ustake", "1"))
            .with(TestTx.send(B, A, "ustake", "1"))
            .signedBy(A, 0, 122)
            .signedBy(B, 1, 3);
    assertThat(chain.check(two.bytes()).code()).isZero();
    assertThat(strict.check(two.bytes()).code()).isEqualTo(14);
    assertThat(strict.check(two.bytes()).log())
        .isEqualTo("signatures: 2, limit: 1: maximum number of signatures exceeded");
  }

  @Test
  void refusesMoreSignaturesAndCoinsThanAnyTransactionHas() {
    var raw = TestTx.transfer().raw();
    for (int i = 0; i < TxLimits.MAX_SIGNATURES; i++) {
      raw.addSignatures(ByteString.copyFrom(new byte[] {1}));
    }
    assertThat(chain.check(raw.build().toByteArray()).code()).isEqualTo(14);
    TestTx rich = TestTx.transfer();
    for (int i = 0; i < TxLimits.MAX_FEE_COINS; i++) {
      rich.fee("coin" + i, "1");
    }
    assertThat(chain.check(rich.bytes()).code()).isEqualTo(13);
  }

  @Test
  void admitsSeveralTransactionsOfOneAccountToTheMempool() {
    for (long sequence = 122; sequence < 125; sequence++) {
      byte[] tx =
          TestTx.empty()
              .with(TestTx.send(A, B, "ustake", "7"))
              .fee("ufee", "500")
              .signedBy(A, 0, sequence)
              .bytes();
      assertThat(chain.check(tx).code()).isZero();
      assertThat(chain.check(tx).code()).isEqualTo(32);
    }
  }

  @Test
  void doesNotVerifySignaturesAgainAfterACommit() {
    byte[] broken =
        TestTx.transfer()
            .raw()
            .setSignatures(0, ByteString.copyFrom(new byte[64]))
            .build()
            .toByteArray();
    assertThat(chain.check(broken).code()).isEqualTo(4);
    assertThat(chain.recheck(broken).code()).isZero();
  }

  @Test
  void asksForTheNodesLeastPriceAtTheRecheckToo() {
    TestChain dear = funded().withMinimumGasPrices("1000ufee").start();
    byte[] tx = TestTx.transfer().bytes();
    assertThat(dear.check(tx).code()).isEqualTo(13);
    assertThat(dear.recheck(tx).code()).isEqualTo(13);
    assertThat(dear.recheck(tx).log()).startsWith("insufficient fees; got: ");
    assertThat(dear.deliver(tx).code()).isZero();
  }

  @Test
  void neverLetsATransactionCarryAMessageOfModules() {
    byte[] tx =
        TestTx.empty()
            .with(
                MsgEnsureAccount.newBuilder().setAddress(ByteString.copyFrom(new byte[20])).build())
            .fee("ufee", "500")
            .signedBy(A, 0, 122)
            .bytes();
    assertThat(chain.check(tx).code()).isEqualTo(6);
    assertThat(chain.check(tx).log())
        .isEqualTo("no message handler found for /segue.auth.v1.MsgEnsureAccount: unknown request");
  }

  @Test
  void estimatesATransactionAsCosmJsSendsIt() throws Exception {
    TestChain asked = TestChain.aChain().withAccount(A.address(), 0, 5, "1000000ustake").start();
    Vectors.Vector vector = Vectors.object("simulate.json");
    QueryResponse response = asked.query(vector.text("path"), vector.hex("request_hex"));
    assertThat(response.code()).as(response.log()).isZero();
    SimulateResponse estimate = SimulateResponse.parseFrom(response.value());
    assertThat(estimate.getGasInfo().getGasUsed()).isGreaterThan(20_000);
    assertThat(estimate.getResult().getMsgResponses(0).getTypeUrl())
        .isEqualTo("/cosmos.bank.v1beta1.MsgSendResponse");
    assertThat(estimate.getResult().getEventsList()).isNotEmpty();
  }

  @Test
  void asksForTheBytesOfATransactionToEstimate() {
    QueryResponse response = chain.query("/cosmos.tx.v1beta1.Service/Simulate", new byte[0]);
    assertThat(response.code()).isEqualTo(18);
    assertThat(response.log())
        .isEqualTo(
            "rpc error: code = InvalidArgument desc = empty txBytes is not allowed: invalid"
                + " request");
  }

  @Test
  void emitsTheRecordedEventsForTwoSigners() {
    byte[] tx =
        TestTx.empty()
            .with(TestTx.send(A, B, "ustake", "1"))
            .with(TestTx.send(B, A, "ustake", "1"))
            .fee("ufee", "500")
            .signedBy(A, 0, 122)
            .signedBy(B, 1, 3)
            .bytes();
    assertThat(shown(chain.deliver(tx).events()))
        .isEqualTo(
            Vectors.object("sdk_events.json").texts("two signers").stream()
                .map(event -> event.replace("<A>/25", "<A>/122").replace("<B>/2", "<B>/3"))
                .toList());
  }

  @Test
  void emitsTheRecordedEventsForAnotherPayerAndForNoFee() {
    TestTx paid = TestTx.transfer().signedBy(B, 1, 3);
    paid.fee.setPayer(B.address());
    assertThat(shown(chain.deliver(paid.bytes()).events()))
        .isEqualTo(
            Vectors.object("sdk_events.json").texts("payer B").stream()
                .map(event -> event.replace("<A>/26", "<A>/122"))
                .toList());
    TestTx free = TestTx.empty().with(TestTx.send(A, B, "ufee", "7")).signedBy(A, 0, 123);
    assertThat(shown(chain.deliver(free.bytes()).events()))
        .isEqualTo(
            Vectors.object("sdk_events.json").texts("N first tx").stream()
                .map(event -> event.replace("<N>/1", "<A>/123").replace("<N>", "<A>"))
                .toList());
  }

  private static TestChain.Builder funded() {
    return TestChain.aChain()
        .withAccount(A.address(), 0, 122, "1000000ufee,1000000ustake")
        .withAccount(B.address(), 1, 3, "1000000ufee,1000000ustake");
  }

  private BaseAccount account(TestSigner signer) throws InvalidProtocolBufferException {
    byte[] request =
        QueryAccountInfoRequest.newBuilder().setAddress(signer.address()).build().toByteArray();
    return QueryAccountInfoResponse.parseFrom(
            chain.query("/cosmos.auth.v1beta1.Query/AccountInfo", request).value())
        .getInfo();
  }

  private static List<String> shown(List<Event> events) {
    return events.stream().map(AnteStepsTest::shown).toList();
  }

  private static String shown(Event event) {
    String attributes =
        event.attributes().stream()
            .map(a -> a.key() + "=" + (a.key().equals("signature") ? "<base64>" : named(a.value())))
            .collect(Collectors.joining(", "));
    return event.type() + "{" + attributes + "}";
  }

  private static String named(String value) {
    return value
        .replace(A.address(), "<A>")
        .replace(B.address(), "<B>")
        .replace("cosmos17xpfvakm2amg962yls6f84z3kell8c5lserqta", "<fee_collector>");
  }
}

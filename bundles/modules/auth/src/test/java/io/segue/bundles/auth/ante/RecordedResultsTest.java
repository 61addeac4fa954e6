package io.segue.bundles.auth.ante;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import io.segue.bundles.auth.TestChain;
import io.segue.bundles.auth.TestSigner;
import io.segue.bundles.auth.TestTx;
import io.segue.bundles.auth.Vectors;
import io.segue.bundles.auth.Vectors.Vector;
import io.segue.bundles.sdk.proto.auth.BaseAccount;
import io.segue.bundles.sdk.proto.bank.MsgSend;
import io.segue.bundles.sdk.proto.gov.MsgSubmitProposal;
import io.segue.kernel.api.abci.Abci.CheckTxResponse;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Codes and logs that a chain of the Cosmos SDK 0.50 gave for the same transactions. */
class RecordedResultsTest {
  private static final TestSigner A = TestSigner.A;
  private static final TestSigner B = TestSigner.B;
  private static final TestSigner N = TestSigner.N;
  private static final String LONG_MEMO = "m".repeat(257);
  private static final Any UNKNOWN_TYPE =
      Any.newBuilder().setTypeUrl("/foo.Bar").setValue(ByteString.EMPTY).build();

  private static final Map<String, Supplier<byte[]>> TRANSACTIONS =
      Map.ofEntries(
          entry("memo257", () -> withMemo(LONG_MEMO)),
          entry("timeout_height below the committed height", () -> withTimeout(2265)),
          entry("timeout_height = last committed height + 1", () -> withTimeout(2266)),
          entry("gas_limit 2^63", () -> good().gas(Long.MIN_VALUE).bytes()),
          entry("gas_limit 2^63-1", () -> good().gas(Long.MAX_VALUE).bytes()),
          entry("fee too much", () -> withFee("ufee", "999999999999999")),
          entry("fee unknown denom", () -> withFee("zzz", "1")),
          entry("fee unsorted", () -> unpaid().fee("ustake", "1").fee("ufee", "1").bytes()),
          entry("fee dup", () -> unpaid().fee("ufee", "1").fee("ufee", "1").bytes()),
          entry("fee zero coin", () -> withFee("ufee", "0")),
          entry("fee negative", () -> withFee("ufee", "-1")),
          entry("fee garbage", () -> withFee("ufee", "abc")),
          entry("fee bad denom", () -> withFee("1", "1")),
          entry("wrong pub", RecordedResultsTest::withKeyOfAnother),
          entry("unknown account", () -> byStranger().fee("ufee", "500").bytes()),
          entry("unknown account zero fee", () -> byStranger().bytes()),
          entry("payer B missing sig", RecordedResultsTest::paidByOther),
          entry("payer B", RecordedResultsTest::paidAndSignedByOther),
          entry(
              "extension option of a known type",
              () -> withExtension(TestTx.any(MsgSend.getDefaultInstance()))),
          entry("extension option of an unknown type", () -> withExtension(UNKNOWN_TYPE)),
          entry("unknown type", () -> withMessage(UNKNOWN_TYPE)),
          entry(
              "known type not routable",
              () -> withMessage(TestTx.any(BaseAccount.getDefaultInstance()))),
          entry("no msgs", () -> TestTx.empty().fee("ufee", "500").signedBy(A, 0, 122).bytes()),
          entry("typeurl no slash", () -> withTypeUrl("cosmos.bank.v1beta1.MsgSend")),
          entry(
              "typeurl googleapis",
              () -> withTypeUrl("type.googleapis.com/cosmos.bank.v1beta1.MsgSend")),
          entry("sequence 5 too high", () -> signed(0, 127).bytes()),
          entry("accnum wrong", () -> signed(1, 122).bytes()),
          entry("mode 0", () -> good().mode(0, 0).bytes()),
          entry("mode 2 textual", () -> good().mode(0, 2).bytes()),
          entry("mode 3", () -> good().mode(0, 3).bytes()),
          entry("mode 127 signed direct", () -> good().mode(0, 127).bytes()),
          entry("mode 99", () -> good().mode(0, 99).bytes()),
          entry("no signer infos", RecordedResultsTest::withoutSignerInfos),
          entry("empty sig", () -> withSignature(0)),
          entry("sig 63", () -> withSignature(63)),
          entry("bad from addr", RecordedResultsTest::fromNowhere),
          entry("two signers", RecordedResultsTest::byTwo),
          entry("submit nested unknown", RecordedResultsTest::withUnknownInside),
          entry(priced("no fee"), () -> unpaid().bytes()),
          entry(priced("low fee"), () -> withFee("ufee", "1999")),
          entry(priced("ok fee"), () -> withFee("ufee", "2000")),
          entry(priced("other denom ok"), () -> withFee("stake", "100000")),
          entry(priced("wrong denom"), () -> withFee("ustake", "100000")),
          entry(
              priced("gas > max_gas"), () -> unpaid().fee("ufee", "99999").gas(1_000_001).bytes()),
          entry(
              priced("gas = max_gas"), () -> unpaid().fee("ufee", "99999").gas(1_000_000).bytes()));

  static Stream<Vector> results() {
    return Vectors.list("sdk_results.json");
  }

  @ParameterizedTest
  @MethodSource("results")
  void areGivenHereToo(Vector vector) {
    String name = vector.text("case");
    byte[] tx = Objects.requireNonNull(TRANSACTIONS.get(name), name).get();
    TestChain chain = chain(name);

    CheckTxResponse checked = chain.check(tx);
    assertResult(vector, checked.code(), checked.codespace(), checked.log());
    if (!name.startsWith("node minimum")) {
      ExecTxResult executed = chain.deliver(tx);
      assertResult(vector, executed.code(), executed.codespace(), executed.log());
    }
  }

  /** Raw bytes in a text are unreadable; where the recorded one has them, here stands bech32. */
  private static void assertResult(Vector vector, int code, String codespace, String log) {
    String expected = vector.text("log").replace("<20 raw bytes>", N.address());
    assertThat(log).isEqualTo(expected);
    assertThat(code).isEqualTo(vector.number("code"));
    assertThat(codespace).isEqualTo(vector.text("codespace"));
  }

  private static TestChain chain(String name) {
    TestChain.Builder chain =
        TestChain.aChain()
            .atHeight(2265)
            .withAccount(A.address(), 0, 122, "999997940516ufee,1000000000stake,1000000000ustake")
            .withAccount(B.address(), 1, 3, "1000000ufee,1000000ustake");
    return name.startsWith("node minimum")
        ? chain.withMinimumGasPrices("0.01ufee,0.5stake").withMaxGas(1_000_000).start()
        : chain.start();
  }

  private static Map.Entry<String, Supplier<byte[]>> entry(String name, Supplier<byte[]> tx) {
    return Map.entry(name, tx);
  }

  private static String priced(String what) {
    return "node minimum 0.01ufee,0.5stake; block max_gas 1000000; gas_limit 200000: " + what;
  }

  private static TestTx good() {
    return TestTx.transfer();
  }

  private static TestTx unpaid() {
    return TestTx.empty().with(TestTx.send(A, B, "ustake", "7")).signedBy(A, 0, 122);
  }

  private static TestTx signed(long number, long sequence) {
    return TestTx.empty()
        .with(TestTx.send(A, B, "ustake", "7"))
        .fee("ufee", "500")
        .signedBy(A, number, sequence);
  }

  private static TestTx byStranger() {
    return TestTx.empty().with(TestTx.send(N, B, "ustake", "7")).signedBy(N, 0, 0);
  }

  private static byte[] withFee(String denom, String amount) {
    return unpaid().fee(denom, amount).bytes();
  }

  private static byte[] withMemo(String memo) {
    TestTx tx = good();
    tx.body.setMemo(memo);
    return tx.bytes();
  }

  private static byte[] withTimeout(long height) {
    TestTx tx = good();
    tx.body.setTimeoutHeight(height);
    return tx.bytes();
  }

  private static byte[] withMessage(Any message) {
    return TestTx.empty().with(message).fee("ufee", "500").signedBy(A, 0, 122).bytes();
  }

  private static byte[] withTypeUrl(String typeUrl) {
    return withMessage(TestTx.any(typeUrl, TestTx.send(A, B, "ustake", "7")));
  }

  private static byte[] withExtension(Any option) {
    TestTx tx = good();
    tx.body.addExtensionOptions(option);
    return tx.bytes();
  }

  private static byte[] withKeyOfAnother() {
    TestTx tx = good();
    tx.authInfo.getSignerInfosBuilder(0).setPublicKey(B.key());
    return tx.bytes();
  }

  private static byte[] withoutSignerInfos() {
    TestTx tx = good();
    tx.authInfo.clearSignerInfos();
    return tx.bytes();
  }

  private static byte[] withSignature(int length) {
    return good()
        .raw()
        .setSignatures(0, ByteString.copyFrom(new byte[length]))
        .build()
        .toByteArray();
  }

  private static byte[] paidByOther() {
    TestTx tx = good();
    tx.fee.setPayer(B.address());
    return tx.bytes();
  }

  private static byte[] paidAndSignedByOther() {
    TestTx tx = good().signedBy(B, 1, 3);
    tx.fee.setPayer(B.address());
    return tx.bytes();
  }

  private static byte[] byTwo() {
    return TestTx.empty()
        .with(TestTx.send(A, B, "ustake", "1"))
        .with(TestTx.send(B, A, "ustake", "1"))
        .fee("ufee", "500")
        .signedBy(A, 0, 122)
        .signedBy(B, 1, 3)
        .bytes();
  }

  private static byte[] fromNowhere() {
    MsgSend send =
        TestTx.send(A, B, "ustake", "7").toBuilder().setFromAddress("cosmos1xyz").build();
    return TestTx.empty().with(send).fee("ufee", "500").signedBy(A, 0, 122).bytes();
  }

  private static byte[] withUnknownInside() {
    return withMessage(
        TestTx.any(
            MsgSubmitProposal.newBuilder()
                .addMessages(UNKNOWN_TYPE)
                .setProposer(A.address())
                .build()));
  }
}

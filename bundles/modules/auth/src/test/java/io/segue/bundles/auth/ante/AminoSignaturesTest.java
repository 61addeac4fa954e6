package io.segue.bundles.auth.ante;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import io.segue.bundles.auth.TestChain;
import io.segue.bundles.auth.TestPlatform;
import io.segue.bundles.auth.TestSigner;
import io.segue.bundles.auth.TestTx;
import io.segue.bundles.auth.Vectors;
import io.segue.bundles.auth.Vectors.Vector;
import io.segue.bundles.sdk.proto.tx.TxRaw;
import io.segue.kernel.api.abci.Abci.CheckTxResponse;
import io.segue.kernel.api.module.Crypto;
import io.segue.kernel.core.module.RememberedSignatures;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Transactions in SIGN_MODE_LEGACY_AMINO_JSON, as CosmJS signs them for a Ledger. */
class AminoSignaturesTest {
  private static final TestSigner A = TestSigner.A;
  private static final Set<String> TRANSFERS =
      Set.of(
          "send",
          "memo, payer, timeout height",
          "line separators in the memo",
          "empty fee",
          "send without coins");

  private final TestChain chain = funded().start();

  static Stream<Vector> transfers() {
    return Vectors.object("cosmjs.json").objects("amino").stream()
        .filter(vector -> TRANSFERS.contains(vector.text("name")));
  }

  @ParameterizedTest
  @MethodSource("transfers")
  void areVerified(Vector vector) {
    byte[] tx = vector.hex("tx_raw_hex");
    CheckTxResponse checked = chain.check(tx);
    assertThat(checked.log()).isEmpty();
    assertThat(checked.code()).isZero();
  }

  @Test
  void areVerifiedAsTheRecordedOne() {
    Vector vector = Vectors.list("tx_amino_json.json").findFirst().orElseThrow();
    TestChain other =
        TestChain.aChain().withAccount(A.address(), 3, 4, "1000ufee,1000ustake").start();
    assertThat(other.check(vector.hex("tx_raw_hex")).code()).isZero();
    assertThat(other.deliver(vector.hex("tx_raw_hex")).code()).isZero();
  }

  @Test
  void sayOnlyThatNumberSequenceOrChainMayBeWrong() {
    byte[] tx = transfer();
    TestChain other =
        TestChain.aChain().withAccount(A.address(), 1, 122, "1000ufee,1000ustake").start();
    CheckTxResponse checked = other.check(tx);
    assertThat(checked.code()).isEqualTo(4);
    assertThat(checked.log())
        .isEqualTo(
            "signature verification failed; please verify account number (1), sequence (122) and"
                + " chain-id (probe-1): unauthorized");
  }

  @Test
  void coverTheFeeAndTheMemo() throws Exception {
    TxRaw raw = TxRaw.parseFrom(transfer());
    TestTx other = TestTx.transfer().mode(0, 127);
    other.body.setMemo("other");
    byte[] memo = other.raw().setSignatures(0, raw.getSignatures(0)).build().toByteArray();
    assertThat(chain.check(memo).code()).isEqualTo(4);
    byte[] gas =
        TestTx.transfer()
            .gas(200_001)
            .mode(0, 127)
            .raw()
            .setSignatures(0, raw.getSignatures(0))
            .build()
            .toByteArray();
    assertThat(chain.check(gas).code()).isEqualTo(4);
    assertThat(
            chain
                .check(
                    TestTx.transfer()
                        .mode(0, 127)
                        .raw()
                        .setSignatures(0, raw.getSignatures(0))
                        .build()
                        .toByteArray())
                .code())
        .isZero();
  }

  @Test
  void areRefusedWithFieldsAndOptionsThatTheDocumentDoesNotSay() {
    TestTx unknown = TestTx.transfer().mode(0, 127);
    unknown.body.setUnknownFields(
        com.google.protobuf.UnknownFieldSet.newBuilder()
            .addField(
                1024, com.google.protobuf.UnknownFieldSet.Field.newBuilder().addVarint(1).build())
            .build());
    assertThat(chain.check(unknown.bytes()).code()).isEqualTo(4);
    TestTx options = TestTx.transfer().mode(0, 127);
    options.body.addNonCriticalExtensionOptions(
        Any.newBuilder().setTypeUrl("/x").setValue(ByteString.EMPTY));
    assertThat(chain.check(options.bytes()).code()).isEqualTo(4);
  }

  @Test
  void areVerifiedOnceForCheckTxAndTheBlock() {
    AtomicInteger verified = new AtomicInteger();
    Crypto counting = new CountingCrypto(new TestPlatform().crypto(), verified);
    TestChain remembering = funded().withCrypto(new RememberedSignatures(counting)).start();
    byte[] tx = transfer();
    assertThat(remembering.check(tx).code()).isZero();
    assertThat(remembering.deliver(tx).code()).isZero();
    assertThat(verified).hasValue(1);
  }

  private static TestChain.Builder funded() {
    return TestChain.aChain()
        .withAccount(A.address(), 0, 122, "1000000ufee,1000000ustake")
        .withAccount(TestSigner.B.address(), 1, 3, "1000000ufee");
  }

  private static byte[] transfer() {
    return Vectors.object("cosmjs.json").objects("amino").get(0).hex("tx_raw_hex");
  }

  /** Counts what is verified. */
  private record CountingCrypto(Crypto crypto, AtomicInteger verified) implements Crypto {
    @Override
    public boolean verifySecp256k1(byte[] digest, byte[] signature, byte[] publicKey) {
      verified.incrementAndGet();
      return crypto.verifySecp256k1(digest, signature, publicKey);
    }

    @Override
    public byte[] ripemd160(byte[] data) {
      return crypto.ripemd160(data);
    }
  }
}

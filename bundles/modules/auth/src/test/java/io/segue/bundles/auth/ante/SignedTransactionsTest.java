package io.segue.bundles.auth.ante;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.segue.bundles.auth.TestChain;
import io.segue.bundles.auth.TestPlatform;
import io.segue.bundles.auth.Vectors;
import io.segue.bundles.auth.Vectors.Vector;
import io.segue.bundles.auth.format.ParsedTx;
import io.segue.bundles.sdk.AccountKey;
import io.segue.bundles.sdk.proto.crypto.secp256k1.PubKey;
import io.segue.kernel.api.module.Crypto;
import io.segue.kernel.api.module.Tx;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Transactions as CosmJS signs them. */
class SignedTransactionsTest {
  private final TestChain chain = TestChain.aChain().start();
  private final Crypto crypto = new TestPlatform().crypto();

  static Stream<Vector> transactions() {
    return Vectors.list("tx_direct.json");
  }

  @ParameterizedTest
  @MethodSource("transactions")
  void areDecoded(Vector vector) {
    Tx tx = decode(vector);
    assertThat(tx.messages().stream().map(Tx.Message::typeUrl))
        .isEqualTo(vector.texts("message_type_urls"));
    ParsedTx parsed = ParsedTx.of(tx);
    assertThat(parsed.body().toByteArray()).isEqualTo(vector.hex("body_bytes_hex"));
    assertThat(parsed.authInfo().toByteArray()).isEqualTo(vector.hex("auth_info_bytes_hex"));
    assertThat(parsed.body().getMemo()).isEqualTo(vector.text("memo"));
    assertThat(parsed.signerInfos().get(0).getSequence()).isEqualTo(vector.decimal("sequence"));
    assertThat(parsed.signatures()).containsExactly(vector.hex("signature_hex"));
  }

  @ParameterizedTest
  @MethodSource("transactions")
  void giveTheDocumentThatWasSigned(Vector vector) throws InvalidProtocolBufferException {
    ParsedTx parsed = ParsedTx.of(decode(vector));
    byte[] digest =
        SignDocument.digest(parsed, vector.text("chain_id"), vector.decimal("account_number"));
    assertThat(HexFormat.of().formatHex(digest)).isEqualTo(vector.text("sign_doc_sha256_hex"));
    byte[] key =
        PubKey.parseFrom(parsed.signerInfos().get(0).getPublicKey().getValue())
            .getKey()
            .toByteArray();
    assertThat(crypto.verifySecp256k1(digest, parsed.signatures().get(0), key)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("transactions")
  void haveTheHashOfTheirBytes(Vector vector) {
    byte[] hash = AccountKey.sha256().digest(decode(vector).raw());
    assertThat(HexFormat.of().withUpperCase().formatHex(hash)).isEqualTo(vector.text("tx_hash"));
  }

  private Tx decode(Vector vector) {
    return chain
        .modules()
        .txFormat()
        .decode(vector.hex("tx_raw_hex"), chain.modules().descriptors(), false);
  }
}

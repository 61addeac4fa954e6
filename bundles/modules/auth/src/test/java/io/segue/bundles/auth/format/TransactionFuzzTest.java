package io.segue.bundles.auth.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.ByteString;
import io.segue.bundles.auth.TestChain;
import io.segue.bundles.auth.TestSigner;
import io.segue.bundles.sdk.proto.tx.AuthInfo;
import io.segue.bundles.sdk.proto.tx.TxBody;
import io.segue.bundles.sdk.proto.tx.TxRaw;
import io.segue.kernel.api.abci.Abci.CheckTxResponse;
import io.segue.kernel.api.abci.Abci.QueryResponse;
import java.util.Arrays;

/** Transactions and queries that anybody may send: each is checked, none is a panic. */
class TransactionFuzzTest {
  private static final int PANIC = 111222;
  private static final byte[] SIGNATURE = new byte[64];
  private static final TestChain CHAIN =
      TestChain.aChain()
          .withAccount(TestSigner.A.address(), 0, 122, "1000000ustake,1000000ufee")
          .withAccount(TestSigner.B.address(), 1, 0, "5ustake")
          .start();

  @FuzzTest
  void judgesBytes(byte[] tx) {
    requireVerdict(CHAIN.check(tx));
  }

  /** One or two parts of a transaction, in the frame that they need. */
  @FuzzTest
  void judgesParts(TxBody body, AuthInfo authInfo) {
    if (body != null && authInfo != null) {
      requireVerdict(
          CHAIN.check(
              TxRaw.newBuilder()
                  .setBodyBytes(body.toByteString())
                  .setAuthInfoBytes(authInfo.toByteString())
                  .addSignatures(ByteString.copyFrom(SIGNATURE))
                  .build()
                  .toByteArray()));
    }
  }

  /** A path, the end of the line, and the request. */
  @FuzzTest
  void answersQueries(byte[] input) {
    int end = 0;
    while (end < input.length && input[end] != '\n') {
      end++;
    }
    byte[] request = Arrays.copyOfRange(input, Math.min(end + 1, input.length), input.length);
    QueryResponse answer = CHAIN.query(new String(input, 0, end, UTF_8), request);
    assertThat(answer.code()).as(answer.log()).isNotEqualTo(PANIC);
  }

  private static void requireVerdict(CheckTxResponse verdict) {
    assertThat(verdict.code()).as(verdict.log()).isNotEqualTo(PANIC);
  }
}

package io.segue.bundles.auth.ante;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.bundles.auth.TestChain;
import io.segue.bundles.auth.Vectors;
import io.segue.bundles.auth.Vectors.Vector;
import io.segue.kernel.api.abci.Abci.CheckTxResponse;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each vector is a good transaction with one thing changed. */
class RefusedTransactionsTest {
  static Stream<Vector> transactions() {
    return Vectors.list("tx_negative.json");
  }

  @ParameterizedTest
  @MethodSource("transactions")
  void getTheSameCodeInCheckTxAndInTheBlock(Vector vector) {
    Vector state = vector.object("state");
    TestChain chain =
        TestChain.aChain()
            .named(state.text("chain_id"))
            .withAccount(
                state.text("signer"),
                state.decimal("account_number"),
                state.decimal("sequence"),
                "1000000ufee,1000000ustake")
            .start();
    byte[] tx = vector.hex("tx_raw_hex");
    Vector expected = vector.object("expect");

    CheckTxResponse checked = chain.check(tx);
    ExecTxResult executed = chain.deliver(tx);

    assertThat(checked.code()).as(checked.log()).isEqualTo(expected.number("code"));
    assertThat(checked.codespace()).isEqualTo(expected.text("codespace"));
    assertThat(executed.code()).as(executed.log()).isEqualTo(expected.number("code"));
    assertThat(executed.log()).isEqualTo(checked.log());
  }
}

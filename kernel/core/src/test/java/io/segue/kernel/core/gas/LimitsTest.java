package io.segue.kernel.core.gas;

import static io.segue.kernel.core.exec.TextFormat.tx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.core.exec.FakeChain;
import io.segue.kernel.core.exec.FakeHandler;
import io.segue.kernel.core.exec.FakeModule;
import io.segue.kernel.core.gas.KernelRules.GasCosts;
import io.segue.kernel.core.overlay.MapView;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class LimitsTest {
  private static final long GAS = 1_000_000;
  private static final KernelRules TIGHT =
      new KernelRules(
          1, GasCosts.COSMOS, new Limits(60, 2, 3, 1_000, 2_500, 30, 40, 50_000, 10, 20));

  private final FakeModule bank =
      FakeModule.named("bank")
          .message("/b.Nop", (context, message) -> {})
          .message("/b.Write", LimitsTest::write)
          .message(
              "/b.Careless",
              (context, message) -> {
                try {
                  write(context, message);
                } catch (RuntimeException e) {
                  // Goes on as if nothing was wrong.
                }
              })
          .message("/b.Remove", (context, message) -> context.store().delete(message))
          .message("/b.Deep", (context, message) -> nest(context, message[0] - '0'));
  private final FakeChain chain = FakeChain.of(TIGHT, FakeModule.auth(), bank);

  @Test
  void theDefaultsAreThoseOfKernelRulesOne() {
    assertThat(KernelRules.of(1).limits())
        .isEqualTo(
            new Limits(1 << 20, 256, 32, 16 << 20, 64 << 20, 4096, 1 << 20, 10_000_000, 128, 8192));
    assertThat(KernelRules.of(1).plans().maxNameBytes()).isEqualTo(128);
    assertThat(KernelRules.of(1).plans().maxInfoBytes()).isEqualTo(8192);
  }

  @Test
  void aKernelSaysWhichRulesItHas() {
    assertThat(KernelRules.has(1)).isTrue();
    assertThat(KernelRules.has(2)).isTrue();
    assertThat(KernelRules.has(3)).isFalse();
    assertThatThrownBy(() -> KernelRules.of(3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "kernel rules 3 are not in this kernel, which has 1, 2: restart the node with a newer"
                + " distribution");
  }

  @Test
  void refusesATransactionThatIsTooLargeBeforeDecodingIt() {
    ExecTxResult result = chain.deliver(new byte[61]);
    assertThat(result.code()).isEqualTo(21);
    assertThat(result.codespace()).isEqualTo("sdk");
    assertThat(result.log()).isEqualTo("transaction of 61 bytes, the limit is 60: tx too large");
  }

  @Test
  void refusesTooManyMessages() {
    assertThat(chain.deliver(tx(GAS, "/b.Nop", "/b.Nop")).code()).isZero();
    ExecTxResult result = chain.deliver(tx(GAS, "/b.Nop", "/b.Nop", "/b.Nop"));
    assertThat(result.code()).isEqualTo(18);
    assertThat(result.log()).isEqualTo("3 messages, the limit is 2: invalid request");
  }

  @Test
  void refusesNestingThatIsTooDeepAndCountsFromZeroAgain() {
    assertThat(chain.deliver(tx(GAS, "/b.Deep 3")).code()).isZero();
    ExecTxResult result = chain.deliver(tx(GAS, "/b.Deep 4"));
    assertThat(result.code()).isEqualTo(18);
    assertThat(result.log())
        .endsWith("calls between modules are nested deeper than 3: invalid request");
    assertThat(chain.deliver(tx(GAS, "/b.Deep 3")).code()).isZero();
  }

  @Test
  void refusesATransactionThatChangesTooMuchState() {
    assertThat(chain.deliver(tx(GAS, "/b.Write a 900")).code()).isZero();
    ExecTxResult result = chain.deliver(tx(GAS, "/b.Write b 1000"));
    assertThat(result.codespace()).isEqualTo("sdk");
    assertThat(result.code()).isEqualTo(11);
    assertThat(result.log())
        .contains(
            "one transaction may change 1000 bytes of state, old and new values counted, and this"
                + " would be more: out of gas");
    assertThat(chain.deliver(tx(GAS, "/b.Careless b 1000")).code()).isEqualTo(11);
  }

  @Test
  void countsWhatWasThereBefore() {
    FakeChain large = FakeChain.of(TIGHT, FakeModule.auth(), bank);
    large.state.with("bank", "big", "x".repeat(990));
    assertThat(large.deliver(tx(GAS, "/b.Remove big")).code()).isEqualTo(11);
    assertThat(large.deliver(tx(GAS, "/b.Write big 1")).code()).isEqualTo(11);
  }

  @Test
  void refusesWhatTheTransactionsOfABlockChangeTogether() {
    List<ExecTxResult> results =
        chain
            .block(
                tx(GAS, "/b.Write a 900"),
                tx(GAS, "/b.Write b 1000"),
                tx(GAS, "/b.Write c 900"),
                tx(GAS, "/b.Write a 901"),
                tx(GAS, "/b.Write d 700"),
                tx(GAS, "/b.Write e 200"))
            .txResults();
    assertThat(results.stream().map(ExecTxResult::code))
        .as("only what is kept counts, and each key once")
        .containsExactly(0, 11, 0, 0, 11, 0);
    assertThat(results.get(4).log())
        .contains("the transactions of one block may change 2500 bytes of state together");
    assertThat(chain.block(tx(GAS, "/b.Write d 700")).txResults().get(0).code()).isZero();
  }

  @Test
  void theDefaultNestingFitsAnyStack() {
    FakeModule calling =
        FakeModule.named("calling")
            .message(
                "/c.Again",
                FakeHandler.forModules()
                    .does((context, message) -> context.call("/c.Again", message)))
            .message("/c.Start", (context, message) -> context.call("/c.Again", message));
    ExecTxResult result = FakeChain.of(FakeModule.auth(), calling).deliver(tx(GAS, "/c.Start"));
    assertThat(result.code()).isEqualTo(18);
    assertThat(result.log()).contains("nested deeper than 32");
  }

  /** A key and how many bytes its value has. */
  private static void write(Context context, byte[] message) {
    String[] words = MapView.text(message).split(" ");
    context.store().set(MapView.bytes(words[0]), new byte[Integer.parseInt(words[1])]);
  }

  private static void nest(Context context, int depth) {
    if (depth > 0) {
      context.branch(
          inner -> {
            nest(inner, depth - 1);
            return Collections.emptyList();
          });
    }
  }
}

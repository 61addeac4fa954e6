package io.segue.kernel.core.exec;

import static io.segue.kernel.core.exec.FakeChain.show;
import static io.segue.kernel.core.exec.TextFormat.tx;
import static io.segue.kernel.core.overlay.MapView.bytes;
import static io.segue.kernel.core.overlay.MapView.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.api.module.AnteStep;
import io.segue.kernel.api.module.ModuleException;
import io.segue.kernel.core.overlay.MapView;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransactionTest {
  private static final long GAS = 100_000;

  private final List<String> calls = new ArrayList<>();
  private AnteStep fee =
      (context, tx) -> {
        context.store().set(bytes("fee"), bytes("paid"));
        context.emit(Event.of("tx", "fee", "5stake"));
      };
  private final FakeModule auth =
      FakeModule.auth()
          .ante("1.fee", (context, tx) -> fee.run(context, tx))
          .ante("2.seq", (context, tx) -> context.store().set(bytes("seq"), bytes("1")));
  private final FakeModule bank =
      FakeModule.named("bank")
          .message(
              "/bank.Send",
              FakeHandler.signedBy("ann")
                  .answers(
                      (context, message) -> {
                        context.store().set(message, bytes("sent"));
                        context.emit(Event.of("transfer", "amount", text(message)));
                        return bytes("ok");
                      }))
          .message(
              "/bank.Fail",
              (context, message) -> {
                context.store().set(bytes("lost"), bytes("1"));
                context.emit(Event.of("lost", "a", "b"));
                throw new ModuleException("bank", 4, "no money: insufficient funds");
              })
          .message("/bank.Mint", FakeHandler.forModules());
  private final FakeChain chain = FakeChain.of(auth, bank);

  @Test
  void aTransactionGivesItsResponsesAndEventsAndPersists() {
    ExecTxResult result = chain.deliver(tx(GAS, "/bank.Send a", "/bank.Send b"));
    assertThat(result.code()).isZero();
    assertThat(result.log()).isEmpty();
    assertThat(result.codespace()).isEmpty();
    assertThat(text(result.data())).isEqualTo("/bank.SendResponse=ok,/bank.SendResponse=ok");
    assertThat(result.gasWanted()).isEqualTo(GAS);
    // Four writes: fee=paid, seq=1, a=sent, b=sent.
    assertThat(result.gasUsed()).isEqualTo(4 * 2000 + 30 * (7 + 4 + 5 + 5));
    assertThat(show(result.events()))
        .containsExactly(
            "tx{fee=5stake}",
            "message{action=/bank.Send, sender=@ann, module=bank, msg_index=0}",
            "transfer{amount=a, msg_index=0}",
            "message{action=/bank.Send, sender=@ann, module=bank, msg_index=1}",
            "transfer{amount=b, msg_index=1}");
    assertThat(chain.state.texts("bank")).containsOnlyKeys("a", "b");
  }

  @Test
  void aFailedMessageUndoesAllMessagesAndKeepsTheAnteSteps() {
    ExecTxResult result = chain.deliver(tx(GAS, "/bank.Send a", "/bank.Fail"));
    assertThat(result.code()).isEqualTo(4);
    assertThat(result.codespace()).isEqualTo("bank");
    assertThat(result.log())
        .isEqualTo("failed to execute message; message index: 1: no money: insufficient funds");
    assertThat(result.data()).isEmpty();
    assertThat(show(result.events())).containsExactly("tx{fee=5stake}");
    assertThat(chain.state.texts("bank")).isEmpty();
    assertThat(chain.state.texts("auth")).containsOnlyKeys("fee", "seq");
  }

  @Test
  void aFailedAnteStepLeavesNothing() {
    fee =
        (context, tx) -> {
          context.store().set(bytes("fee"), bytes("paid"));
          context.emit(Event.of("tx", "fee", "5stake"));
          throw new ModuleException("sdk", 32, "account sequence mismatch");
        };
    ExecTxResult result = chain.deliver(tx(GAS, "/bank.Send a"));
    assertThat(result.code()).isEqualTo(32);
    assertThat(result.log()).isEqualTo("account sequence mismatch");
    assertThat(result.events()).isEmpty();
    assertThat(result.gasWanted()).isEqualTo(GAS);
    assertThat(result.gasUsed()).isEqualTo(2000 + 30 * 7);
    assertThat(chain.state.texts("auth")).isEmpty();
    assertThat(chain.state.texts("bank")).isEmpty();
  }

  @Test
  void whatCannotBeDecodedIsAResult() {
    ExecTxResult result = chain.deliver(bytes("many\n/bank.Send a"));
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.codespace()).isEqualTo("sdk");
    assertThat(result.log()).isEqualTo("many is no gas limit: tx parse error");
    assertThat(result.gasWanted()).isZero();
  }

  @Test
  void refusesATransactionWithoutMessages() {
    ExecTxResult result = chain.deliver(tx(GAS));
    assertThat(result.code()).isEqualTo(18);
    assertThat(result.log()).isEqualTo("must contain at least one message: invalid request");
  }

  @Test
  void refusesMessagesWithoutARouteAndThoseOfModules() {
    ExecTxResult unknown = chain.deliver(tx(GAS, "/nope.Msg"));
    assertThat(unknown.code()).isEqualTo(6);
    assertThat(unknown.log()).isEqualTo("unrecognized message route: /nope.Msg: unknown request");
    assertThat(chain.deliver(tx(GAS, "/bank.Mint")).code()).isEqualTo(6);
  }

  @Test
  void outOfGasInAMessageHasNoPrefix() {
    ExecTxResult result = chain.deliver(tx(5000, "/bank.Send a"));
    assertThat(result.code()).isEqualTo(11);
    assertThat(result.log())
        .isEqualTo("out of gas in location: WriteFlat; gasWanted: 5000, gasUsed: 6330: out of gas");
    assertThat(result.gasUsed()).isEqualTo(6330);
    assertThat(show(result.events())).containsExactly("tx{fee=5stake}");
  }

  @Test
  void aGasLimitOfZeroIsNotUnlimited() {
    assertThat(chain.deliver(tx(0, "/bank.Send a")).log())
        .isEqualTo("out of gas in location: WriteFlat; gasWanted: 0, gasUsed: 2000: out of gas");
  }

  @Test
  void aModuleCannotGoOnWhenItCatchesOutOfGas() {
    bank.message(
        "/bank.Greedy",
        (context, message) -> {
          try {
            context.branch(
                inner -> {
                  inner.gas().consume(GAS, "all of it");
                  return inner;
                });
          } catch (ModuleException refused) {
            calls.add(refused.log());
          }
        });
    ExecTxResult result = FakeChain.of(auth, bank).deliver(tx(GAS, "/bank.Greedy"));
    assertThat(calls).hasSize(1);
    assertThat(result.code()).isEqualTo(11);
    assertThat(result.log()).startsWith("out of gas in location: all of it; gasWanted: 100000");
  }

  @Test
  void anUnexpectedExceptionIsAPanicWithoutAStackTrace() {
    bank.message(
        "/bank.Panic",
        (context, message) -> {
          throw new IllegalStateException("supply is negative");
        });
    bank.message(
        "/bank.Null",
        (context, message) -> {
          throw new NullPointerException("text that compiled code may leave out");
        });
    bank.message("/bank.Empty", (context, message) -> context.store().set(bytes("k"), new byte[0]));
    FakeChain panicking = FakeChain.of(auth, bank);
    ExecTxResult result = panicking.deliver(tx(GAS, "/bank.Panic"));
    assertThat(result.code()).isEqualTo(111222);
    assertThat(result.codespace()).isEqualTo("undefined");
    assertThat(result.log()).isEqualTo("panic: supply is negative");
    assertThat(panicking.deliver(tx(GAS, "/bank.Null")).log())
        .isEqualTo("panic: NullPointerException");
    assertThat(panicking.deliver(tx(GAS, "/bank.Empty")).log())
        .isEqualTo("panic: empty value in store bank: it could not be proved");
    assertThat(panicking.state.texts("auth")).containsKey("fee");
  }

  @Test
  void anErrorOfTheVmIsNeverAResult() {
    bank.message(
        "/bank.Deep",
        (context, message) -> {
          throw new StackOverflowError();
        });
    bank.message(
        "/bank.Link",
        (context, message) -> {
          throw new NoClassDefFoundError("io/segue/Gone");
        });
    FakeChain broken = FakeChain.of(auth, bank);
    assertThatThrownBy(() -> broken.deliver(tx(GAS, "/bank.Deep")))
        .isInstanceOf(StackOverflowError.class);
    assertThatThrownBy(() -> broken.deliver(tx(GAS, "/bank.Link")))
        .isInstanceOf(NoClassDefFoundError.class);
  }

  @Test
  void messagesAreValidatedBeforeTheyAreHandledAndValidationWritesNothing() {
    bank.message(
        "/bank.Valid",
        FakeHandler.signedBy("ann")
            .validates(
                (context, message) -> {
                  calls.add("validate");
                  context.store().set(bytes("sneaky"), bytes("1"));
                  context.emit(Event.of("sneaky", "a", "b"));
                  if (text(message).isEmpty()) {
                    throw new ModuleException("bank", 2, "empty");
                  }
                })
            .does((context, message) -> calls.add("handle")));
    FakeChain validating = FakeChain.of(auth, bank);
    ExecTxResult result = validating.deliver(tx(GAS, "/bank.Valid x"));
    assertThat(result.code()).isZero();
    assertThat(calls).containsExactly("validate", "handle");
    assertThat(show(result.events()))
        .containsExactly(
            "tx{fee=5stake}", "message{action=/bank.Valid, sender=@ann, module=bank, msg_index=0}");
    assertThat(validating.state.texts("bank")).isEmpty();
    assertThat(validating.deliver(tx(GAS, "/bank.Valid")).log())
        .isEqualTo("failed to execute message; message index: 0: empty");
  }

  @Test
  void laterTransactionsOfABlockSeeEarlierOnes() {
    bank.message(
        "/bank.Count",
        (context, message) -> {
          byte[] count = context.store().get(bytes("count"));
          context.store().set(bytes("count"), bytes((count == null ? "" : text(count)) + "i"));
        });
    FakeChain counting = FakeChain.of(auth, bank);
    byte[] count = tx(GAS, "/bank.Count");
    counting.block(count, tx(GAS, "/bank.Fail"), count, count);
    assertThat(counting.state.texts("bank")).containsEntry("count", "iii");
  }

  @Test
  void iteratorsThatAModuleForgetsAreClosed() {
    bank.message("/bank.Leak", (context, message) -> context.store().iterate(bytes(""), null));
    FakeChain leaking = FakeChain.of(auth, bank);
    MapView before = leaking.state;
    assertThat(leaking.deliver(tx(GAS, "/bank.Leak")).code()).isZero();
    assertThat(before.openIterators).isZero();
  }
}

package io.segue.kernel.core.exec;

import static io.segue.kernel.core.exec.FakeChain.show;
import static io.segue.kernel.core.exec.TextFormat.tx;
import static io.segue.kernel.core.overlay.MapView.bytes;
import static io.segue.kernel.core.overlay.MapView.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.ExecMode;
import io.segue.kernel.api.module.ModuleException;
import io.segue.kernel.api.module.QueryException;
import io.segue.kernel.api.module.QueryHandler;
import io.segue.kernel.api.upgrade.Plan;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ContextTest {
  private static final long GAS = 1_000_000;
  private static final byte[] GOV_ADDRESS =
      HexFormat.of().parseHex("7b5fe22b5446f7c62ea27b8bd71cef94e03f3df2");

  private final FakeModule bank =
      FakeModule.named("bank")
          .message(
              "/bank.Move",
              FakeHandler.forModules()
                  .answers(
                      (context, message) -> {
                        context.store().set(bytes("moved"), message);
                        context.emit(Event.of("moved", "what", text(message)));
                        return bytes("done");
                      }))
          .message(
              "/bank.Send",
              FakeHandler.signedBy(GOV_ADDRESS)
                  .does((context, message) -> context.store().set(bytes("sent"), message)))
          .message("/bank.Two", FakeHandler.signedBy("ann", "bob").does((context, message) -> {}))
          .message(
              "/bank.Fail",
              FakeHandler.forModules()
                  .does(
                      (context, message) -> {
                        context.store().set(bytes("lost"), bytes("1"));
                        throw new IllegalStateException("broken");
                      }))
          .query(
              "/bank.Query/Moved",
              (context, request) -> {
                byte[] moved = context.store().get(bytes("moved"));
                context.store().set(bytes("sneaky"), bytes("1"));
                if (moved == null) {
                  throw new QueryException(QueryException.Status.NotFound, "nothing moved");
                }
                return moved;
              })
          .query(
              "/bank.Query/Secret",
              new QueryHandler() {
                @Override
                public byte[] query(Context context, byte[] request) {
                  return bytes("secret");
                }

                @Override
                public boolean internal() {
                  return true;
                }
              });
  private FakeChain chain = FakeChain.of(FakeModule.auth());

  @Test
  void aModuleSendsInternalMessagesAndThoseOfItsOwnAccount() {
    ExecTxResult result =
        inGov(
            context -> {
              assertThat(context.moduleAddress()).isEqualTo(GOV_ADDRESS);
              assertThat(text(context.call("/bank.Move", bytes("5")))).isEqualTo("done");
              assertThat(context.call("/bank.Send", bytes("6"))).isEmpty();
            });
    assertThat(result.log()).isEmpty();
    assertThat(show(result.events())).contains("moved{what=5, msg_index=0}");
    assertThat(chain.state.texts("bank")).containsEntry("moved", "5").containsEntry("sent", "6");
  }

  @Test
  void aModuleCannotSignForOthers() {
    ExecTxResult result = inGov(context -> context.call("/bank.Two", bytes("")));
    assertThat(result.code()).isEqualTo(4);
    assertThat(result.log())
        .contains("/bank.Two must be signed by @ann, @bob and module gov can sign for")
        .endsWith("unauthorized");
  }

  @Test
  void aCallWithoutARouteIsRefused() {
    inGov(
        context ->
            assertThatThrownBy(() -> context.call("/nope.Msg", bytes("")))
                .isInstanceOf(ModuleException.class)
                .hasMessage("unrecognized message route: /nope.Msg: unknown request"));
  }

  @Test
  void whatAFailedCallWroteIsUndoneAndItsExceptionIsTheSameOnEveryNode() {
    ExecTxResult result =
        inGov(
            context ->
                assertThatThrownBy(() -> context.call("/bank.Fail", bytes("")))
                    .isInstanceOfSatisfying(
                        ModuleException.class,
                        refused -> assertThat(refused.code()).isEqualTo(111222))
                    .hasMessage("panic: broken"));
    assertThat(result.code()).isZero();
    assertThat(chain.state.texts("bank")).isEmpty();
  }

  @Test
  void aBranchKeepsItsWritesAndEventsOnlyIfItReturns() {
    ExecTxResult result =
        inGov(
            context -> {
              context.branch(inner -> inner.call("/bank.Move", bytes("kept")));
              assertThatThrownBy(
                      () ->
                          context.branch(
                              inner -> {
                                inner.store().set(bytes("a"), bytes("1"));
                                inner.call("/bank.Move", bytes("dropped"));
                                throw new IllegalStateException("no");
                              }))
                  .isInstanceOf(IllegalStateException.class);
            });
    assertThat(show(result.events()))
        .contains("moved{what=kept, msg_index=0}")
        .doesNotContain("moved{what=dropped, msg_index=0}");
    assertThat(chain.state.texts("bank")).containsEntry("moved", "kept");
    assertThat(chain.state.texts("gov")).isEmpty();
  }

  @Test
  void queriesReachOtherModulesAndTheirWritesAreLost() {
    inGov(
        context -> {
          assertThatThrownBy(() -> context.query("/bank.Query/Moved", bytes("")))
              .isInstanceOf(QueryException.class);
          context.call("/bank.Move", bytes("7"));
          assertThat(text(context.query("/bank.Query/Moved", bytes("")))).isEqualTo("7");
          assertThat(text(context.query("/bank.Query/Secret", bytes("")))).isEqualTo("secret");
          assertThatThrownBy(() -> context.query("/bank.Query/Nope", bytes("")))
              .hasMessageContaining("unknown query path: /bank.Query/Nope");
        });
    assertThat(chain.state.texts("bank")).containsOnlyKeys("moved");
  }

  @Test
  void aQueryExceptionThatNobodyCatchesIsAResultWithItsCode() {
    ExecTxResult result = inGov(context -> context.query("/bank.Query/Moved", bytes("")));
    assertThat(result.code()).isEqualTo(22);
    assertThat(result.log())
        .endsWith("rpc error: code = NotFound desc = nothing moved: key not found");
  }

  @Test
  void judgesMessagesWithoutExecutingThem() {
    inGov(
        context -> {
          assertThat(context.routable("/bank.Send")).isTrue();
          assertThat(context.routable("/bank.Move")).isFalse();
          assertThat(context.routable("/nope.Msg")).isFalse();
          assertThat(context.signers("/bank.Two", bytes("")))
              .containsExactly(bytes("ann"), bytes("bob"));
          assertThat(context.signers("/bank.Move", bytes(""))).isEmpty();
          context.validate("/bank.Send", bytes(""));
          assertThatThrownBy(() -> context.validate("/bank.Move", bytes("")))
              .hasMessage("unrecognized message route: /bank.Move: unknown request");
        });
    assertThat(chain.state.texts("bank")).isEmpty();
  }

  @Test
  void aModuleOpensItsOwnStoresAlone() {
    inGov(
        context -> {
          assertThatThrownBy(() -> context.store("bank"))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessage("module gov does not own store bank; its stores: [gov, votes]");
          context.store("votes").set(bytes("v"), bytes("1"));
          assertThat(context.store().get(bytes("v"))).isNull();
        });
    assertThat(chain.state.texts("votes")).containsEntry("v", "1");
  }

  @Test
  void onlyModuleUpgradeChangesPlans() {
    FakeModule upgrade =
        FakeModule.named("upgrade")
            .owning()
            .message(
                "/upgrade.Plan",
                (context, message) -> context.upgrades().schedule(new Plan(text(message), 10, "")))
            .message("/upgrade.Cancel", (context, message) -> context.upgrades().cancel());
    ExecTxResult result =
        inGov(
            context -> {
              context.upgrades().check(new Plan("v2", 10, ""));
              assertThat(context.upgrades().plan()).isEmpty();
              assertThatThrownBy(() -> context.upgrades().schedule(new Plan("v2", 10, "")))
                  .hasMessage(
                      "module gov may not schedule a plan, only module upgrade may: unauthorized");
              assertThatThrownBy(() -> context.upgrades().cancel())
                  .isInstanceOf(ModuleException.class);
            },
            upgrade);
    assertThat(result.log()).isEmpty();
    assertThat(chain.deliver(tx(GAS, "/upgrade.Plan v2")).code()).isZero();
    assertThat(chain.state.texts("upgrade")).hasSize(1);
    assertThat(chain.deliver(tx(GAS, "/upgrade.Plan")).log())
        .endsWith("name cannot be empty: invalid request");
    assertThat(chain.deliver(tx(GAS, "/upgrade.Cancel")).code()).isZero();
    assertThat(chain.state.texts("upgrade").keySet())
        .as("what became of the plan stays")
        .singleElement()
        .asString()
        .endsWith("v2");
  }

  @Test
  void aModuleWithoutAStoreSaysSo() {
    FakeModule upgrade =
        FakeModule.named("upgrade")
            .owning()
            .message("/upgrade.Store", (context, message) -> context.store());
    chain = FakeChain.of(FakeModule.auth(), upgrade);
    assertThat(chain.deliver(tx(GAS, "/upgrade.Store")).log())
        .isEqualTo("panic: module upgrade owns no store");
  }

  @Test
  void tellsTheBlock() {
    inGov(
        context -> {
          assertThat(context.chainId()).isEqualTo("test-1");
          assertThat(context.height()).isEqualTo(1);
          assertThat(context.time().getEpochSecond()).isEqualTo(1001);
          assertThat(context.proposerAddress()).hasSize(20);
          assertThat(context.mode()).isEqualTo(ExecMode.FINALIZE);
          assertThat(context.minimumGasPrices()).isEmpty();
          assertThat(context.consensusParams().block()).isPresent();
          assertThat(context.gas().limit()).isEqualTo(GAS);
          assertThat(context.descriptors().owner("/bank.Send")).contains("bank");
        });
  }

  @Test
  void refusesEventsThatClientsCannotRead() {
    ExecTxResult result = inGov(context -> context.emit(Event.of("odd", "", "value")));
    assertThat(result.log()).isEqualTo("panic: event odd has an attribute with an empty key");
  }

  private ExecTxResult inGov(Consumer<Context> work, FakeModule... more) {
    FakeModule gov =
        FakeModule.named("gov")
            .owning("gov", "votes")
            .message("/gov.Do", (context, message) -> work.accept(context));
    FakeModule[] modules = new FakeModule[more.length + 3];
    System.arraycopy(more, 0, modules, 3, more.length);
    modules[0] = FakeModule.auth();
    modules[1] = bank;
    modules[2] = gov;
    chain = FakeChain.of(modules);
    ExecTxResult result = chain.deliver(tx(GAS, "/gov.Do"));
    // An assertion that fails inside is an Error, which is never a result.
    return result;
  }
}

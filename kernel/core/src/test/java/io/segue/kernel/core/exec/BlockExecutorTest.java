package io.segue.kernel.core.exec;

import static io.segue.kernel.core.exec.FakeChain.header;
import static io.segue.kernel.core.exec.FakeChain.show;
import static io.segue.kernel.core.exec.TextFormat.tx;
import static io.segue.kernel.core.overlay.MapView.bytes;
import static io.segue.kernel.core.overlay.MapView.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.kernel.api.abci.Abci.BlockParams;
import io.segue.kernel.api.abci.Abci.ConsensusParams;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.api.abci.Abci.InitChainRequest;
import io.segue.kernel.api.abci.Abci.ValidatorUpdate;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.ModuleException;
import io.segue.kernel.api.module.Phase;
import io.segue.kernel.core.gas.KernelRules;
import io.segue.kernel.core.module.ModuleSet;
import io.segue.kernel.core.overlay.Branch;
import io.segue.kernel.core.overlay.MapView;
import io.segue.kernel.core.plan.PlanState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BlockExecutorTest {
  private final List<String> calls = new ArrayList<>();

  @Test
  void beginsAndEndsTheBlockInOrderAroundTheTransactions() {
    FakeModule a = recording("a");
    FakeModule b = recording("b").message("/b.Msg", (c, m) -> calls.add("tx " + text(m)));
    ModuleSet modules =
        ModuleSet.of(
            List.of(FakeModule.auth(), a, b),
            Map.of(Phase.BEGIN_BLOCK, List.of("b"), Phase.END_BLOCK, List.of("b", "a")));
    BlockResult result =
        new BlockExecutor(modules, KernelRules.of(1))
            .execute(
                new Branch(MapView.of("auth", "a", "b", "upgrade")),
                header(2),
                List.of(tx(1000, "/b.Msg 1"), tx(1000, "/b.Msg 2")));
    assertThat(calls).containsExactly("begin b", "begin a", "tx 1", "tx 2", "end b", "end a");
    assertThat(show(result.events()))
        .containsExactly(
            "begun{module=b, mode=BeginBlock}",
            "begun{module=a, mode=BeginBlock}",
            "ended{module=b, mode=EndBlock}",
            "ended{module=a, mode=EndBlock}");
    assertThat(result.txResults()).hasSize(2);
  }

  @Test
  void mergesChangesOfTheValidatorSet() {
    FakeModule a = FakeModule.named("a").endBlock(context -> List.of(validator(1, 10)));
    FakeModule b = FakeModule.named("b").endBlock(context -> List.of(validator(2, 0)));
    assertThat(FakeChain.of(FakeModule.auth(), a, b).block().validatorUpdates())
        .extracting(ValidatorUpdate::power)
        .containsExactly(10L, 0L);
  }

  @Test
  void refusesValidatorsThatWouldStopTheEngine() {
    for (ValidatorUpdate update :
        List.of(
            validator(1, -1),
            validator(1, ValidatorUpdates.MAX_POWER + 1),
            new ValidatorUpdate("secp256k1", new byte[33], 1))) {
      FakeModule a = FakeModule.named("a").endBlock(context -> List.of(update));
      assertThatThrownBy(() -> FakeChain.of(FakeModule.auth(), a).block())
          .isInstanceOf(PhaseFailedException.class)
          .hasMessageContaining("of module a has power " + update.power());
    }
  }

  @Test
  void refusesAValidatorThatIsChangedTwice() {
    FakeModule a = FakeModule.named("a").endBlock(context -> List.of(validator(1, 10)));
    FakeModule b = FakeModule.named("b").endBlock(context -> List.of(validator(1, 0)));
    assertThatThrownBy(() -> FakeChain.of(FakeModule.auth(), a, b).block())
        .isInstanceOf(PhaseFailedException.class)
        .hasMessageContaining("validator ed25519:01 is changed twice, by module a and by b");
  }

  @Test
  void aContextThatWasKeptIsOfNoUse() {
    List<Context> kept = new ArrayList<>();
    FakeModule bank =
        FakeModule.named("bank")
            .beginBlock(
                context -> {
                  kept.add(context);
                  kept.get(0).height();
                });
    FakeChain chain = FakeChain.of(FakeModule.auth(), bank);
    chain.block();
    assertThatThrownBy(chain::block)
        .isInstanceOf(PhaseFailedException.class)
        .hasMessageContaining("begin of block in module bank failed")
        .hasMessageContaining("is used after its call");
    assertThatThrownBy(() -> kept.get(0).store()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aFailureOutsideATransactionFailsTheBlockByName() {
    FakeModule bank =
        FakeModule.named("bank")
            .beginBlock(
                context -> {
                  throw new ModuleException("bank", 3, "supply does not add up");
                });
    assertThatThrownBy(() -> FakeChain.of(FakeModule.auth(), bank).block())
        .isInstanceOf(PhaseFailedException.class)
        .hasMessage("begin of block in module bank failed: supply does not add up");
  }

  @Test
  void gasIsUnlimitedOutsideTransactions() {
    FakeModule bank = FakeModule.named("bank").endBlock(context -> limitInEvent(context));
    assertThat(show(FakeChain.of(FakeModule.auth(), bank).block().events()))
        .containsExactly("gas{limit=" + Long.MAX_VALUE + ", mode=EndBlock}");
  }

  @Test
  void aBlockUsesNoMoreGasThanItsParametersSay() {
    FakeModule bank =
        FakeModule.named("bank")
            .message("/bank.Burn", (context, m) -> context.gas().consume(400, "burn"));
    ModuleSet modules = ModuleSet.of(List.of(FakeModule.auth(), bank), Map.of());
    ConsensusParams params =
        new ConsensusParams(
            Optional.of(new BlockParams(1000, 1000)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    byte[] burn = tx(500, "/bank.Burn");
    List<ExecTxResult> results =
        new BlockExecutor(modules, KernelRules.of(1))
            .execute(
                new Branch(MapView.of("auth", "bank", "upgrade")),
                header(2, params),
                List.of(burn, burn, burn, burn))
            .txResults();
    assertThat(results).extracting(ExecTxResult::code).containsExactly(0, 0, 11, 11);
    assertThat(results.get(2).log())
        .isEqualTo(
            "out of gas in location: block gas meter; gasWanted: 500, gasUsed: 400: out of gas");
    assertThat(results.get(3).log()).isEqualTo("no block gas left to run tx: out of gas");
  }

  @Test
  void aBlockWithoutALimitCountsNoGas() {
    FakeModule bank =
        FakeModule.named("bank")
            .message(
                "/bank.Burn", (context, m) -> context.gas().consume(Long.MAX_VALUE - 1, "burn"));
    ModuleSet modules = ModuleSet.of(List.of(FakeModule.auth(), bank), Map.of());
    byte[] burn = tx(Long.MAX_VALUE, "/bank.Burn");
    List<ExecTxResult> results =
        new BlockExecutor(modules, KernelRules.of(1))
            .execute(
                new Branch(MapView.of("auth", "bank", "upgrade")),
                header(2, ConsensusParams.defaults(1)),
                List.of(burn, burn, burn))
            .txResults();
    assertThat(results).extracting(ExecTxResult::code).containsExactly(0, 0, 0);
  }

  @Test
  void whatATransactionUsesBeyondWhatItAskedForIsNotTheBlocks() {
    FakeModule bank =
        FakeModule.named("bank")
            .message("/bank.Burn", (context, m) -> context.gas().consume(Long.MAX_VALUE, "burn"))
            .message("/bank.Send", (context, m) -> context.gas().consume(100, "send"));
    ModuleSet modules = ModuleSet.of(List.of(FakeModule.auth(), bank), Map.of());
    ConsensusParams params =
        new ConsensusParams(
            Optional.of(new BlockParams(1000, 1000)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    byte[] burn = tx(400, "/bank.Burn");
    List<ExecTxResult> results =
        new BlockExecutor(modules, KernelRules.of(1))
            .execute(
                new Branch(MapView.of("auth", "bank", "upgrade")),
                header(2, params),
                List.of(burn, burn, tx(200, "/bank.Send")))
            .txResults();
    assertThat(results).extracting(ExecTxResult::code).containsExactly(11, 11, 0);
  }

  @Test
  void refusesAStateThatLacksAStore() {
    ModuleSet modules =
        ModuleSet.of(List.of(FakeModule.auth(), FakeModule.named("bank")), Map.of());
    assertThatThrownBy(
            () ->
                new BlockExecutor(modules, KernelRules.of(1))
                    .execute(new Branch(MapView.of("auth", "upgrade")), header(2), List.of()))
        .isInstanceOf(PhaseFailedException.class)
        .hasMessageContaining("the state lacks stores that modules own: [bank]");
  }

  @Test
  void theSameBlockGivesTheSameChangesHoweverOftenItIsExecuted() {
    FakeModule bank =
        FakeModule.named("bank")
            .message("/bank.Set", (context, m) -> context.store().set(m, bytes("1")));
    FakeChain once = FakeChain.of(FakeModule.auth(), bank);
    FakeChain twice = FakeChain.of(FakeModule.auth(), bank);
    byte[][] txs = {tx(9000, "/bank.Set b"), tx(9000, "/bank.Set a", "/bank.Set c")};
    new BlockExecutor(twice.modules, twice.rules)
        .execute(new Branch(twice.state), header(1), List.of(txs));
    assertThat(show(once.block(txs).txResults().get(1).events()))
        .isEqualTo(show(twice.block(txs).txResults().get(1).events()));
    assertThat(once.state.texts("bank")).isEqualTo(twice.state.texts("bank")).hasSize(3);
  }

  @Test
  void genesisRunsInOrderWithTheMembersOrTheDefaults() {
    FakeModule bank = withGenesis("bank", "{\"default\":true}");
    FakeModule gov = withGenesis("gov", "{\"default\":true}");
    ModuleSet modules =
        ModuleSet.of(
            List.of(FakeModule.auth(), bank.version(3), gov),
            Map.of(Phase.GENESIS, List.of("gov", "bank")));
    Branch branch = new Branch(MapView.of("auth", "bank", "gov", "upgrade"));
    GenesisResult result =
        new BlockExecutor(modules, KernelRules.of(1))
            .initChain(
                branch,
                request(
                    "{\"bank\": {\"supply\":[ 1 ]}, \"upgrade\":{\"generation\":\""
                        + "ab".repeat(32)
                        + "\"}}"));
    assertThat(calls).containsExactly("gov {\"default\":true}", "bank {\"supply\":[ 1 ]}");
    assertThat(show(result.events()))
        .containsExactly("genesis{module=gov!}", "genesis{module=bank!}");
    PlanState plans = new PlanState(branch.store("upgrade"), 0, KernelRules.of(1).plans());
    assertThat(plans.moduleVersions())
        .containsEntry("bank", 3L)
        .containsEntry("gov", 1L)
        .containsEntry("auth", 1L);
    assertThat(plans.protocolVersion()).isEqualTo(1);
    assertThat(branch.store("upgrade").get(new byte[] {3})).hasSize(8);
    assertThat(plans.generation("genesis").orElseThrow()).hasSize(32).containsOnly(0xab);
  }

  @Test
  void genesisTellsHeightZeroAndTheGenesisTime() {
    FakeModule bank =
        FakeModule.named("bank")
            .genesis(
                "{}",
                (context, json) -> {
                  calls.add(context.height() + " " + context.time().getEpochSecond());
                  assertThat(context.consensusParams().version()).isPresent();
                  return List.of();
                });
    initChain("", List.of(), bank);
    assertThat(calls).containsExactly("0 77");
  }

  @Test
  void aModuleGivesTheFirstValidators() {
    FakeModule staking =
        FakeModule.named("staking").genesis("{}", (context, json) -> List.of(validator(1, 5)));
    assertThat(initChain("{}", List.of(), staking).validators()).hasSize(1);
    assertThat(initChain("{}", List.of(validator(1, 5)), staking).validators()).hasSize(1);
    assertThatThrownBy(() -> initChain("{}", List.of(validator(1, 6)), staking))
        .hasMessageContaining("make the two lists the same");
    assertThatThrownBy(
            () ->
                initChain(
                    "{}",
                    List.of(),
                    staking,
                    FakeModule.named("twin")
                        .genesis("{}", (context, json) -> List.of(validator(2, 5)))))
        .hasMessageContaining("two modules give the first validators, staking and twin");
  }

  @Test
  void aRefusedGenesisNamesTheModule() {
    FakeModule bank =
        FakeModule.named("bank")
            .genesis(
                "{}",
                (context, json) -> {
                  throw new ModuleException("bank", 2, "balance of ann is negative");
                });
    assertThatThrownBy(() -> initChain("{}", List.of(), bank))
        .isInstanceOf(PhaseFailedException.class)
        .hasMessage("genesis of module bank failed: balance of ann is negative");
  }

  private GenesisResult initChain(
      String appState, List<ValidatorUpdate> validators, FakeModule... modules) {
    List<FakeModule> all = new ArrayList<>(List.of(modules));
    all.add(FakeModule.auth());
    ModuleSet set = ModuleSet.of(all, Map.of());
    return new BlockExecutor(set, KernelRules.of(1))
        .initChain(
            new Branch(MapView.of(set.stores().toArray(new String[0]))),
            new InitChainRequest(
                Instant.ofEpochSecond(77),
                "test-1",
                new ConsensusParams(
                    Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                validators,
                bytes(appState),
                1));
  }

  private static InitChainRequest request(String appState) {
    return new InitChainRequest(
        Instant.EPOCH, "test-1", ConsensusParams.defaults(1), List.of(), bytes(appState), 1);
  }

  private FakeModule withGenesis(String name, String byDefault) {
    return FakeModule.named(name)
        .genesis(
            byDefault,
            (context, json) -> {
              calls.add(name + " " + text(json));
              context.emit(Event.of("genesis", "module", name));
              return List.of();
            });
  }

  private FakeModule recording(String name) {
    return FakeModule.named(name)
        .beginBlock(
            context -> {
              calls.add("begin " + name);
              context.emit(Event.of("begun", "module", name));
            })
        .endBlock(
            context -> {
              calls.add("end " + name);
              context.emit(Event.of("ended", "module", name));
              return List.of();
            });
  }

  private static List<ValidatorUpdate> limitInEvent(Context context) {
    context.gas().consume(1_000_000_000_000L, "a lot");
    context.emit(Event.of("gas", "limit", Long.toString(context.gas().limit())));
    return List.of();
  }

  private static ValidatorUpdate validator(int key, long power) {
    return new ValidatorUpdate("ed25519", new byte[] {(byte) key}, power);
  }
}

package io.segue.kernel.core.exec;

import static io.segue.kernel.core.exec.FakeChain.header;
import static io.segue.kernel.core.exec.FakeChain.show;
import static io.segue.kernel.core.overlay.MapView.bytes;
import static io.segue.kernel.core.overlay.MapView.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.abci.Abci.ValidatorUpdate;
import io.segue.kernel.api.module.Crypto;
import io.segue.kernel.api.module.Module;
import io.segue.kernel.api.module.Phase;
import io.segue.kernel.api.module.Platform;
import io.segue.kernel.api.upgrade.Plan;
import io.segue.kernel.api.upgrade.StoreLoad;
import io.segue.kernel.api.upgrade.UpgradeAborted;
import io.segue.kernel.api.upgrade.UpgradeContext;
import io.segue.kernel.api.upgrade.UpgradeHandler;
import io.segue.kernel.core.gas.KernelRules;
import io.segue.kernel.core.module.ModuleSet;
import io.segue.kernel.core.module.Steps;
import io.segue.kernel.core.overlay.Branch;
import io.segue.kernel.core.overlay.MapView;
import io.segue.kernel.core.plan.PlanState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class UpgradeExecutionTest {
  private static final Plan PLAN = new Plan("v2", 10, "");
  private static final KernelRules RULES = KernelRules.of(1);
  private static final Platform PLATFORM =
      new Platform() {
        @Override
        public Crypto crypto() {
          throw new UnsupportedOperationException("no cryptography in this test");
        }

        @Override
        public Optional<String> setting(String name) {
          return Optional.empty();
        }
      };

  private final List<String> calls = new ArrayList<>();
  private final MapView state =
      new MapView(9, "auth", "bank", "fees", "upgrade").with("bank", "supply", "7");
  private final SortedMap<String, Long> before =
      new TreeMap<>(Map.of("auth", 1L, "bank", 1L, "old", 4L));
  private final FakeModule bank =
      FakeModule.named("bank")
          .version(3)
          .migration(
              1,
              context -> {
                calls.add("bank 1");
                context.store().set(bytes("supply"), bytes("70"));
                context.emit(Event.of("migrated", "supply", "70"));
              })
          .migration(2, context -> calls.add("bank 2"));
  private final FakeModule fees =
      FakeModule.named("fees")
          .genesis(
              "{\"default\":1}",
              (context, json) -> {
                calls.add("fees " + text(json));
                context.store().set(bytes("params"), json);
                return List.of();
              })
          .message("/fees.Set", FakeHandler.signedBy("gov").does((c, m) -> calls.add("set")))
          .query(
              "/fees.Query/Params",
              (context, request) -> bytes(text(context.store().get(bytes("params")))));

  @Test
  void prepareReadsTheStateAndSaysWhatToLoad() {
    List<StoreLoad> loads =
        UpgradeExecution.prepare(
            new UpgradeHandler() {
              @Override
              public List<StoreLoad> prepare(UpgradeContext context) {
                assertThat(context.plan()).isEqualTo(PLAN);
                assertThat(context.chainId()).isEqualTo("test-1");
                assertThat(context.platform()).isSameAs(PLATFORM);
                assertThat(context.time().getEpochSecond()).isEqualTo(1010);
                assertThat(text(context.store("bank").get(bytes("supply")))).isEqualTo("7");
                assertThatThrownBy(() -> context.store("bank").set(bytes("a"), bytes("b")))
                    .hasMessage("store bank can only be read here");
                assertThatThrownBy(() -> context.store("bank").delete(bytes("a")))
                    .isInstanceOf(UnsupportedOperationException.class);
                assertThatThrownBy(context::runMigrations)
                    .hasMessageContaining("runMigrations is not there in prepare");
                assertThatThrownBy(() -> context.call("/a.B", bytes("")))
                    .isInstanceOf(IllegalStateException.class);
                assertThat(context.moduleVersions()).isEmpty();
                return List.of(new StoreLoad.Add("fees"));
              }
            },
            modules(bank, fees),
            PLATFORM,
            RULES,
            PLAN,
            header(10),
            state,
            Steps.UNTOLD);
    assertThat(loads).containsExactly(new StoreLoad.Add("fees"));
  }

  @Test
  void migratesModulesInOrderAndGivesNewOnesTheirGenesis() {
    ModuleSet modules =
        ModuleSet.of(
            List.of(FakeModule.auth(), bank, fees),
            Map.of(Phase.MIGRATIONS, List.of("fees", "bank")));
    Branch branch = branchWithVersions();
    List<Event> events = handle(modules, branch, UpgradeContext::runMigrations);
    assertThat(calls).containsExactly("fees {\"default\":1}", "bank 1", "bank 2");
    assertThat(show(events)).containsExactly("migrated{supply=70, mode=BeginBlock}");
    assertThat(plans(branch).moduleVersions())
        .isEqualTo(new TreeMap<>(Map.of("auth", 1L, "bank", 3L, "fees", 1L)));
    assertThat(text(branch.store("bank").get(bytes("supply")))).isEqualTo("70");
  }

  @Test
  void describesTheStepsAheadOfTheHeight() {
    assertThat(MigrationSteps.of(modules(bank, fees), before).describe())
        .containsExactly("bank 1 -> 2", "bank 2 -> 3", "fees genesis", "old removed");
  }

  @Test
  void theHandlerMayGiveANewModuleItsGenesisAndCallModules() {
    handle(
        modules(bank, fees),
        branchWithVersions(),
        context -> {
          context.genesis("fees", bytes("{\"mine\":2}"));
          context.runMigrations();
          assertThat(context.call("/fees.Set", bytes(""))).isEmpty();
          assertThat(text(context.query("/fees.Query/Params", bytes(""))))
              .isEqualTo("{\"mine\":2}");
          assertThat(context.moduleVersions()).containsEntry("bank", 1L);
          context.store("bank").set(bytes("more"), bytes("1"));
          assertThatThrownBy(() -> context.store("upgrade").set(bytes("a"), bytes("b")))
              .hasMessage("store upgrade can only be read here");
          assertThatThrownBy(() -> context.genesis("fees", bytes("{}")))
              .hasMessage("genesis of fees comes after runMigrations");
          assertThatThrownBy(context::runMigrations).hasMessage("runMigrations was called twice");
        });
    assertThat(calls).containsExactly("bank 1", "bank 2", "fees {\"mine\":2}", "set");
  }

  @Test
  void onlyNewModulesTakeAGenesis() {
    handle(
        modules(bank, fees),
        branchWithVersions(),
        context -> {
          for (String module : List.of("bank", "nope")) {
            assertThatThrownBy(() -> context.genesis(module, bytes("{}")))
                .hasMessage("module " + module + " is not new with plan v2: it takes no genesis");
          }
          context.runMigrations();
        });
  }

  @Test
  void refusesAHandlerThatRunsNoMigrations() {
    assertThatThrownBy(() -> handle(modules(bank, fees), branchWithVersions(), context -> {}))
        .isInstanceOf(PhaseFailedException.class)
        .hasMessage("the handler of plan v2 returned without calling runMigrations");
  }

  @Test
  void refusesMissingMigrationsAndLowerVersions() {
    refuses("no migrations found for module bank: not found", FakeModule.named("bank").version(2));
    refuses(
        "no migration found for module bank from version 2 to version 3: not found",
        FakeModule.named("bank").version(3).migration(1, context -> {}));
    before.put("bank", 5L);
    refuses(
        "module bank has consensus version 5 in state and the new code has the lower version 3",
        bank);
  }

  @Test
  void refusesAStateThatLacksANewModulesStore() {
    assertThatThrownBy(
            () ->
                handle(
                    modules(bank, FakeModule.named("mint")),
                    branchWithVersions(),
                    UpgradeContext::runMigrations))
        .isInstanceOf(PhaseFailedException.class)
        .hasMessageContaining("plan v2 the state lacks stores that modules own: [mint]")
        .hasMessageContaining("prepare has to add or rename them");
  }

  @Test
  void aFailedMigrationIsNamed() {
    FakeModule broken =
        FakeModule.named("bank")
            .version(2)
            .migration(
                1,
                context -> {
                  throw new IllegalStateException("denom 7 is odd");
                });
    refuses("upgrade v2: bank 1 -> 2 failed: panic: denom 7 is odd", broken);
  }

  @Test
  void anAbortPassesThroughAsItIs() {
    FakeModule aborting =
        FakeModule.named("bank")
            .version(2)
            .migration(
                1,
                context -> {
                  throw new UpgradeAborted("supply is odd");
                });
    assertThatThrownBy(
            () -> handle(modules(aborting), branchWithVersions(), UpgradeContext::runMigrations))
        .isInstanceOf(UpgradeAborted.class)
        .hasMessage("supply is odd");
  }

  @Test
  void aNewModuleGivesNoValidators() {
    FakeModule staking =
        FakeModule.named("fees")
            .genesis(
                "{}",
                (context, json) -> List.of(new ValidatorUpdate("ed25519", new byte[] {1}, 1)));
    assertThatThrownBy(
            () ->
                handle(modules(bank, staking), branchWithVersions(), UpgradeContext::runMigrations))
        .hasMessageContaining("module fees gives validators in an upgrade");
  }

  private void refuses(String reason, Module module) {
    assertThatThrownBy(
            () -> handle(modules(module), branchWithVersions(), UpgradeContext::runMigrations))
        .isInstanceOf(PhaseFailedException.class)
        .hasMessageContaining(reason);
  }

  private static ModuleSet modules(Module... modules) {
    List<Module> all = new ArrayList<>(Arrays.asList(modules));
    all.add(FakeModule.auth());
    return ModuleSet.of(all, Map.of());
  }

  private Branch branchWithVersions() {
    Branch branch = new Branch(state);
    plans(branch).setModuleVersions(before);
    return branch;
  }

  private static PlanState plans(Branch branch) {
    return new PlanState(branch.store("upgrade"), 10, RULES.plans());
  }

  private static List<Event> handle(
      ModuleSet modules, Branch branch, Consumer<UpgradeContext> work) {
    UpgradeHandler handler =
        new UpgradeHandler() {
          @Override
          public void handle(UpgradeContext context) {
            work.accept(context);
          }
        };
    return UpgradeExecution.handle(
        handler, modules, PLATFORM, RULES, PLAN, header(10), branch, Steps.UNTOLD);
  }
}

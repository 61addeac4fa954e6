package io.segue.kernel.core.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.kernel.api.module.Descriptors;
import io.segue.kernel.api.module.Module;
import io.segue.kernel.api.module.Phase;
import io.segue.kernel.core.check.FakeExtension;
import io.segue.kernel.core.exec.FakeHandler;
import io.segue.kernel.core.exec.FakeModule;
import io.segue.kernel.core.exec.TextFormat;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ModuleSetTest {
  @Test
  void modulesNotNamedInAnOrderFollowByName() {
    ModuleSet set =
        ModuleSet.of(
            List.of(
                FakeModule.named("staking"),
                FakeModule.named("gov"),
                FakeModule.named("bank"),
                FakeModule.auth()),
            Map.of(Phase.BEGIN_BLOCK, List.of("staking", "bank")));
    assertThat(set.order(Phase.BEGIN_BLOCK)).containsExactly("staking", "bank", "auth", "gov");
    assertThat(set.order(Phase.END_BLOCK)).containsExactly("auth", "bank", "gov", "staking");
    assertThat(set.modules())
        .extracting(Module::name)
        .containsExactly("auth", "bank", "gov", "staking");
    assertThat(set.versions()).containsEntry("bank", 1L).hasSize(4);
    assertThat(set.stores()).containsExactly("auth", "bank", "gov", "staking", "upgrade");
    assertThat(set.missingStores(List.of("auth", "gov")))
        .containsExactly("bank", "staking", "upgrade");
  }

  @Test
  void anteStepsRunOnlyWhereTheyAreNamed() {
    FakeModule auth =
        FakeModule.auth().ante("auth.fee", (c, tx) -> {}).ante("auth.sig", (c, tx) -> {});
    assertThat(
            ModuleSet.of(List.of(auth), Map.of(Phase.ANTE, List.of("auth.sig"))).order(Phase.ANTE))
        .containsExactly("auth.sig");
    assertThat(ModuleSet.of(List.of(auth), Map.of()).order(Phase.ANTE)).isEmpty();
  }

  @Test
  void refusesTwoModulesOfOneName() {
    refuses("two modules are named bank", FakeModule.named("bank"), FakeModule.named("bank"));
  }

  @Test
  void refusesTwoOwnersAndNamesBoth() {
    refuses(
        "message type /a.Msg has two owners, bank and gov",
        FakeModule.named("bank").message("/a.Msg", (c, m) -> {}),
        FakeModule.named("gov").message("/a.Msg", (c, m) -> {}));
    refuses(
        "query /a.Query/B has two owners, bank and gov",
        FakeModule.named("bank").query("/a.Query/B", (c, r) -> r),
        FakeModule.named("gov").query("/a.Query/B", (c, r) -> r));
    refuses(
        "ante step fee has two owners, bank and gov",
        FakeModule.named("bank").ante("fee", (c, tx) -> {}),
        FakeModule.named("gov").ante("fee", (c, tx) -> {}));
    refuses(
        "store money has two owners, bank and gov",
        FakeModule.named("bank").owning("money"),
        FakeModule.named("gov").owning("money"));
  }

  @Test
  void refusesTwoModulesThatExtendVotes() {
    refuses(
        "at most one module extends votes, but these do: [gov, oracle]",
        FakeModule.named("oracle").extending(new FakeExtension()),
        FakeModule.named("gov").extending(new FakeExtension()));
  }

  @Test
  void refusesWhatIsTheKernels() {
    refuses(
        "store upgrade, claimed by module upgrade, is the kernel's", FakeModule.named("upgrade"));
    refuses("is the kernel's", FakeModule.named("tx").query(ModuleSet.SIMULATE_PATH, (c, r) -> r));
  }

  @Test
  void refusesBadNamesVersionsAndTypes() {
    refuses("module name 'Bank' is not made of", FakeModule.named("Bank"));
    refuses("has consensus version 0, below 1", FakeModule.named("bank").version(0));
    refuses(
        "module bank: module migration versions should start at 1",
        FakeModule.named("bank").migration(0, c -> {}));
    refuses("needs one slash", FakeModule.named("bank").message("a.Msg", (c, m) -> {}));
  }

  @Test
  void refusesNoTransactionFormatAndTwo() {
    assertThatThrownBy(() -> ModuleSet.of(List.of(FakeModule.named("bank")), Map.of()))
        .hasMessageContaining("exactly one module has the transaction format, but these have: []");
    refuses("but these have: [auth, bank]", FakeModule.named("bank").format(new TextFormat()));
  }

  @Test
  void refusesOrdersThatNameWhatIsNotThereOrTwice() {
    assertThatThrownBy(
            () ->
                ModuleSet.of(
                    List.of(FakeModule.auth()),
                    Map.of(
                        Phase.ANTE, List.of("fee"),
                        Phase.GENESIS, List.of("auth", "auth", "nope"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("order ante names fee, but the steps are []")
        .hasMessageContaining("order genesis names auth twice")
        .hasMessageContaining("order genesis names nope, but no module has this name");
  }

  @Test
  void knowsWhoOwnsATypeAndWhatTransactionsMayCarry() {
    ModuleSet set =
        ModuleSet.of(
            List.of(
                FakeModule.auth().descriptors(new byte[] {1}),
                FakeModule.named("bank")
                    .descriptors(new byte[] {2})
                    .message("/a.Send", (c, m) -> {})
                    .message("/a.Mint", FakeHandler.forModules())),
            Map.of());
    assertThat(set.descriptors().routable("/a.Send")).isTrue();
    assertThat(set.descriptors().routable("/a.Mint")).isFalse();
    assertThat(set.descriptors().owner("/a.Mint")).contains("bank");
    assertThat(set.descriptors().owner("/a.Nope")).isEmpty();
    assertThat(set.descriptors().all()).containsExactly(new byte[] {1}, new byte[] {2});
    assertThat(set.descriptors().of("bank")).containsExactly(2);
    assertThat(set.descriptors().of("nope")).isEmpty();
  }

  @Test
  void derivesOnceForAGeneration() {
    ModuleSet set = ModuleSet.of(List.of(FakeModule.auth()), Map.of());
    String first = set.descriptors().derive(String.class, () -> new String("derived"));
    assertThat(set.descriptors().derive(String.class, () -> new String("derived"))).isSameAs(first);
  }

  @Test
  void whatServersAreBuiltFromKeepsNoModule() {
    List<WeakReference<ModuleSet>> gone = new ArrayList<>();
    Descriptors kept = forServers(gone);
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(gone.get(0).get()).isNull();
            });
    assertThat(kept.of("auth")).containsExactly(1);
    assertThat(kept.derive(String.class, () -> "servers'")).isEqualTo("servers'");
  }

  private static Descriptors forServers(List<WeakReference<ModuleSet>> gone) {
    ModuleSet set = ModuleSet.of(List.of(FakeModule.auth().descriptors(new byte[] {1})), Map.of());
    gone.add(new WeakReference<>(set));
    set.descriptors().derive(String.class, () -> "the format's");
    return set.serverDescriptors().with(List.of());
  }

  @Test
  void phasesHaveTheNamesOfTheManifest() {
    assertThat(Phase.of("beginBlock")).contains(Phase.BEGIN_BLOCK);
    assertThat(Phase.of("migrations")).contains(Phase.MIGRATIONS);
    assertThat(Phase.of("BEGIN_BLOCK")).isEmpty();
  }

  private static void refuses(String reason, Module... modules) {
    List<Module> all = new java.util.ArrayList<>(List.of(modules));
    all.add(FakeModule.auth());
    assertThatThrownBy(() -> ModuleSet.of(all, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the modules do not make a generation: ")
        .hasMessageContaining(reason);
  }
}

package io.segue.kernel.testkit;

import static io.segue.kernel.testkit.CounterChain.count;
import static io.segue.kernel.testkit.CounterChain.untilHeld;
import static io.segue.kernel.testkit.CounterChain.upgrade;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.module.Module;
import io.segue.kernel.api.node.Node.PastUpgrade;
import io.segue.kernel.api.node.UpgradeOutcome;
import io.segue.kernel.api.node.UpgradeState;
import io.segue.kernel.api.upgrade.Plan;
import io.segue.kernel.api.upgrade.StoreLoad;
import io.segue.kernel.api.upgrade.UpgradeAborted;
import io.segue.kernel.api.upgrade.UpgradeContext;
import io.segue.kernel.api.upgrade.UpgradeHandler;
import io.segue.kernel.api.upgrade.UpgradeParams;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Upgrades that refuse the state they find: all nodes end the plan alike, or all hold. */
class AbortTest {
  private static final long HEIGHT = 4;
  private static final UpgradeParams ALLOWED = new UpgradeParams(true, true);

  @TempDir Path folder;

  private final CounterChain chain = new CounterChain();

  /** Where an upgrade can refuse the state, with what the event says of it. */
  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(
            "prepare",
            (Maker)
                chain ->
                    chain.v2(
                        () ->
                            new UpgradeHandler() {
                              @Override
                              public List<StoreLoad> prepare(UpgradeContext context) {
                                throw new UpgradeAborted("the total is odd");
                              }
                            }),
            "the total is odd"),
        Arguments.of(
            "handle, after a store was rewritten and another added",
            (Maker) chain -> chain.v2(Refusing::new),
            "the total is odd"),
        Arguments.of(
            "a migration",
            (Maker) chain -> chain.v2(CounterChain.Renaming::new, new BadMigration()),
            "can't migrate"),
        Arguments.of(
            "an invariant",
            (Maker) chain -> chain.v2(CounterChain.Renaming::new, new BadInvariant()),
            "after plan v2 invariant counter/below-ten is broken: the count is 1"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void endsThePlanAlikeOnTwoNodes(String where, Maker maker, String reason) throws Exception {
    byte[] bad = maker.artifact(chain);
    try (TestNode one = chain.node(folder.resolve("one")).start();
        TestNode two = other(bad)) {
      for (TestNode node : List.of(one, two)) {
        node.block(CounterModule.tx(), PlanningModule.params(ALLOWED));
        node.block(PlanningModule.schedule("v2", HEIGHT, ""));
        node.block();
      }
      one.deploy(bad);
      FinalizeBlockResponse first = one.block(CounterModule.tx());
      FinalizeBlockResponse second = two.block(CounterModule.tx());
      assertThat(first.appHash()).isEqualTo(second.appHash());
      assertThat(first.events()).isEqualTo(second.events());
      assertThat(first.events().get(0))
          .isEqualTo(
              Event.of(
                  "upgrade_aborted",
                  "name",
                  "v2",
                  "height",
                  "4",
                  "reason",
                  reason,
                  "mode",
                  "BeginBlock"));
      assertThat(first.consensusParamUpdates()).isEmpty();
      assertThat(one.roots()).isEqualTo(two.roots());
      for (TestNode node : List.of(one, two)) {
        assertThat(count(node)).as("the transaction of the block").isEqualTo("1:2");
        assertThat(node.node().status().generation()).isEqualTo("genesis");
        assertThat(upgrade(node).state()).isEqualTo(UpgradeState.ABORTED);
        assertThat(upgrade(node).progress().now()).isEqualTo(reason);
        assertThat(node.node().generations()).noneMatch(g -> g.name().equals("v2"));
        assertThat(node.node().history())
            .extracting(PastUpgrade::name, PastUpgrade::height, PastUpgrade::outcome)
            .containsExactly(tuple("v2", HEIGHT, UpgradeOutcome.ABORTED));
        node.block(CounterModule.tx());
        assertThat(count(node)).isEqualTo("1:3");
      }
    }
  }

  /** A node with other bundles around, which give its objects other numbers and other salts. */
  private TestNode other(byte[] bad) throws Exception {
    TestNode node = chain.node(folder.resolve("two")).start();
    node.deploy(chain.bundles.generation("v9").module("2.0.0", CounterModule.two()).artifact());
    node.deploy(bad);
    return node;
  }

  @Test
  void nothingOfTheUpgradeIsInTheState() throws Exception {
    try (TestNode upgraded = chain.node(folder.resolve("one")).start();
        TestNode plain = chain.node(folder.resolve("two")).start()) {
      upgraded.deploy(chain.v2(Refusing::new));
      for (TestNode node : List.of(upgraded, plain)) {
        node.block(CounterModule.tx(), PlanningModule.params(ALLOWED));
        node.block();
        node.block();
      }
      upgraded.block();
      upgraded.block(PlanningModule.schedule("v2", 6, ""));
      upgraded.block(CounterModule.tx());
      plain.block();
      plain.block();
      plain.block(CounterModule.tx());
      TreeMap<String, String> roots = new TreeMap<>(upgraded.roots());
      TreeMap<String, String> expected = new TreeMap<>(plain.roots());
      assertThat(roots.remove("upgrade")).isNotEqualTo(expected.remove("upgrade"));
      assertThat(roots).isEqualTo(expected);
    }
  }

  @Test
  void anAbortedNameIsUsedUpAndTheNextPlanIsApplied() throws Exception {
    try (TestNode node = chain.node(folder).start()) {
      node.deploy(chain.v2(Refusing::new));
      node.block(CounterModule.tx(), PlanningModule.params(ALLOWED));
      node.block(PlanningModule.schedule("v2", HEIGHT, ""));
      node.block();
      node.block();
      assertThat(upgrade(node).state()).isEqualTo(UpgradeState.ABORTED);
      FinalizeBlockResponse again = node.block(PlanningModule.schedule("v2", 9, ""));
      assertThat(again.txResults().get(0).log())
          .contains("upgrade with name v2 has already been completed");
      node.deploy(
          chain
              .bundles
              .generation("v3")
              .handler(CounterChain.Renaming::new)
              .module("2.0.0", CounterModule.two())
              .artifact());
      node.block(PlanningModule.schedule("v3", 7, ""));
      node.block(CounterModule.tx());
      assertThat(count(node)).isEqualTo("2:11");
      assertThat(node.node().history())
          .extracting(PastUpgrade::name, PastUpgrade::outcome)
          .containsExactly(
              tuple("v2", UpgradeOutcome.ABORTED), tuple("v3", UpgradeOutcome.APPLIED));
      try (TestNode restarted = node.restart()) {
        assertThat(restarted.node().status().generation()).isEqualTo("v3");
        assertThat(restarted.node().history()).hasSize(2);
      }
    }
  }

  @Test
  void holdsWhereTheChainDoesNotAllowIt() throws Exception {
    byte[] bad = chain.v2(CounterChain.Renaming::new, new BadInvariant());
    try (TestNode node = chain.node(folder).start()) {
      node.deploy(bad);
      node.block(CounterModule.tx(), PlanningModule.params(new UpgradeParams(false, true)));
      node.block(PlanningModule.schedule("v2", HEIGHT, ""));
      node.block();
      var held = node.finalizeBlock(CounterModule.tx());
      untilHeld(node);
      assertThat(upgrade(node).hold().orElseThrow().reason()).isEqualTo("ABORTED");
      assertThat(upgrade(node).hold().orElseThrow().message())
          .contains("invariant counter/below-ten is broken");
      node.deploy(chain.v2);
      node.await(held);
      node.commit();
      assertThat(count(node)).isEqualTo("2:11");
    }
  }

  @Test
  void looksAtNoInvariantWhereTheChainDoesNotAskForIt() throws Exception {
    byte[] bad = chain.v2(CounterChain.Renaming::new, new BadInvariant());
    try (TestNode node = chain.node(folder).start()) {
      node.deploy(bad);
      node.block(CounterModule.tx(), PlanningModule.params(new UpgradeParams(true, false)));
      node.block(PlanningModule.schedule("v2", HEIGHT, ""));
      node.block();
      node.block(CounterModule.tx());
      assertThat(upgrade(node).state()).isEqualTo(UpgradeState.APPLIED);
      assertThat(count(node)).isEqualTo("2:11");
    }
  }

  @Test
  void givesTheSameRootHoweverOftenTheBlockIsExecuted() throws Exception {
    try (TestNode node = chain.node(folder).start()) {
      node.deploy(chain.v2(Refusing::new));
      node.block(CounterModule.tx(), PlanningModule.params(ALLOWED));
      node.block(PlanningModule.schedule("v2", HEIGHT, ""));
      node.block();
      byte[] first = node.await(node.finalizeBlock(CounterModule.tx())).appHash();
      assertThat(node.await(node.finalizeBlock(CounterModule.tx())).appHash()).isEqualTo(first);
      try (TestNode restarted = node.restart()) {
        restarted.deploy(chain.v2(Refusing::new));
        assertThat(restarted.block(CounterModule.tx()).appHash()).isEqualTo(first);
        assertThat(restarted.node().upgrade().orElseThrow().plan())
            .isEqualTo(new Plan("v2", HEIGHT, ""));
      }
    }
  }

  @FunctionalInterface
  private interface Maker {
    byte[] artifact(CounterChain chain);
  }

  /** Rewrites a store, adds one, migrates, and then refuses. */
  private static final class Refusing implements UpgradeHandler {
    private final Supplier<UpgradeHandler> renaming = CounterChain.Renaming::new;

    @Override
    public List<StoreLoad> prepare(UpgradeContext context) {
      return Stream.concat(
              renaming.get().prepare(context).stream(), Stream.of(new StoreLoad.Add("more")))
          .toList();
    }

    @Override
    public void handle(UpgradeContext context) {
      context.runMigrations();
      context.store("counter").set(CounterModule.bytes("junk"), CounterModule.bytes("junk"));
      throw new UpgradeAborted("the total is odd");
    }
  }

  private static final class BadMigration extends Delegating {
    BadMigration() {
      super("counter", CounterModule.two());
    }

    @Override
    public Map<Long, Migration> migrations() {
      return Map.of(
          1L,
          context -> {
            throw new UpgradeAborted("can't migrate");
          });
    }
  }

  private static final class BadInvariant extends Delegating {
    BadInvariant() {
      super("counter", CounterModule.two());
    }

    @Override
    public Map<String, Module.Invariant> invariants() {
      return Map.of(
          "above-zero",
          context -> Optional.empty(),
          "below-ten",
          context -> Optional.of("the count is 1"));
    }
  }
}

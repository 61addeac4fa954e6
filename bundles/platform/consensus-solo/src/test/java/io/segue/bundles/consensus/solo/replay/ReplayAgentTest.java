package io.segue.bundles.consensus.solo.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.segue.bundles.consensus.solo.BlockExport;
import io.segue.bundles.consensus.solo.EngineHome;
import io.segue.bundles.consensus.solo.ExecutedBlocks;
import io.segue.bundles.consensus.solo.ExportedChain;
import io.segue.bundles.consensus.solo.FakeApplication;
import io.segue.bundles.consensus.solo.StoredBlocks;
import io.segue.bundles.consensus.solo.blockfile.BlockFileItem;
import io.segue.bundles.consensus.solo.config.GenesisFile;
import io.segue.kernel.api.abci.Abci.Misbehavior;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayAgentTest {
  private static final int LIMIT = 10_000;

  private final FakeApplication application = new FakeApplication();
  private final FakeSupply supply = new FakeSupply();
  private final EngineHome home;
  private final Path file;
  private final Path report;
  private byte[] lastHash = {};
  private long nowNs;

  ReplayAgentTest(@TempDir Path folder) {
    home = new EngineHome(folder.resolve("home"));
    file = folder.resolve("chain.blocks");
    report = folder.resolve("report.json");
  }

  @BeforeEach
  void export() throws Exception {
    lastHash = ExportedChain.run(home).appHash();
    ExportedChain.export(home, file);
  }

  @Test
  void comesToTheSameRootThroughTheUpgrade() throws Exception {
    ReplayAgent agent = agent();
    until(agent, () -> agent.state() == ReplayState.DONE);

    assertThat(application.height()).isEqualTo(ExportedChain.LAST);
    assertThat(application.appHash()).isEqualTo(lastHash);
    JsonNode told = report();
    assertThat(told.path("state").asText()).isEqualTo("DONE");
    assertThat(told.path("height").asLong()).isEqualTo(ExportedChain.LAST);
    assertThat(told.path("txs").asLong()).isEqualTo(3);
    assertThat(told.path("generations").get(0).path("digest").asText())
        .isEqualTo(ExportedChain.DIGEST);
  }

  @Test
  void tellsTheApplicationOfMisbehaviorAsTheChainDid() throws Exception {
    Misbehavior evidence =
        new Misbehavior(
            Misbehavior.DUPLICATE_VOTE, new byte[] {7, 8}, 9, 2, Instant.ofEpochSecond(5, 6), 30);
    Files.delete(file);
    try (ExecutedBlocks blocks = new StoredBlocks(home.folder())) {
      new BlockExport(home.folder(), proving(blocks, 4, evidence), (height, last) -> {})
          .writeTo(file, 0);
    }
    ReplayAgent agent = agent();
    until(agent, () -> agent.state() == ReplayState.DONE);
    assertThat(application.finalized)
        .filteredOn(block -> !block.misbehavior().isEmpty())
        .singleElement()
        .satisfies(
            block -> {
              assertThat(block.height()).isEqualTo(4);
              assertThat(block.misbehavior())
                  .usingRecursiveFieldByFieldElementComparator()
                  .containsExactly(evidence);
            });
  }

  /** Blocks one of which has evidence. */
  private static ExecutedBlocks proving(ExecutedBlocks blocks, long height, Misbehavior evidence) {
    return new ExecutedBlocks() {
      @Override
      public long oldest() throws IOException {
        return blocks.oldest();
      }

      @Override
      public long last() throws IOException {
        return blocks.last();
      }

      @Override
      public Executed at(long at) throws IOException {
        Executed block = blocks.at(at);
        return new Executed(
            block.block(),
            at == height ? List.of(evidence) : List.of(),
            block.events(),
            block.appHash(),
            block.resultsHash());
      }

      @Override
      public void close() {
        // Closed by who opened it.
      }
    };
  }

  @Test
  void bringsAGenerationBeforeItsFirstBlock() throws Exception {
    supply.answer = GenerationSupply.Answer.WORKING;
    ReplayAgent agent = agent();
    until(agent, () -> !supply.wanted.isEmpty());
    assertThat(supply.wanted.get(0))
        .isEqualTo(new BlockFileItem.Generation("v2", ExportedChain.DIGEST, 3));
    assertThat(application.height()).isEqualTo(ExportedChain.UPGRADED - 1);

    supply.answer = GenerationSupply.Answer.READY;
    until(agent, () -> agent.state() == ReplayState.DONE);
  }

  @Test
  void holdsWhereAGenerationIsMissingAndGoesOnWhenItIsThere() throws Exception {
    supply.answer = GenerationSupply.Answer.missing("generation v2 is missing");
    ReplayAgent agent = agent();
    until(agent, () -> agent.state() == ReplayState.HELD);
    assertThat(report().path("state").asText()).isEqualTo("HELD");
    assertThat(report().path("message").asText()).isEqualTo("generation v2 is missing");
    assertThat(application.height()).isEqualTo(ExportedChain.UPGRADED - 1);

    supply.answer = GenerationSupply.Answer.READY;
    until(agent, () -> agent.state() == ReplayState.DONE);
    assertThat(application.appHash()).isEqualTo(lastHash);
    assertThat(report().path("message").asText()).isEmpty();
  }

  @Test
  void stopsAtTheFirstBlockThatGivesAnotherRoot() throws Exception {
    ReplayAgent agent = agent();
    until(agent, () -> application.height() == 3);
    application.changeRules();
    until(agent, () -> agent.state() == ReplayState.FAILED);

    JsonNode told = report();
    assertThat(told.path("message").asText()).contains("block 4 (1 transactions) gives app hash");
    assertThat(told.path("height").asLong()).isEqualTo(3);
    assertThat(told.path("roots").path("bank").asText()).isEqualTo("root of height 4");
    assertThat(application.height()).isEqualTo(4);
  }

  @Test
  void tellsWhyTheNodeHoldsABlock() throws Exception {
    ReplayAgent agent = agent();
    until(agent, () -> agent.state() == ReplayState.NEXT);
    application.hold = new CompletableFuture<>();
    supply.held = Optional.of("the handler threw");
    until(agent, () -> report().path("message").asText().equals("the handler threw"));
    assertThat(report().path("state").asText()).isEqualTo("FINALIZE");

    application.hold.complete(null);
    until(agent, () -> agent.state() == ReplayState.DONE);
  }

  @Test
  void refusesAnApplicationThatHasBlocksAlready() throws Exception {
    ReplayAgent first = agent();
    until(first, () -> first.state() == ReplayState.DONE);
    ReplayAgent again = agent();
    until(again, () -> again.state() == ReplayState.FAILED);
    assertThat(report().path("message").asText()).contains("height 5 already", "an empty --home");
  }

  @Test
  void stopsBetweenTwoBlocksWhenItIsTold() throws Exception {
    ReplayAgent agent = agent();
    until(agent, () -> application.height() == 2);
    agent.stop();
    until(agent, agent::isDone);
    assertThat(application.height()).isLessThan(ExportedChain.LAST);
    assertThat(report().path("state").asText()).isEqualTo("CLOSED");
  }

  private ReplayAgent agent() {
    return new ReplayAgent(
        application,
        GenesisFile.read(home.folder().resolve("config/genesis.json")),
        file,
        supply,
        new ReplayReport(report),
        () -> {});
  }

  /** Steps the agent; the application upgrades at its height as the kernel does. */
  private void until(ReplayAgent agent, BooleanSupplier reached) {
    for (int i = 0; !reached.getAsBoolean(); i++) {
      assertThat(i).as("steps; state " + agent.state()).isLessThan(LIMIT);
      if (application.height() == ExportedChain.UPGRADED - 1) {
        ExportedChain.upgradeNext(application);
      } else {
        ExportedChain.goOn(application);
      }
      nowNs += ReplayAgent.LOOK_NS / 5;
      agent.doWork(nowNs);
    }
  }

  private JsonNode report() {
    try {
      return report.toFile().exists()
          ? new ObjectMapper().readTree(report.toFile())
          : new ObjectMapper().createObjectNode();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static final class FakeSupply implements GenerationSupply {
    private final List<BlockFileItem.Generation> wanted = new ArrayList<>();
    private Answer answer = Answer.READY;
    private Optional<String> held = Optional.empty();

    @Override
    public Answer bring(BlockFileItem.Generation generation) {
      wanted.add(generation);
      return answer;
    }

    @Override
    public Optional<String> heldFor() {
      return held;
    }

    @Override
    public SortedMap<String, String> roots(long height) {
      return new TreeMap<>(Map.of("bank", "root of height " + height));
    }
  }
}

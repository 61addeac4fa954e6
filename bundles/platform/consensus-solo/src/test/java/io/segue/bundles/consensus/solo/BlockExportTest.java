package io.segue.bundles.consensus.solo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.bundles.consensus.solo.blockfile.BlockFileException;
import io.segue.bundles.consensus.solo.blockfile.BlockFileItem;
import io.segue.bundles.consensus.solo.blockfile.BlockFileItem.Executed;
import io.segue.bundles.consensus.solo.blockfile.BlockFileReader;
import io.segue.kernel.api.abci.Abci.Event;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockExportTest {
  private final EngineHome home;
  private final Path file;

  BlockExportTest(@TempDir Path folder) {
    home = new EngineHome(folder.resolve("home"));
    file = folder.resolve("chain.blocks");
  }

  @Test
  void holdsGenesisBlocksRootsAndGenerations() throws Exception {
    FakeApplication application = ExportedChain.run(home);
    BlockExport.Summary summary = ExportedChain.export(home, file);

    assertThat(summary.chain().lastHeight()).isEqualTo(ExportedChain.LAST);
    assertThat(summary.txs()).isEqualTo(3);
    assertThat(summary.generations())
        .containsExactly(
            new BlockFileItem.Generation("v2", ExportedChain.DIGEST, ExportedChain.UPGRADED));
    try (BlockFileReader reader = new BlockFileReader(file)) {
      assertThat(reader.chain().chainId()).isEqualTo(EngineHome.CHAIN_ID);
      ByteArrayOutputStream genesis = new ByteArrayOutputStream();
      reader.genesisTo(genesis);
      assertThat(genesis.toByteArray())
          .isEqualTo(Files.readAllBytes(home.folder().resolve("config/genesis.json")));
      List<BlockFileItem> items = all(reader);
      assertThat(items).hasSize(6);
      assertThat(items.get(2)).isInstanceOf(BlockFileItem.Generation.class);
      Executed last = (Executed) items.get(5);
      assertThat(last.block().header().height()).isEqualTo(ExportedChain.LAST);
      assertThat(last.appHash()).isEqualTo(application.appHash());
    }
  }

  @Test
  void holdsThePlansThatWereSkippedBeforeTheirBlocks() throws Exception {
    FakeApplication application = new FakeApplication();
    try (SoloEngine engine = home.engine(application)) {
      AgentSteps.runTo(engine, 1);
      application.nextEvents = List.of(Event.of("upgrade_skipped", "name", "v2", "height", "2"));
      AgentSteps.runTo(engine, 2);
      application.nextEvents = List.of();
      AgentSteps.runTo(engine, 3);
    }
    BlockFileItem.Skipped skipped = new BlockFileItem.Skipped("v2", 2);
    assertThat(ExportedChain.export(home, file).skipped()).containsExactly(skipped);
    assertThat(BlockFileReader.skippedHeights(file)).containsExactly(2L);
    try (BlockFileReader reader = new BlockFileReader(file)) {
      reader.genesisTo(new ByteArrayOutputStream());
      assertThat(all(reader)).hasSize(4).element(1).isEqualTo(skipped);
    }
  }

  @Test
  void readsBesideARunningNodeAndStopsWhereItIsTold() throws Exception {
    FakeApplication application = new FakeApplication();
    try (SoloEngine engine = home.engine(application)) {
      AgentSteps.runTo(engine, 4);
      ExportedChain.export(home.folder(), file, 2);
      AgentSteps.runTo(engine, 6);
    }
    try (BlockFileReader reader = new BlockFileReader(file)) {
      reader.genesisTo(new ByteArrayOutputStream());
      assertThat(all(reader)).hasSize(2);
    }
  }

  @Test
  void refusesWhatIsNotThereAndLeavesNothingBehind() throws Exception {
    assertThatThrownBy(() -> ExportedChain.export(home, file))
        .hasMessageContaining("has no blocks; start the node first");
    ExportedChain.run(home);
    assertThatThrownBy(() -> ExportedChain.export(home.folder(), file, 9))
        .hasMessageContaining("block 9 is not there; the last executed one is 5");
    assertThat(file).doesNotExist();
    assertThat(file.resolveSibling("chain.blocks.part")).doesNotExist();
    Files.createFile(file);
    assertThatThrownBy(() -> ExportedChain.export(home, file))
        .hasMessageContaining("exists already");
  }

  @Test
  void everyDamageIsFound() throws Exception {
    ExportedChain.run(home);
    ExportedChain.export(home, file);
    byte[] whole = Files.readAllBytes(file);
    for (int at = 0; at < whole.length; at += 7) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x10;
      Files.write(file, damaged);
      assertThatThrownBy(this::readAll)
          .as("byte " + at)
          .isInstanceOf(BlockFileException.class)
          .hasMessageContaining("segue blocks export");
    }
    for (int length = 0; length < whole.length; length += 11) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(this::readAll)
          .as("length " + length)
          .isInstanceOf(BlockFileException.class);
    }
  }

  private void readAll() throws IOException {
    try (BlockFileReader reader = new BlockFileReader(file)) {
      reader.genesisTo(new ByteArrayOutputStream());
      all(reader);
    }
  }

  private static List<BlockFileItem> all(BlockFileReader reader) throws IOException {
    List<BlockFileItem> items = new ArrayList<>();
    for (Optional<BlockFileItem> item = reader.next(); item.isPresent(); item = reader.next()) {
      items.add(item.get());
    }
    return items;
  }
}

package io.segue.bundles.offline.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.home.Home;
import io.segue.bundles.consensus.solo.blockfile.BlockFileChain;
import io.segue.bundles.consensus.solo.blockfile.BlockFileItem;
import io.segue.bundles.consensus.solo.blockfile.BlockFileWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ReplayCommandTest {
  private static final String NOT_BOUND = "{\"chain_id\":\"c-1\",\"app_state\":{}}";

  @TempDir Path folder;
  private final StringWriter err = new StringWriter();
  private Path home;
  private Path blocks;
  private Path bundles;

  @BeforeEach
  void makeDistribution() throws IOException {
    Path etc = Files.createDirectories(folder.resolve("dist/etc"));
    Files.createDirectories(folder.resolve("dist/genesis"));
    for (String name : new String[] {"consensus.solo", "rpc", "sidecar.fetch", "store", "kernel"}) {
      Files.writeString(etc.resolve("io.segue." + name + ".cfg"), "key = value\n");
    }
    System.setProperty("segue.dist", folder.resolve("dist").toString());
    home = folder.resolve("home");
    blocks = folder.resolve("c.blocks");
    bundles = Files.createDirectory(folder.resolve("bundles"));
  }

  @AfterEach
  void forgetDistribution() {
    System.clearProperty("segue.dist");
  }

  @Test
  void theHomeHasTheGenesisOfTheFileAndNothingThatMakesServesOrFetches() throws IOException {
    writeBlocks(NOT_BOUND);
    BlockFileChain chain = home().make();

    assertThat(chain).isEqualTo(new BlockFileChain("c-1", 1, 7));
    assertThat(home.resolve("config/genesis.json")).hasContent(NOT_BOUND);
    assertThat(home.resolve("etc").toFile().list())
        .containsExactlyInAnyOrder(
            "io.segue.store.cfg", "io.segue.kernel.cfg", "io.segue.consensus.replay.cfg");
    assertThat(home.resolve("etc/io.segue.consensus.replay.cfg"))
        .content()
        .contains("blocks = " + blocks, "bundles = " + bundles);
    assertThat(home.resolve("config").toFile().list()).containsExactly("genesis.json");
  }

  @Test
  void theHomeSkipsThePlansThatTheChainSkipped() throws IOException {
    Files.writeString(
        folder.resolve("dist/etc/io.segue.kernel.cfg"),
        "before = 1\nskip-heights = 9\nafter = 2\n");
    try (BlockFileWriter writer = new BlockFileWriter(blocks, new BlockFileChain("c-1", 1, 7))) {
      writer.genesis(new ByteArrayInputStream(NOT_BOUND.getBytes(StandardCharsets.UTF_8)));
      writer.skipped(new BlockFileItem.Skipped("v2", 3));
      writer.skipped(new BlockFileItem.Skipped("v3", 5));
      writer.finish();
    }
    home().make();
    assertThat(home.resolve("etc/io.segue.kernel.cfg"))
        .content()
        .contains("before = 1", "after = 2", "skip-heights = 3,5")
        .doesNotContain("skip-heights = 9");
  }

  @Test
  void aHomeThatIsNotEmptyIsRefused() throws IOException {
    writeBlocks(NOT_BOUND);
    home().make();
    assertThatThrownBy(() -> home().make())
        .isInstanceOf(CliException.class)
        .hasMessageContaining("is not empty");
  }

  @Test
  void aChainThatBeganWithOtherBundlesNamesThemAndExitsWithItsOwnStatus() throws IOException {
    String digest = "ab".repeat(32);
    writeBlocks("{\"app_state\":{\"upgrade\":{\"generation\":\"" + digest + "\"}}}");

    assertThat(run("--blocks", blocks.toString(), "--bundles", bundles.toString())).isEqualTo(3);
    assertThat(err.toString())
        .contains("generation genesis " + digest)
        .contains("put an archive of the bundles that the chain began with into " + bundles);
  }

  @Test
  void aChainThatBeganWithALaterGenerationTakesItFromAContentStore() throws IOException {
    String early = "ab".repeat(32);
    String late = "cd".repeat(32);
    writeBlocks(
        "{\"app_state\":{\"bank\":{},\"upgrade\":{\"done\":["
            + "{\"name\":\"v3\",\"height\":\"90\",\"generation\":\"%s\"},".formatted(late)
            + "{\"name\":\"v2\",\"height\":\"9\",\"generation\":\"%s\"}]}}}".formatted(early));
    String[] words = {"--blocks", blocks.toString(), "--bundles", bundles.toString()};

    assertThat(run(words)).isEqualTo(3);
    assertThat(err.toString())
        .contains("generation " + late)
        .contains("name the folder data/artifacts of a node of the chain as --bundles");

    Files.writeString(bundles.resolve(late + ".manifest"), "x 1.0.0 " + early);
    home().make();
    assertThat(home.resolve("data/artifacts").resolve(late + ".manifest")).exists();
  }

  @Test
  void whatIsNotThereIsRefused() throws IOException {
    assertThatThrownBy(() -> command("none", bundles.toString()).call())
        .hasMessageContaining("none is no file; make one with segue blocks export");
    writeBlocks(NOT_BOUND);
    assertThatThrownBy(() -> command(blocks.toString(), "none").call())
        .hasMessageContaining("none is no folder");
    Files.writeString(blocks, "nonsense");
    assertThatThrownBy(() -> home().make()).hasMessageContaining("is no block file");
  }

  private ReplayHome home() {
    return new ReplayHome(Home.at(home), blocks, bundles);
  }

  private static ReplayCommand command(String blocks, String bundles) {
    ReplayCommand command = new ReplayCommand();
    new CommandLine(command).parseArgs("--blocks", blocks, "--bundles", bundles);
    return command;
  }

  private int run(String... arguments) {
    CommandLine commandLine = new CommandLine(new ReplayCommand());
    commandLine.setErr(new PrintWriter(err, true));
    return commandLine.execute(arguments);
  }

  private void writeBlocks(String genesis) throws IOException {
    try (BlockFileWriter writer = new BlockFileWriter(blocks, new BlockFileChain("c-1", 1, 7))) {
      writer.genesis(new ByteArrayInputStream(genesis.getBytes(StandardCharsets.UTF_8)));
      writer.finish();
    }
  }
}

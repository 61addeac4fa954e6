package io.segue.bundles.offline.blocks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.console.OfflineCommand;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.cli.console.OwnerFiles;
import io.segue.bundles.cli.console.ProgressLine;
import io.segue.bundles.cli.home.Home;
import io.segue.bundles.cli.home.NodeOption;
import io.segue.bundles.consensus.solo.BlockExport;
import io.segue.bundles.consensus.solo.ExecutedBlocks;
import io.segue.bundles.consensus.solo.StoredBlocks;
import io.segue.bundles.consensus.solo.blockfile.BlockFileItem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code segue blocks}: the blocks of a node. */
@Command(
    name = "blocks",
    description = "Writes the blocks of a node into a file.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = BlocksCommand.Export.class)
public final class BlocksCommand implements OfflineCommand, Runnable {
  @Spec CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "Missing command");
  }

  /** {@code segue blocks export}. */
  @Command(
      name = "export",
      description = {
        "Writes genesis and blocks, the root after each, and which generation ran from which height.",
        "Reads the files in data/blocks as they are, so the node may run meanwhile; under CometBFT,"
            + " which has to run then, it asks for the blocks up to the one before the last."
            + " segue replay executes them on an empty node."
      },
      mixinStandardHelpOptions = true)
  static final class Export implements Runnable {
    @Spec CommandSpec spec;
    @Mixin Home home;
    @Mixin Output output;

    @Parameters(paramLabel = "FILE", description = "The file to write; it must not exist.")
    Path file;

    @Option(
        names = "--to-height",
        paramLabel = "HEIGHT",
        description = "Last block to write. Default: the last one that was executed.")
    long toHeight;

    @Override
    public void run() {
      ProgressLine line = new ProgressLine(spec.commandLine().getErr(), "exported");
      try (ExecutedBlocks blocks = blocks()) {
        BlockExport export =
            new BlockExport(home.folder(), blocks, (height, last) -> line.at(height, last, 0));
        output.print(
            spec.commandLine().getOut(), result(export.writeTo(file.toAbsolutePath(), toHeight)));
      } catch (IOException e) {
        throw new CliException("nothing is exported: " + e.getMessage(), e);
      } catch (IllegalArgumentException | IllegalStateException e) {
        throw new CliException("nothing is exported: " + e.getMessage(), e);
      }
    }

    private ExecutedBlocks blocks() throws IOException {
      return OwnerFiles.isThere(home.etc().resolve("io.segue.consensus.comet.cfg"))
          ? new CometBlocks(URI.create(NodeOption.of(home.folder().toString())))
          : new StoredBlocks(home.folder());
    }

    private ObjectNode result(BlockExport.Summary summary) {
      ObjectNode result = Output.object();
      result.put("file", file.toString());
      result.put("chainId", summary.chain().chainId());
      result.put("firstHeight", summary.chain().initialHeight());
      result.put("lastHeight", summary.chain().lastHeight());
      result.put("txs", summary.txs());
      result.put("bytes", summary.sizeBytes());
      result.put("sha256", summary.sha256());
      ArrayNode generations = result.putArray("generations");
      for (BlockFileItem.Generation generation : summary.generations()) {
        generations
            .addObject()
            .put("name", generation.name())
            .put("digest", generation.digest())
            .put("firstHeight", generation.height());
      }
      ArrayNode skipped = result.putArray("skipped");
      for (BlockFileItem.Skipped plan : summary.skipped()) {
        skipped.addObject().put("name", plan.name()).put("height", plan.height());
      }
      return result;
    }
  }
}

package io.segue.bundles.offline.replay;

import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.console.OfflineCommand;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.cli.home.Home;
import io.segue.bundles.nodes.NodeProcess;
import io.segue.bundles.nodes.TemporaryHome;
import io.segue.bundles.nodes.Waiting;
import io.segue.bundles.offline.replay.ReplayWatch.End;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code segue replay}. */
@Command(
    name = "replay",
    description = {
      "Executes the blocks of a file on an empty node, from genesis through every upgrade, in one"
          + " process, and compares the root after each block with the one in the file.",
      "The bundles of each upgrade are taken from a folder, by their digest, when the plan asks for"
          + " them; the content store of a node (data/artifacts) serves too."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      " 0:every block gave what the file says",
      " 1:a block gave something else, or the replay failed",
      " 2:wrong usage",
      " 3:a block is held, as for a generation that is missing"
    })
public final class ReplayCommand implements OfflineCommand, Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Output output;

  @Option(
      names = "--blocks",
      required = true,
      paramLabel = "FILE",
      description = "The blocks, as segue blocks export writes them.")
  private Path blocks;

  @Option(
      names = "--bundles",
      required = true,
      paramLabel = "FOLDER",
      description = "The artifacts of the upgrades, under any names.")
  private Path bundles;

  @Option(
      names = "--home",
      paramLabel = "FOLDER",
      description =
          "An empty folder for the node, which is kept. Default: a temporary one that is removed.")
  private @Nullable Path folder;

  @Option(
      names = "--wait",
      description = "Waits for what is missing, and goes on when it is put into the folder.")
  private boolean wait;

  @Override
  public Integer call() throws IOException {
    if (!Files.isRegularFile(blocks)) {
      throw new CliException(blocks + " is no file; make one with segue blocks export");
    }
    if (!Files.isDirectory(bundles)) {
      throw new CliException(bundles + " is no folder; name the one with the upgrades' artifacts");
    }
    Home home = folder == null ? Home.at(TemporaryHome.make("segue-replay-")) : Home.at(folder);
    Thread atEnd = new Thread(() -> removeUnlessKept(home), "replay cleanup");
    Runtime.getRuntime().addShutdownHook(atEnd);
    ReplayHome replayed = new ReplayHome(home, blocks, bundles);
    try {
      replayed.make();
    } catch (MissingGenerationException e) {
      err().println("segue: " + e.getMessage());
      return End.MISSING.exitStatus();
    }
    ReplayWatch watch = new ReplayWatch(replayed.report(), wait, err());
    End end;
    try (NodeProcess node = NodeProcess.start(home.folder(), List.of())) {
      end = await(node, watch);
    }
    if (end != End.EQUAL) {
      err().println("segue: " + watch.message());
    }
    output.print(spec.commandLine().getOut(), watch.result(end));
    return end.exitStatus();
  }

  private static End await(NodeProcess node, ReplayWatch watch) throws IOException {
    while (true) {
      Optional<End> end = watch.look();
      if (end.isPresent()) {
        return end.get();
      }
      node.requireAlive();
      Waiting.pause(Waiting.STEP);
    }
  }

  private void removeUnlessKept(Home home) {
    if (folder == null) {
      TemporaryHome.remove(home.folder());
    }
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}

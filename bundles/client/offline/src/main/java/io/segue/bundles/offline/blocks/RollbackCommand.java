package io.segue.bundles.offline.blocks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.console.OfflineCommand;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.cli.console.OwnerFiles;
import io.segue.bundles.cli.home.Home;
import io.segue.bundles.consensus.solo.BlockRollback;
import io.segue.bundles.store.rocksdb.RocksStateStore;
import io.segue.bundles.store.rocksdb.database.StoreOptions;
import io.segue.kernel.api.node.FailureText;
import io.segue.kernel.api.store.StateStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HexFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code segue rollback}: takes a stopped node back by one height. */
@Command(
    name = "rollback",
    description = {
      "Takes a stopped node back by one height: state and code are those of the height before.",
      "At its next start the node executes the block again. Where that block applied an upgrade,"
          + " the old code is the current one again and the plan is pending."
    },
    mixinStandardHelpOptions = true)
public final class RollbackCommand implements OfflineCommand, Runnable {
  @Spec CommandSpec spec;
  @Mixin Home home;
  @Mixin Output output;

  @Option(
      names = "--hard",
      description = "Removes the block too, so that the node makes another one.")
  boolean hard;

  @Override
  public void run() {
    Path state = home.folder().resolve("data").resolve("state");
    if (!OwnerFiles.isThere(state)) {
      throw new CliException(home.folder() + " holds no state; name the node's folder with --home");
    }
    try (StateStore store = RocksStateStore.open(state, StoreOptions.defaults())) {
      output.print(spec.commandLine().getOut(), back(store));
    } catch (IOException e) {
      throw new CliException(
          "the blocks can't be taken back: " + e.getMessage() + "; repeat the command", e);
    } catch (UncheckedIOException e) {
      throw new CliException("nothing is rolled back: " + FailureText.of(e), e);
    }
  }

  /** The state comes last: until it is back the command can be repeated, whatever cut it off. */
  private ObjectNode back(StateStore store) throws IOException {
    long height = store.height();
    if (height < 1 || store.oldestHeight() >= height) {
      throw new CliException(
          "height "
              + height
              + " can't be rolled back: the height before is not kept; keep more heights in"
              + " etc/io.segue.store.cfg, or take a checkpoint of another node");
    }
    new BlockRollback(home.folder()).to(height - 1, hard);
    store.rollback();
    ObjectNode result = Output.object();
    result.put("height", store.height());
    result.put("appHash", HexFormat.of().withUpperCase().formatHex(store.appHash(height - 1)));
    result.put("blockRemoved", hard);
    return result;
  }
}

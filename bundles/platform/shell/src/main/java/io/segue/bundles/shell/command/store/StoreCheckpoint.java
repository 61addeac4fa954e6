package io.segue.bundles.shell.command.store;

import io.segue.bundles.shell.command.Answer;
import io.segue.bundles.shell.command.Arguments;
import io.segue.bundles.shell.command.CommandException;
import io.segue.bundles.shell.command.FileNames;
import io.segue.bundles.shell.command.NodeAccess;
import io.segue.bundles.shell.command.ShellCommand;
import io.segue.bundles.shell.command.Usage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code store:checkpoint}. */
@Component(
    service = ShellCommand.class,
    property = {"osgi.command.scope=store", "osgi.command.function=checkpoint"})
public final class StoreCheckpoint extends ShellCommand {
  private final NodeAccess access;

  @Activate
  public StoreCheckpoint(@Reference NodeAccess access) {
    super(
        Usage.of("store:checkpoint", "Copies the last committed state into a new folder.")
            .details(
                """
                The chain goes on meanwhile. On the same file system the copy is made of hard links
                and costs next to nothing. The state is in it, and the bundles that ran; blocks and
                settings are not. Together with config/, etc/, genesis/ where it is there, and
                data/blocks/log, copied after the checkpoint, it is a backup of the running node:
                in another home it takes the place of data/state, and the node executes the blocks
                after it again. Never run two nodes with one validator's key.
                """)
            .operand("<new folder>", FileNames.folders()));
    this.access = access;
  }

  @Override
  public Answer run(CommandSession session, Arguments arguments) throws CommandException {
    String asked = arguments.operand(0);
    Path folder = Arguments.path(session, asked);
    try {
      access.node().checkpoint(folder);
    } catch (IOException e) {
      throw new CommandException("no checkpoint is made in " + asked + ": " + e.getMessage());
    }
    return new Answer(
        Map.of("folder", folder),
        "The last committed state is in "
            + folder
            + " now, with its bundles. A start from it needs the blocks of its height too: see store:checkpoint --help.\n");
  }
}

package io.segue.bundles.shell.command;

import io.segue.bundles.shell.CommandException;
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
                and costs next to nothing. It can take the place of data/state in a home that has
                the blocks of its height; the bundles that it needs are in it.
                """)
            .operand("<new folder>", FileNames.folders()));
    this.access = access;
  }

  @Override
  Answer run(CommandSession session, Arguments arguments) throws CommandException {
    String asked = arguments.operand(0);
    Path folder = Arguments.path(session, asked);
    try {
      access.node().checkpoint(folder);
    } catch (IOException e) {
      throw new CommandException("no checkpoint is made in " + asked + ": " + e.getMessage());
    }
    return new Answer(
        Map.of("folder", folder), "The last committed state is in " + folder + " now.\n");
  }
}

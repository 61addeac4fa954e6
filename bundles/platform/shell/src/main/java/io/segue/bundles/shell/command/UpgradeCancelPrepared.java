package io.segue.bundles.shell.command;

import io.segue.bundles.shell.CommandException;
import io.segue.kernel.api.node.Node.DeployException;
import java.util.Map;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code upgrade:cancel-prepared}. */
@Component(
    service = ShellCommand.class,
    property = {"osgi.command.scope=upgrade", "osgi.command.function=cancel-prepared"})
public final class UpgradeCancelPrepared extends ShellCommand {
  private final NodeAccess access;

  @Activate
  public UpgradeCancelPrepared(@Reference NodeAccess access) {
    super(
        Usage.of(
                "upgrade:cancel-prepared",
                "Drops the bundles that were prepared or deployed for a plan, on this node.")
            .details(
                """
                The plan itself stays: only governance cancels that. A pending plan is then not
                ready; upgrade:prepare prepares it again, and so does its height.
                """)
            .operand("<plan>", NodeSuggestions::prepared));
    this.access = access;
  }

  @Override
  Answer run(CommandSession session, Arguments arguments) throws CommandException {
    String plan = arguments.operand(0);
    try {
      access.node().cancelPrepared(plan);
    } catch (DeployException e) {
      throw new CommandException(String.valueOf(e.getMessage()));
    }
    return new Answer(
        Map.of("cancelled", plan), "What was prepared for plan " + plan + " is dropped.\n");
  }
}

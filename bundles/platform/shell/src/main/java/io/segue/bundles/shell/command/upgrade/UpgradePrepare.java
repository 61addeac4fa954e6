package io.segue.bundles.shell.command.upgrade;

import io.segue.bundles.shell.command.Answer;
import io.segue.bundles.shell.command.Arguments;
import io.segue.bundles.shell.command.CommandException;
import io.segue.bundles.shell.command.FileNames;
import io.segue.bundles.shell.command.NodeAccess;
import io.segue.bundles.shell.command.ShellCommand;
import io.segue.bundles.shell.command.Usage;
import io.segue.kernel.api.node.Node.DeployOptions;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code upgrade:prepare}: a deployment where a file is given, else another try. */
@Component(
    service = ShellCommand.class,
    property = {"osgi.command.scope=upgrade", "osgi.command.function=prepare"})
public final class UpgradePrepare extends ShellCommand {
  private final NodeAccess access;

  @Activate
  public UpgradePrepare(@Reference NodeAccess access) {
    super(
        Usage.of("upgrade:prepare", "Prepares the pending plan now, by its sidecar or from a file.")
            .details(
                """
                A node prepares a plan by itself once it is scheduled. Without a file this runs the
                sidecar again at once, where the last try failed or nobody tried yet. With one it
                does as upgrade:deploy.
                """)
            .operand("[file or url]", FileNames.artifacts()));
    this.access = access;
  }

  @Override
  public Answer run(CommandSession session, Arguments arguments) throws CommandException {
    return arguments.optionalOperand(0).isPresent()
        ? new Deployment(access).deploy(session, arguments.operand(0), DeployOptions.NONE)
        : UpgradeRetry.retry(access.node());
  }
}

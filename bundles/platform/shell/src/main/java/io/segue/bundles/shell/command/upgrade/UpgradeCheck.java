package io.segue.bundles.shell.command.upgrade;

import io.segue.bundles.shell.command.Answer;
import io.segue.bundles.shell.command.Arguments;
import io.segue.bundles.shell.command.CommandException;
import io.segue.bundles.shell.command.FileNames;
import io.segue.bundles.shell.command.NodeAccess;
import io.segue.bundles.shell.command.ShellCommand;
import io.segue.bundles.shell.command.Usage;
import io.segue.kernel.api.node.Node;
import io.segue.kernel.api.node.Node.DeployException;
import java.nio.file.Path;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code upgrade:check}. */
@Component(
    service = ShellCommand.class,
    property = {"osgi.command.scope=upgrade", "osgi.command.function=check"})
public final class UpgradeCheck extends ShellCommand {
  private final NodeAccess access;

  @Activate
  public UpgradeCheck(@Reference NodeAccess access) {
    super(
        Usage.of(
                "upgrade:check",
                "Shows what a deployment would find in an artifact, a bundle or an archive of"
                    + " bundles.")
            .details(
                """
                Every bundle is checked as admission does it: its manifest, and the bytes of its
                classes for what would make nodes differ. Where nothing is refused its modules and
                its handler are made for a moment, as a deployment does. Nothing is kept.
                REFUSE: the node would refuse it. NOTE: the bytes do not show it; its builder should
                check.
                """)
            .operand("<file or url>", FileNames.artifacts()));
    this.access = access;
  }

  @Override
  public Answer run(CommandSession session, Arguments arguments) throws CommandException {
    Node node = access.node();
    String from = arguments.operand(0);
    Path artifact =
        from.contains("://")
            ? new RemoteArtifact(access, node).download(from)
            : Arguments.path(session, from);
    try {
      return CheckAnswer.of(node.check(artifact));
    } catch (DeployException e) {
      throw new CommandException(from + " is not checked: " + e.getMessage());
    }
  }
}

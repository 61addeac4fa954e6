package io.segue.bundles.shell.command.upgrade;

import io.segue.bundles.shell.command.Answer;
import io.segue.bundles.shell.command.Arguments;
import io.segue.bundles.shell.command.CommandException;
import io.segue.bundles.shell.command.FileNames;
import io.segue.bundles.shell.command.NodeAccess;
import io.segue.bundles.shell.command.ShellCommand;
import io.segue.bundles.shell.command.Suggestion;
import io.segue.bundles.shell.command.Usage;
import io.segue.kernel.api.node.Node.DeployOptions;
import io.segue.kernel.api.upgrade.Plan;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code upgrade:deploy}. */
@Component(
    service = ShellCommand.class,
    property = {"osgi.command.scope=upgrade", "osgi.command.function=deploy"})
public final class UpgradeDeploy extends ShellCommand {
  private static final String INSTEAD_OF = "--instead-of";

  private final NodeAccess access;

  @Activate
  public UpgradeDeploy(@Reference NodeAccess access) {
    super(
        Usage.of(
                "upgrade:deploy",
                "Deploys an upgrade's artifact, a bundle or an archive of bundles, into the running node.")
            .details(
                """
                It is copied, admitted, installed and resolved beside the running code, and runs
                from its plan's height on. A node that holds for it goes on at once. A URL is https,
                or http on this machine, and carries ?checksum=sha256:<digest> unless the pending
                plan names one.
                """)
            .operand("<file or url>", FileNames.artifacts())
            .option(
                INSTEAD_OF,
                "<digest>",
                "runs it in place of the bytes that the plan names by this digest: a repair that"
                    + " all operators decide alike",
                UpgradeDeploy::inPlan));
    this.access = access;
  }

  @Override
  public Answer run(CommandSession session, Arguments arguments) throws CommandException {
    return new Deployment(access)
        .deploy(session, arguments.operand(0), new DeployOptions(arguments.option(INSTEAD_OF)));
  }

  /** The digest in the pending plan. */
  private static List<Suggestion> inPlan(NodeAccess access, Path directory, String typed)
      throws CommandException {
    Optional<Plan> plan = UpgradePlan.pending(access.node());
    return plan.flatMap(pending -> RemoteArtifact.checksum(pending.info())).stream()
        .map(digest -> new Suggestion(digest, "of plan " + plan.orElseThrow().name()))
        .toList();
  }
}

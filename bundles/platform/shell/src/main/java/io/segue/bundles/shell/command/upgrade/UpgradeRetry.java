package io.segue.bundles.shell.command.upgrade;

import io.segue.bundles.shell.command.Answer;
import io.segue.bundles.shell.command.Arguments;
import io.segue.bundles.shell.command.CommandException;
import io.segue.bundles.shell.command.NodeAccess;
import io.segue.bundles.shell.command.ShellCommand;
import io.segue.bundles.shell.command.Usage;
import io.segue.kernel.api.node.Node;
import io.segue.kernel.api.node.Node.DeployException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code upgrade:retry}. */
@Component(
    service = ShellCommand.class,
    property = {"osgi.command.scope=upgrade", "osgi.command.function=retry"})
public final class UpgradeRetry extends ShellCommand {
  private final NodeAccess access;

  @Activate
  public UpgradeRetry(@Reference NodeAccess access) {
    super(
        Usage.of("upgrade:retry", "Tries again, now, what the node waits for.")
            .details(
                """
                That is the preparation of the pending plan, its sidecar included, or the block that
                is held. The node tries both by itself too, with growing pauses.
                """));
    this.access = access;
  }

  @Override
  public Answer run(CommandSession session, Arguments arguments) throws CommandException {
    return retry(access.node());
  }

  /** Tries again, and says of which plan. */
  static Answer retry(Node node) throws CommandException {
    try {
      node.retry();
    } catch (DeployException e) {
      throw new CommandException(String.valueOf(e.getMessage()));
    }
    String plan = UpgradePlan.pending(node).map(pending -> pending.name()).orElse("");
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("retried", true);
    json.put("plan", plan);
    return new Answer(
        json,
        (plan.isEmpty() ? "Tried again" : "Plan " + plan + " is tried again")
            + "; upgrade:status shows the result.\n");
  }
}

package io.segue.bundles.shell.command.upgrade;

import io.segue.bundles.shell.command.Answer;
import io.segue.bundles.shell.command.Arguments;
import io.segue.bundles.shell.command.CommandException;
import io.segue.bundles.shell.command.NodeAccess;
import io.segue.bundles.shell.command.ShellCommand;
import io.segue.bundles.shell.command.Suggestion;
import io.segue.bundles.shell.command.Usage;
import io.segue.kernel.api.node.GenerationState;
import io.segue.kernel.api.node.Node.DeployException;
import io.segue.kernel.api.node.Node.GenerationStatus;
import io.segue.kernel.api.upgrade.Plan;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
            .operand("<plan>", UpgradeCancelPrepared::prepared));
    this.access = access;
  }

  @Override
  public Answer run(CommandSession session, Arguments arguments) throws CommandException {
    String plan = arguments.operand(0);
    try {
      access.node().cancelPrepared(plan);
    } catch (DeployException e) {
      throw new CommandException(String.valueOf(e.getMessage()));
    }
    return new Answer(
        Map.of("cancelled", plan), "What was prepared for plan " + plan + " is dropped.\n");
  }

  /** Plans for which something may be prepared: the pending one, and those that are ready. */
  private static List<Suggestion> prepared(NodeAccess access, Path directory, String typed)
      throws CommandException {
    Map<String, Suggestion> found = new LinkedHashMap<>();
    Optional<Plan> pending = UpgradePlan.pending(access.node());
    pending.ifPresent(
        plan -> found.put(plan.name(), new Suggestion(plan.name(), "plan at " + plan.height())));
    for (GenerationStatus generation : access.node().generations()) {
      if (generation.state() == GenerationState.READY) {
        found.putIfAbsent(generation.name(), new Suggestion(generation.name(), "ready"));
      }
    }
    return List.copyOf(found.values());
  }
}

package io.segue.bundles.shell.command.upgrade;

import io.segue.bundles.shell.command.Answer;
import io.segue.bundles.shell.command.Arguments;
import io.segue.bundles.shell.command.CommandException;
import io.segue.bundles.shell.command.NodeAccess;
import io.segue.bundles.shell.command.ShellCommand;
import io.segue.bundles.shell.command.Usage;
import io.segue.bundles.shell.output.Text;
import io.segue.kernel.api.node.Node;
import io.segue.kernel.api.node.Node.UpgradeStatus;
import io.segue.kernel.api.node.UpgradeState;
import io.segue.kernel.api.upgrade.Plan;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code upgrade:plan}. */
@Component(
    service = ShellCommand.class,
    property = {"osgi.command.scope=upgrade", "osgi.command.function=plan"})
public final class UpgradePlan extends ShellCommand {
  private static final String SUMMARY = "Shows the pending plan, if there is one.";

  private final NodeAccess access;

  @Activate
  public UpgradePlan(@Reference NodeAccess access) {
    super(Usage.of("upgrade:plan", SUMMARY));
    this.access = access;
  }

  @Override
  public Answer run(CommandSession session, Arguments arguments) throws CommandException {
    Node node = access.node();
    Optional<Plan> pending = pending(node);
    Map<String, Object> json = new LinkedHashMap<>();
    if (pending.isEmpty()) {
      json.put("plan", null);
      return new Answer(json, "No plan is pending.\n");
    }
    Plan plan = pending.get();
    long blocksToGo = Math.max(0, plan.height() - node.status().height());
    json.put("plan", json(plan));
    json.put("blocksToGo", blocksToGo);
    Map<String, String> text = new LinkedHashMap<>();
    text.put("name", plan.name());
    text.put("height", plan.height() + ", " + blocksToGo + " blocks to go");
    text.put("info", plan.info());
    return new Answer(json, Text.pairs("", text));
  }

  /** The plan that waits for its height, or holds at it. */
  static Optional<Plan> pending(Node node) {
    return node.upgrade().filter(status -> isPending(status.state())).map(UpgradeStatus::plan);
  }

  private static boolean isPending(UpgradeState state) {
    return state.beforeHeight() || state.atHeight();
  }

  static Map<String, Object> json(Plan plan) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", plan.name());
    json.put("height", plan.height());
    json.put("info", plan.info());
    return json;
  }
}

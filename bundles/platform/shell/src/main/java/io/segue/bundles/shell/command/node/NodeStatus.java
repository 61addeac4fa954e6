package io.segue.bundles.shell.command.node;

import io.segue.bundles.shell.command.Answer;
import io.segue.bundles.shell.command.Arguments;
import io.segue.bundles.shell.command.CommandException;
import io.segue.bundles.shell.command.NodeAccess;
import io.segue.bundles.shell.command.ShellCommand;
import io.segue.bundles.shell.command.Usage;
import io.segue.bundles.shell.output.Text;
import io.segue.kernel.api.engine.Engine;
import io.segue.kernel.api.node.Node.SlowStep;
import io.segue.kernel.api.node.Node.Status;
import io.segue.kernel.api.node.NodeHold;
import io.segue.kernel.api.node.NodeSettings.Fault;
import io.segue.kernel.api.node.NodeState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code node:status}. */
@Component(
    service = ShellCommand.class,
    property = {"osgi.command.scope=node", "osgi.command.function=status"})
public final class NodeStatus extends ShellCommand {
  private static final String SUMMARY =
      "Shows the node's status: height, root, code, and whether it holds.";

  /** The engine can't go on, or does not run. */
  private static final String NO_BLOCKS = "NO_BLOCKS";

  /** No engine is to run, or not yet. */
  private static final String WAITING = "WAITING";

  private final NodeAccess access;

  @Activate
  public NodeStatus(@Reference NodeAccess access) {
    super(Usage.of("node:status", SUMMARY));
    this.access = access;
  }

  @Override
  public Answer run(CommandSession session, Arguments arguments) throws CommandException {
    Status status = access.node().status();
    Optional<String> stopped = access.findEngine().map(Engine::failure).filter(f -> !f.isEmpty());
    String reason =
        status
            .heldFor()
            .or(() -> stopped)
            .orElseGet(() -> noEngine(status) ? access.failure() : "");
    String state = status.heldFor().isPresent() ? status.state().name() : state(status, stopped);
    List<Fault> faults = access.settingsFaults();
    List<SlowStep> slow = access.node().slowSteps();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("chainId", status.chainId());
    json.put("state", state);
    json.put("height", status.height());
    json.put("appHash", status.appHash());
    json.put("generation", status.generation());
    json.put("generationDigest", status.generationDigest());
    json.put("appVersion", status.appVersion());
    json.put("pid", status.pid());
    json.put("uptimeMs", status.uptimeMs());
    json.put("heldFor", reason.isEmpty() ? null : reason);
    json.put("slowSteps", SlowSteps.json(slow));
    json.put("settings", faults.stream().map(NodeStatus::json).toList());
    json.put("holds", NodeHolds.json(access.node().holds()));
    Map<String, String> text = new LinkedHashMap<>();
    text.put("chain", status.chainId());
    text.put("state", state);
    if (!reason.isEmpty()) {
      text.put("held for", reason);
    }
    if (!slow.isEmpty()) {
      text.put("runs long", SlowSteps.text(slow));
    }
    text.put("height", "" + status.height());
    text.put("app hash", status.appHash());
    text.put("generation", status.generation() + " " + status.generationDigest());
    text.put("app version", "" + status.appVersion());
    text.put("process", status.pid() + ", up " + Text.duration(status.uptimeMs()));
    for (int i = 0; i < faults.size(); i++) {
      text.put(i == 0 ? "settings" : "settings " + (i + 1), faults.get(i).text());
    }
    List<NodeHold> others =
        access.node().holds().stream().filter(hold -> !hold.stopsBlocks()).toList();
    return new Answer(json, Text.pairs("", text) + NodeHolds.text(others));
  }

  private String state(Status status, Optional<String> stopped) {
    if (stopped.isPresent()) {
      return NO_BLOCKS;
    }
    if (!noEngine(status)) {
      return status.state().name();
    }
    return access.failure().isEmpty() ? WAITING : NO_BLOCKS;
  }

  private boolean noEngine(Status status) {
    return access.findEngine().isEmpty() && status.state() != NodeState.STOPPING;
  }

  private static Map<String, Object> json(Fault fault) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("file", fault.file());
    json.put("key", fault.key());
    json.put("value", fault.value());
    json.put("allowed", fault.allowed());
    json.put("inForce", fault.inForce());
    return json;
  }
}

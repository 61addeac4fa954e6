package io.segue.bundles.shell.command.upgrade;

import io.segue.bundles.shell.command.Answer;
import io.segue.bundles.shell.command.Arguments;
import io.segue.bundles.shell.command.CommandException;
import io.segue.bundles.shell.command.NodeAccess;
import io.segue.bundles.shell.command.ShellCommand;
import io.segue.bundles.shell.command.Usage;
import io.segue.bundles.shell.command.node.NodeHolds;
import io.segue.bundles.shell.command.node.SlowSteps;
import io.segue.bundles.shell.output.Text;
import io.segue.kernel.api.node.GenerationState;
import io.segue.kernel.api.node.Node;
import io.segue.kernel.api.node.Node.GenerationStatus;
import io.segue.kernel.api.node.Node.SlowStep;
import io.segue.kernel.api.node.Node.UpgradeStatus;
import io.segue.kernel.api.node.NodeHold;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code upgrade:status}. */
@Component(
    service = ShellCommand.class,
    property = {"osgi.command.scope=upgrade", "osgi.command.function=status"})
public final class UpgradeProgress extends ShellCommand {
  private static final String SUMMARY =
      "Shows the state of the pending or last upgrade, what is missing and what to do next.";

  private final NodeAccess access;

  @Activate
  public UpgradeProgress(@Reference NodeAccess access) {
    super(Usage.of("upgrade:status", SUMMARY));
    this.access = access;
  }

  @Override
  public Answer run(CommandSession session, Arguments arguments) throws CommandException {
    Optional<UpgradeStatus> upgrade = access.node().upgrade();
    List<SlowStep> slow = access.node().slowSteps();
    List<NodeHold> holds = access.node().holds();
    Map<String, Object> json =
        upgrade
            .map(status -> json(status, slow))
            .orElseGet(() -> new LinkedHashMap<>(Collections.singletonMap("plan", null)));
    List<GenerationStatus> ahead = deployedAhead();
    json.put("deployedAhead", ahead.stream().map(UpgradeProgress::json).toList());
    json.put("holds", NodeHolds.json(holds));
    StringBuilder text =
        new StringBuilder(
            upgrade
                .map(status -> text(status, slow))
                .orElse("No plan was scheduled since this node started.\n"));
    for (GenerationStatus one : ahead) {
      text.append(
          "%s is deployed, and no plan of that name is scheduled. To drop it: upgrade:cancel-prepared %s\n"
              .formatted(one.name(), one.name()));
    }
    return new Answer(json, text + NodeHolds.text(holds));
  }

  /** What was deployed for plans that the chain has not scheduled. */
  private List<GenerationStatus> deployedAhead() throws CommandException {
    Node node = access.node();
    String pending = UpgradePlan.pending(node).map(plan -> plan.name()).orElse("");
    return node.generations().stream()
        .filter(one -> one.state() == GenerationState.READY)
        .filter(one -> !one.name().equals(pending))
        .toList();
  }

  private static Map<String, Object> json(GenerationStatus ahead) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", ahead.name());
    json.put("digest", ahead.digest());
    return json;
  }

  private static Map<String, Object> json(UpgradeStatus status, List<SlowStep> slow) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("plan", UpgradePlan.json(status.plan()));
    json.put("state", status.state().name());
    json.put("bound", status.code().bound());
    json.put("missing", missing(status));
    json.put("hold", status.hold().map(NodeHold::reason).orElse(""));
    json.put("nextStep", status.hold().map(NodeHold::nextStep).orElse(""));
    json.put("insteadOf", status.code().insteadOf());
    json.put("progress", status.progress().now());
    json.put("slowSteps", SlowSteps.json(slow));
    json.put("loads", status.change().loads());
    json.put("timelineMs", inTime(status.progress().timelineMs()));
    json.put("pauseMs", status.change().pauseMs());
    json.put("rootBefore", status.change().rootBefore());
    json.put("rootAfter", status.change().rootAfter());
    json.put("generationBefore", status.code().before());
    json.put("generationAfter", status.code().after());
    return json;
  }

  private static String text(UpgradeStatus status, List<SlowStep> slow) {
    Map<String, String> text = new LinkedHashMap<>();
    text.put("plan", status.plan().name() + " at height " + status.plan().height());
    text.put("state", status.state().name());
    text.put(
        "bound",
        status.code().bound()
            ? "yes, the plan names the digest of its bytes"
            : "no, any bytes may run");
    text.put("missing", missing(status).isEmpty() ? "nothing" : missing(status));
    putIfAny(text, "hold", status.hold().map(NodeHold::reason).orElse(""));
    putIfAny(text, "next step", status.hold().map(NodeHold::nextStep).orElse(""));
    putIfAny(text, "runs instead of", status.code().insteadOf());
    putIfAny(text, "progress", status.progress().now());
    putIfAny(text, "runs long", SlowSteps.text(slow));
    putIfAny(text, "store loads", String.join(", ", status.change().loads()));
    if (status.change().pauseMs() >= 0) {
      text.put("pause", String.format(Locale.ROOT, "%.1f ms", status.change().pauseMs()));
    }
    putIfAny(text, "root before", status.change().rootBefore());
    putIfAny(text, "root after", status.change().rootAfter());
    putIfAny(text, "code before", status.code().before());
    putIfAny(text, "code after", status.code().after());
    return Text.pairs("", text) + timeline(inTime(status.progress().timelineMs()));
  }

  /** What keeps the plan from going on; empty where nothing does. */
  private static String missing(UpgradeStatus status) {
    return status.hold().map(NodeHold::message).orElse("");
  }

  /** A generation may get ready before or after its plan is due. */
  private static Map<String, Long> inTime(Map<String, Long> timelineMs) {
    Map<String, Long> sorted = new LinkedHashMap<>();
    timelineMs.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .forEach(event -> sorted.put(event.getKey(), event.getValue()));
    return sorted;
  }

  /** What happened when, and how long after the step before. */
  private static String timeline(Map<String, Long> timelineMs) {
    Map<String, String> lines = new LinkedHashMap<>();
    Iterator<Map.Entry<String, Long>> steps = timelineMs.entrySet().iterator();
    long beforeMs = Long.MIN_VALUE;
    while (steps.hasNext()) {
      Map.Entry<String, Long> step = steps.next();
      long atMs = step.getValue();
      String since = beforeMs == Long.MIN_VALUE ? "" : "  +" + (atMs - beforeMs) + " ms";
      lines.put(step.getKey(), Text.time(atMs) + since);
      beforeMs = atMs;
    }
    return lines.isEmpty() ? "" : "timeline\n" + Text.pairs("  ", lines);
  }

  private static void putIfAny(Map<String, String> text, String key, String value) {
    if (!value.isEmpty()) {
      text.put(key, value);
    }
  }
}

package io.segue.bundles.shell.command.upgrade;

import io.segue.bundles.shell.command.Answer;
import io.segue.bundles.shell.command.Arguments;
import io.segue.bundles.shell.command.CommandException;
import io.segue.bundles.shell.command.NodeAccess;
import io.segue.bundles.shell.command.ShellCommand;
import io.segue.bundles.shell.command.Usage;
import io.segue.bundles.shell.output.Text;
import io.segue.kernel.api.node.GenerationState;
import io.segue.kernel.api.node.Node.BundleStatus;
import io.segue.kernel.api.node.Node.GenerationStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code upgrade:generations}. */
@Component(
    service = ShellCommand.class,
    property = {"osgi.command.scope=upgrade", "osgi.command.function=generations"})
public final class UpgradeGenerations extends ShellCommand {
  private static final String SUMMARY =
      "Lists the generations of code, oldest first, with their bundles and the heights they serve.";

  private final NodeAccess access;

  @Activate
  public UpgradeGenerations(@Reference NodeAccess access) {
    super(Usage.of("upgrade:generations", SUMMARY));
    this.access = access;
  }

  @Override
  public Answer run(CommandSession session, Arguments arguments) throws CommandException {
    List<Object> json = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (GenerationStatus generation : access.node().generations()) {
      json.add(json(generation));
      text.append(text(generation));
    }
    return new Answer(Map.of("generations", json), text.toString());
  }

  private static Map<String, Object> json(GenerationStatus generation) {
    List<Object> bundles = new ArrayList<>();
    for (BundleStatus bundle : generation.bundles()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("symbolicName", bundle.symbolicName());
      json.put("version", bundle.version());
      json.put("sha256", bundle.sha256());
      json.put("state", bundle.state());
      json.put("id", bundle.id());
      json.put("carriedOver", generation.carriedOver().contains(bundle.symbolicName()));
      bundles.add(json);
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", generation.name());
    json.put("digest", generation.digest());
    json.put("state", generation.state().name());
    json.put("firstHeight", firstHeight(generation));
    json.put("lastHeight", generation.lastHeight());
    json.put("insteadOf", generation.insteadOf());
    json.put("bundles", bundles);
    return json;
  }

  private static String text(GenerationStatus generation) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("ID", "BUNDLE", "VERSION", "STATE", "SHA-256", ""));
    for (BundleStatus bundle : generation.bundles()) {
      boolean carriedOver = generation.carriedOver().contains(bundle.symbolicName());
      rows.add(
          List.of(
              "" + bundle.id(),
              bundle.symbolicName(),
              bundle.version(),
              bundle.state(),
              Text.brief(bundle.sha256()),
              carriedOver ? "carried over" : ""));
    }
    return "%s  %s  %s  %s%s%n%s"
        .formatted(
            generation.name(),
            generation.state(),
            heights(generation),
            generation.digest(),
            generation.insteadOf().isEmpty() ? "" : "  instead of " + generation.insteadOf(),
            Text.table("  ", rows));
  }

  private static String heights(GenerationStatus generation) {
    if (generation.state() == GenerationState.READY) {
      return "no heights yet";
    }
    return generation.lastHeight() == 0
        ? "heights " + firstHeight(generation) + " and up"
        : "heights " + firstHeight(generation) + " to " + generation.lastHeight();
  }

  /** The first generation is current before the first block. */
  private static long firstHeight(GenerationStatus generation) {
    return generation.state() == GenerationState.READY ? 0 : Math.max(1, generation.firstHeight());
  }
}

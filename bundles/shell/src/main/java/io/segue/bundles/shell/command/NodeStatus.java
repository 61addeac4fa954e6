package io.segue.bundles.shell.command;

import io.segue.bundles.shell.CommandException;
import io.segue.kernel.api.node.Node.Status;
import java.util.LinkedHashMap;
import java.util.Map;
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
      "Says how the node is: height, root, code, and whether it holds.";

  private final NodeAccess access;

  @Activate
  public NodeStatus(@Reference NodeAccess access) {
    super(Usage.of("node:status", SUMMARY));
    this.access = access;
  }

  @Override
  Answer run(CommandSession session, Arguments arguments) throws CommandException {
    Status status = access.node().status();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("chainId", status.chainId());
    json.put("state", status.state());
    json.put("height", status.height());
    json.put("appHash", status.appHash());
    json.put("generation", status.generation());
    json.put("generationDigest", status.generationDigest());
    json.put("appVersion", status.appVersion());
    json.put("pid", status.pid());
    json.put("uptimeMs", status.uptimeMs());
    json.put("heldFor", status.heldFor().orElse(null));
    Map<String, String> text = new LinkedHashMap<>();
    text.put("chain", status.chainId());
    text.put("state", status.state());
    status.heldFor().ifPresent(reason -> text.put("held for", reason));
    text.put("height", "" + status.height());
    text.put("app hash", status.appHash());
    text.put("generation", status.generation() + " " + status.generationDigest());
    text.put("app version", "" + status.appVersion());
    text.put("process", status.pid() + ", up " + Text.duration(status.uptimeMs()));
    return new Answer(json, Text.pairs("", text));
  }
}

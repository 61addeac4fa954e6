package io.segue.bundles.shell.command.store;

import io.segue.bundles.shell.command.Answer;
import io.segue.bundles.shell.command.Arguments;
import io.segue.bundles.shell.command.CommandException;
import io.segue.bundles.shell.command.NodeAccess;
import io.segue.bundles.shell.command.ShellCommand;
import io.segue.bundles.shell.command.Usage;
import io.segue.bundles.shell.output.Text;
import io.segue.kernel.api.node.StateInspection.SnapshotStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code store:snapshots}. */
@Component(
    service = ShellCommand.class,
    property = {"osgi.command.scope=store", "osgi.command.function=snapshots"})
public final class StoreSnapshots extends ShellCommand {
  private final NodeAccess access;

  @Activate
  public StoreSnapshots(@Reference NodeAccess access) {
    super(
        Usage.of(
            "store:snapshots", "Lists the snapshots that this node offers to those who join."));
    this.access = access;
  }

  @Override
  public Answer run(CommandSession session, Arguments arguments) throws CommandException {
    List<Object> json = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("HEIGHT", "FORMAT", "CHUNKS", "BYTES", "HASH"));
    for (SnapshotStatus snapshot : access.node().snapshots()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("height", snapshot.height());
      one.put("format", snapshot.format());
      one.put("chunks", snapshot.chunks());
      one.put("bytes", snapshot.bytes());
      one.put("hash", snapshot.hash());
      json.add(one);
      rows.add(one.values().stream().map(String::valueOf).toList());
    }
    return new Answer(Map.of("snapshots", json), Text.table("", rows));
  }
}

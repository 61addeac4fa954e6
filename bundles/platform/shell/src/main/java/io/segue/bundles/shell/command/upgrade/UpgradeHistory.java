package io.segue.bundles.shell.command.upgrade;

import io.segue.bundles.shell.command.Answer;
import io.segue.bundles.shell.command.Arguments;
import io.segue.bundles.shell.command.CommandException;
import io.segue.bundles.shell.command.NodeAccess;
import io.segue.bundles.shell.command.ShellCommand;
import io.segue.bundles.shell.command.Usage;
import io.segue.bundles.shell.output.Text;
import io.segue.kernel.api.node.Node.PastUpgrade;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code upgrade:history}. */
@Component(
    service = ShellCommand.class,
    property = {"osgi.command.scope=upgrade", "osgi.command.function=history"})
public final class UpgradeHistory extends ShellCommand {
  private final NodeAccess access;

  @Activate
  public UpgradeHistory(@Reference NodeAccess access) {
    super(
        Usage.of("upgrade:history", "Lists the outcome of each plan of this chain.")
            .details(
                """
                APPLIED: its code runs from that height on. SKIPPED: the operators' settings passed
                it over. ABORTED: its handler or an invariant ended it, on every node alike. A plan
                that ran other bytes than it names, after a repair, says in place of which.
                """));
    this.access = access;
  }

  @Override
  public Answer run(CommandSession session, Arguments arguments) throws CommandException {
    List<Object> json = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("HEIGHT", "PLAN", "OUTCOME", "GENERATION", ""));
    for (PastUpgrade past : access.node().history()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("name", past.name());
      one.put("height", past.height());
      one.put("outcome", past.outcome().name());
      one.put("generationDigest", past.generationDigest());
      one.put("insteadOf", past.insteadOf());
      json.add(one);
      rows.add(
          List.of(
              "" + past.height(),
              past.name(),
              past.outcome().name(),
              past.generationDigest(),
              past.insteadOf().isEmpty() ? "" : "instead of " + past.insteadOf()));
    }
    return new Answer(
        Map.of("upgrades", json),
        json.isEmpty() ? "This chain had no upgrade yet.\n" : Text.table("", rows));
  }
}

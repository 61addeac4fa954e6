package io.segue.bundles.shell.command.store;

import io.segue.bundles.shell.command.Answer;
import io.segue.bundles.shell.command.Arguments;
import io.segue.bundles.shell.command.CommandException;
import io.segue.bundles.shell.command.NodeAccess;
import io.segue.bundles.shell.command.NodeSuggestions;
import io.segue.bundles.shell.command.ShellCommand;
import io.segue.bundles.shell.command.Usage;
import io.segue.bundles.shell.output.Text;
import io.segue.kernel.api.node.StateInspection.StoreStatus;
import io.segue.kernel.api.store.HeightUnavailableException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code store:list}. */
@Component(
    service = ShellCommand.class,
    property = {"osgi.command.scope=store", "osgi.command.function=list"})
public final class StoreList extends ShellCommand {
  private final NodeAccess access;

  @Activate
  public StoreList(@Reference NodeAccess access) {
    super(
        Usage.of("store:list", "Lists the stores of the state, with their sizes and roots.")
            .option(HEIGHT, "<height>", HEIGHT_MEANING, NodeSuggestions::heights));
    this.access = access;
  }

  @Override
  public Answer run(CommandSession session, Arguments arguments) throws CommandException {
    List<Object> json = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("STORE", "ENTRIES", "ROOT"));
    try {
      for (StoreStatus store : access.node().stores(arguments.number(HEIGHT).orElse(0))) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("name", store.name());
        one.put("entries", store.entries());
        one.put("root", store.root());
        json.add(one);
        rows.add(List.of(store.name(), "" + store.entries(), store.root()));
      }
    } catch (HeightUnavailableException e) {
      throw new CommandException(String.valueOf(e.getMessage()));
    }
    return new Answer(Map.of("stores", json), Text.table("", rows));
  }
}

package io.segue.bundles.shell.command.store;

import io.segue.bundles.shell.command.Answer;
import io.segue.bundles.shell.command.Arguments;
import io.segue.bundles.shell.command.CommandException;
import io.segue.bundles.shell.command.NodeAccess;
import io.segue.bundles.shell.command.NodeSuggestions;
import io.segue.bundles.shell.command.ShellCommand;
import io.segue.bundles.shell.command.Usage;
import io.segue.bundles.shell.output.Text;
import io.segue.kernel.api.node.StateInspection.StoreCheck;
import io.segue.kernel.api.node.StateInspection.VerifyProgress;
import io.segue.kernel.api.store.HeightUnavailableException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Process;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code store:verify}. It ends when the client goes away. */
@Component(
    service = ShellCommand.class,
    property = {"osgi.command.scope=store", "osgi.command.function=verify"})
public final class StoreVerify extends ShellCommand {
  private final NodeAccess access;

  @Activate
  public StoreVerify(@Reference NodeAccess access) {
    super(
        Usage.of(
                "store:verify",
                "Computes the roots of all stores again and compares them with those committed.")
            .details(
                """
                It reads every entry, beside the running chain, and prints to standard error how far
                it is. It fails where a root differs.
                """)
            .option(HEIGHT, "<height>", HEIGHT_MEANING, NodeSuggestions::heights));
    this.access = access;
  }

  @Override
  public Answer run(CommandSession session, Arguments arguments) throws CommandException {
    List<StoreCheck> checks;
    try {
      checks =
          access
              .node()
              .verifyStores(
                  arguments.number(HEIGHT).orElse(0), new Told(Process.Utils.current().err()));
    } catch (HeightUnavailableException e) {
      throw new CommandException(String.valueOf(e.getMessage()));
    }
    List<String> unsound =
        checks.stream().filter(check -> !check.sound()).map(StoreCheck::store).toList();
    Optional<String> failure =
        unsound.isEmpty()
            ? Optional.empty()
            : Optional.of(
                "The entries of %s do not give the root that was committed: this node's data is damaged. Next: stop it, and restore data/state from a checkpoint or another node."
                    .formatted(String.join(", ", unsound)));
    return new Answer(json(checks, unsound.isEmpty()), table(checks), failure);
  }

  private static Map<String, Object> json(List<StoreCheck> checks, boolean sound) {
    List<Object> stores = new ArrayList<>();
    for (StoreCheck check : checks) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("store", check.store());
      one.put("entries", check.entries());
      one.put("recordedRoot", check.recordedRoot());
      one.put("computedRoot", check.computedRoot());
      one.put("sound", check.sound());
      stores.add(one);
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("sound", sound);
    json.put("stores", stores);
    return json;
  }

  private static String table(List<StoreCheck> checks) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("STORE", "ENTRIES", "ROOT", ""));
    for (StoreCheck check : checks) {
      rows.add(
          List.of(
              check.store(),
              "" + check.entries(),
              check.recordedRoot(),
              check.sound() ? "sound" : "DIFFERS: " + check.computedRoot()));
    }
    return Text.table("", rows);
  }

  /** Tells how far it is, in whole tenths. */
  private static final class Told implements VerifyProgress {
    private final PrintStream err;
    private long told;

    Told(PrintStream err) {
      this.err = err;
    }

    @Override
    public void at(String store, long read, long total) {
      long tenths = total == 0 ? 0 : 10 * read / total;
      if (tenths > told) {
        told = tenths;
        err.printf("%d%%, %d of %d entries, in store %s%n", 10 * tenths, read, total, store);
        if (err.checkError()) {
          throw new IllegalStateException("the client of store:verify disconnected");
        }
      }
    }
  }
}

package io.segue.bundles.cli.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.cli.home.Home;
import io.segue.bundles.cli.testnet.LocalNodes;
import io.segue.bundles.nodes.NodeException;
import io.segue.bundles.nodes.TemporaryHome;
import io.segue.bundles.nodes.Waiting;
import io.segue.bundles.shell.client.ShellClient;
import io.segue.bundles.shell.client.ShellException;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code segue demo}. Exit status 0 only where everything it claims was so. */
@Command(
    name = "demo",
    description = {
      "Runs a node under load, upgrades it, and reports what happened.",
      "In a temporary home that is removed, on a free port; less than a minute."
    },
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private Output output = new Output();

  @Option(
      names = "--keep",
      description = "Leaves the node running at the end, and opens its shell.")
  private boolean keep;

  @Option(
      names = "--validators",
      paramLabel = "N",
      description =
          "How many; more than one run under CometBFT, which must be installed, as for segue"
              + " testnet. Default: ${DEFAULT-VALUE}.")
  private int validators = 1;

  private final AtomicReference<@Nullable LocalNodes> running = new AtomicReference<>();
  private volatile boolean kept;
  private volatile boolean ending;

  @Override
  public Integer call() {
    CommandLine commandLine = java.util.Objects.requireNonNull(spec).commandLine();
    Home home = Home.at(TemporaryHome.make("segue-demo-"));
    Thread atEnd = new Thread(() -> cleanUp(home), "demo cleanup");
    Runtime.getRuntime().addShutdownHook(atEnd);
    LocalNodes nodes = nodes(home);
    running.set(nodes);
    // The figures alone go to standard output where a program reads them.
    DemoLog story = new DemoLog(output.json() ? commandLine.getErr() : commandLine.getOut());
    Demo demo = new Demo(nodes, story);
    DemoReport report = run(demo);
    report.tell(story);
    kept = keep;
    if (output.json()) {
      ObjectNode json = report.json();
      if (keep) {
        json.put("home", nodes.homes().get(0).folder().toString());
      }
      output.print(commandLine.getOut(), json);
    } else if (keep) {
      openShell(home, nodes, story);
    }
    return report.good() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private LocalNodes nodes(Home home) {
    return validators == 1
        ? LocalNodes.solo(home, Demo.CHAIN_ID, Demo.BLOCK_INTERVAL)
        : LocalNodes.network(home, Demo.CHAIN_ID, validators, Demo.BLOCK_INTERVAL);
  }

  private DemoReport run(Demo demo) {
    try {
      demo.start();
      return demo.run();
    } catch (CliException | NodeException e) {
      if (ending) {
        // The user ended it, and the node with it: nothing to complain of.
        Waiting.forever();
      }
      throw e;
    }
  }

  private static void openShell(Home folder, LocalNodes nodes, DemoLog story) {
    Home home = nodes.homes().get(0);
    story.line("");
    story.line("The node keeps running. Its shell (exit leaves it; the node goes on):");
    try {
      new ShellClient(home.folder()).session(System.in, System.out, System.err);
    } catch (ShellException e) {
      throw new CliException(String.valueOf(e.getMessage()), e);
    }
    story.line("");
    story.line("shell  segue shell --home %s", home.folder());
    String pids =
        nodes.processes().stream()
            .map(process -> Long.toString(process.pid()))
            .collect(Collectors.joining(" "));
    story.line("stop   kill %s; rm -r %s", pids, folder.folder());
  }

  /** Runs at the end of the process, also after Ctrl-C. */
  private void cleanUp(Home home) {
    ending = true;
    if (kept) {
      return;
    }
    LocalNodes nodes = running.get();
    if (nodes != null) {
      nodes.close();
    }
    TemporaryHome.remove(home.folder());
  }
}

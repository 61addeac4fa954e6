package io.segue.bundles.cli.query;

import io.segue.bundles.cli.console.Output;
import io.segue.bundles.cli.home.NodeOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code segue status}, and the same among the queries. */
@Command(
    name = "status",
    description = "The node's status, as clients see it.",
    mixinStandardHelpOptions = true)
public final class StatusQuery implements Runnable {
  @Spec private CommandSpec spec;

  @Mixin private NodeOption node;
  @Mixin private Output output;

  @Override
  public void run() {
    output.print(spec.commandLine().getOut(), node.client().status());
  }
}

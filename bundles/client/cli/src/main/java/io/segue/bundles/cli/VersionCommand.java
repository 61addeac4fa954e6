package io.segue.bundles.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.bundles.cli.console.Output;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code segue version}. */
@Command(
    name = "version",
    description = "Prints the version of this distribution.",
    mixinStandardHelpOptions = true)
final class VersionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Output output = new Output();

  @Option(names = "--long", description = "Prints Java and the machine, too.")
  private boolean all;

  @Override
  public Integer call() {
    if (!all && !output.json()) {
      spec.commandLine().getOut().println(Version.number());
      return 0;
    }
    ObjectNode result = Output.object();
    result.put("name", "segue");
    result.put("version", Version.number());
    if (all) {
      result.put("java", System.getProperty("java.runtime.version", "unknown"));
      result.put("vm", System.getProperty("java.vm.name", "unknown"));
      result.put("os", System.getProperty("os.name", "") + " " + System.getProperty("os.arch", ""));
      result.put("distribution", System.getProperty("segue.dist", "unknown"));
    }
    output.print(spec.commandLine().getOut(), result);
    return 0;
  }
}

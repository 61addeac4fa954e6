package io.segue.bundles.cli;

import java.io.PrintWriter;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code segue completion}. */
@Command(
    name = "completion",
    description = {
      "Prints what a shell needs to complete segue's commands and options.",
      "Where a node answers, the commands of its modules are in it.",
      "bash and zsh: source <(segue completion bash); fish: segue completion fish | source"
    },
    mixinStandardHelpOptions = true)
final class CompletionCommand implements Runnable {
  /** For which shells. */
  enum Shell {
    bash,
    zsh,
    fish
  }

  @Spec private CommandSpec spec;
  @Mixin private NodeOption node = new NodeOption();

  @Parameters(paramLabel = "bash|zsh|fish", description = "The shell.")
  private Shell shell = Shell.bash;

  @Override
  public void run() {
    CommandLine segue = spec.root().commandLine();
    try {
      ModuleCommands.addAll(segue, node.client().uri().toString());
    } catch (CliException e) {
      spec.commandLine().getErr().println("segue: without the node's modules: " + e.getMessage());
    }
    PrintWriter out = spec.commandLine().getOut();
    // picocli's script for bash has what makes zsh take it.
    out.println(
        shell == Shell.fish ? FishCompletion.script(segue) : AutoComplete.bash("segue", segue));
    out.flush();
  }
}

package io.segue.bundles.cli;

import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.home.NodeOption;
import io.segue.bundles.cli.keyring.KeyNames;
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
      "bash and zsh: source <(segue completion bash); fish: segue completion fish | source",
      "Names of keys are those that the home has when they are completed."
    },
    mixinStandardHelpOptions = true)
final class CompletionCommand implements Runnable {
  /** For which shells. */
  enum Shell {
    bash,
    zsh,
    fish
  }

  /** Lists the keys of the home that the line names, or the environment; for bash and zsh. */
  private static final String KEYS =
      """
      function __segue_keys() {
        local home="${SEGUE_HOME:-$HOME/.segue}" i
        for (( i = 1; i < COMP_CWORD; i++ )); do
          if [[ "${COMP_WORDS[i]}" == --home ]]; then
            home="${COMP_WORDS[i+1]}"
            if [[ "$home" == "=" ]]; then home="${COMP_WORDS[i+2]}"; fi
          fi
        done
        home="${home/#\\~/$HOME}"
        local keys="$(command sed -n 's/^ *keyring-dir *= *"\\(..*\\)".*/\\1/p' "$home/config/client.toml" 2>/dev/null)"
        (CDPATH= cd "$home" 2>/dev/null && command ls "${keys:-keys}" 2>/dev/null) | command sed -n 's/\\.json$//p'
      }
      """;

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
    out.println(shell == Shell.fish ? FishCompletion.script(segue) : bash(segue));
    out.flush();
  }

  /**
   * picocli's script, which has what makes zsh take it; it would keep the names of keys as text.
   */
  private static String bash(CommandLine segue) {
    String script = AutoComplete.bash("segue", segue);
    return script.replace("(\"" + KeyNames.CALL + "\")", "(" + KeyNames.CALL + ")") + KEYS;
  }
}
